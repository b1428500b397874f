// Ed25519: the browser's own where it has it (Chromium 137, Safari 17), else a library that is fetched then.

import type { PublicKey } from "./keys";

let own: Promise<boolean> | undefined;
const imported = new Map<string, Promise<CryptoKey>>();

/** Whether WebCrypto knows Ed25519 here; asked once. */
export function hasOwn(): Promise<boolean> {
  own ??= crypto.subtle.generateKey({ name: "Ed25519" }, false, ["sign", "verify"]).then(
    () => true,
    () => false,
  );
  return own;
}

/** Whether `signature` was made over `message` with this key. */
export async function verify(key: PublicKey, signature: Bytes, message: Bytes, byLibrary = false): Promise<boolean> {
  if (!byLibrary && (await hasOwn())) {
    return crypto.subtle.verify({ name: "Ed25519" }, await ready(key), signature, message);
  }
  const { verifyAsync } = await import("@noble/ed25519");
  return verifyAsync(signature, message, key.raw);
}

export type Bytes = Uint8Array<ArrayBuffer>;

function ready(key: PublicKey): Promise<CryptoKey> {
  const known = imported.get(key.kid) ?? crypto.subtle.importKey("raw", key.raw, { name: "Ed25519" }, false, ["verify"]);
  imported.set(key.kid, known);
  return known;
}
