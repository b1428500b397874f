// What was answered and not yet sent survives a call, an empty battery and a closed browser. It is kept on the phone
// encrypted; the key comes with the page, from the server, so that a phone found or passed on holds nothing readable.
import { settings } from "./page.js";

const DAY = 24 * 3600 * 1000;
const PREFIX = "wangge-draft:";
const { name, key } = settings.draft; // the page's settings stand before this file is asked for
const ready = Boolean(globalThis.crypto?.subtle && name);

const bytes = (base64) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
const base64 = (buffer) => btoa(Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join(""));
const cipher = () => crypto.subtle.importKey("raw", bytes(key), "AES-GCM", false, ["encrypt", "decrypt"]);

/** Storage may be full or switched off; a draft is a comfort and never a reason to fail. */
async function quietly(work) {
  try {
    return await work();
  } catch {
    return null;
  }
}

export const keep = (content) =>
  quietly(async () => {
    if (!ready) return null;
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const plain = new TextEncoder().encode(JSON.stringify(content));
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await cipher(), plain);
    localStorage.setItem(PREFIX + name, JSON.stringify({ at: Date.now(), iv: base64(iv), sealed: base64(sealed) }));
    return true;
  });

/** The draft of this form, or null: there is none, it is of somebody else, or older than a day. */
export const found = () =>
  quietly(async () => {
    dropOld();
    const { iv, sealed } = JSON.parse(localStorage.getItem(PREFIX + name));
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytes(iv) }, await cipher(), bytes(sealed));
    return JSON.parse(new TextDecoder().decode(plain));
  });

export const drop = () => quietly(() => localStorage.removeItem(PREFIX + name));

function dropOld() {
  for (const stored of Object.keys(localStorage).filter((each) => each.startsWith(PREFIX))) {
    if (Date.now() - JSON.parse(localStorage.getItem(stored)).at > DAY) localStorage.removeItem(stored);
  }
}
