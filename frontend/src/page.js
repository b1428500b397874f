// What the page gives to the widgets: words in its language, the nonce for their styles, a hand on their state.

/** Filled in by whoever opens a form (a page of the server, the field app) before anything is shown. */
export const settings = { words: {} };
let opening = () => null;

/** A word of the widgets in the page's language; the English one where the page brings none. */
export function word(english) {
  return settings.words[english] ?? english;
}

/** A style element that the content policy lets through: it carries the nonce of this answer of the server. */
export function style() {
  const element = document.createElement("style");
  element.nonce = document.querySelector("link[data-web-form-style]").nonce;
  return element;
}

/** Called by Web Forms with the (reactive) state that it keeps a form in; hands it on to whoever waits for it. */
export function opened(state) {
  opening(state);
  return state;
}

/** One form is open at a time: the latest that waits is told. */
export function whenOpened(wanted) {
  opening = wanted;
}
