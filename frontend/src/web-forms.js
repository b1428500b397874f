// A page with a questionnaire. The plain form stands in the page already and works without any of this; when the
// browser can, Web Forms takes its place. Whatever goes wrong on the way, the plain form is there again.
import "virtual:web-forms.css";
import "./look.css";
import { settings, word } from "./page.js";

Object.assign(settings, JSON.parse(document.getElementById("web-form-settings").textContent));

const part = (name) => document.querySelector(`[data-web-form-${name}]`);
const place = part("place");

function said(name, text = "") {
  const notice = part(name);
  notice.hidden = !text && name !== "resumed";
  if (text) notice.querySelector("[data-words]").textContent = text;
  if (!notice.hidden) notice.scrollIntoView({ block: "nearest" });
}

/** True when the server has the answers for good; it then says where to go on. */
async function send(xml, submission) {
  const body = new FormData(part("plain").querySelector("form"));
  for (const name of [...body.keys()].filter((each) => each.startsWith("q."))) body.delete(name);
  body.set("xml", xml);
  body.set("submission", submission);
  try {
    const answer = await fetch(settings.send, { method: "POST", body, headers: { Accept: "application/json" } });
    if (answer.ok) {
      const { next } = await answer.json();
      setTimeout(() => location.assign(next)); // after the draft is gone
      return true;
    }
    const told = answer.status === 422 ? await answer.json() : {};
    said("wrong", told.message ?? word("Not saved. Reload the page and send it again; your answers are kept here."));
  } catch {
    said("wrong", word("No network. Your answers are kept on this phone; send them again when there is one."));
  }
  return false;
}

function usable() {
  return Boolean(globalThis.WebAssembly && globalThis.Intl?.DateTimeFormat && globalThis.structuredClone);
}

async function start() {
  document.documentElement.classList.add("web-form-coming");
  try {
    if (!usable()) throw new Error("an old browser");
    const [{ show }, draft] = await Promise.all([import("./engine.js"), import("./draft.js")]);
    await show(place, { send, draft, resumed: () => said("resumed") });
    document.documentElement.classList.add("web-form-here");
  } catch {
    place.hidden = true;
  }
  document.documentElement.classList.remove("web-form-coming");
}

start();
