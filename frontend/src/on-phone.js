// The same forms inside the field app: it says what to show and keeps drafts in its own store.
import "virtual:web-forms.css";
import "./look.css";
import { settings } from "./page.js";

/** `given`: `form` (XML), `instance` (XML or null), `submission`, `words`; `hooks`: as in engine.js. */
export async function show(place, given, hooks) {
  Object.assign(settings, given);
  const engine = await import("./engine.js");
  return engine.show(place, hooks);
}
