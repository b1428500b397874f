// A scanner or a thermometer that types: quick keys and an Enter, wherever the page's focus is.

const QUICK = 500; // milliseconds between keys: a scanner over Bluetooth stutters, and a text cut in two is a wrong code
const LEAST = 3;

/** Calls `said` with what was typed in one go. Returns what ends it. Typing into a field is the field's own. */
export function listen(said: (text: string) => void, target: Window | HTMLElement = window): () => void {
  let text = "";
  let last = 0;
  const key = (event: Event) => {
    const { key: typed, ctrlKey, altKey, metaKey, timeStamp } = event as KeyboardEvent;
    if (ctrlKey || altKey || metaKey || inField(event.target)) return;
    if (timeStamp - last > QUICK) text = "";
    last = timeStamp;
    if (typed === "Enter" || typed === "Tab") {
      if (text.length < LEAST) return;
      event.preventDefault();
      event.stopPropagation(); // the Enter of a scanner must not press the button that has the focus
      said(text);
      text = "";
    } else if (typed.length === 1) {
      if (typed === " " && text) event.preventDefault(); // codes have spaces: they press no button either
      text += typed;
    }
  };
  const up = (event: Event) => {
    const { key: typed, timeStamp } = event as KeyboardEvent;
    if (typed === " " && text.length > 1 && timeStamp - last <= QUICK) event.preventDefault(); // where a key is a tap only then
  };
  target.addEventListener("keydown", key, true);
  target.addEventListener("keyup", up, true);
  return () => {
    target.removeEventListener("keydown", key, true);
    target.removeEventListener("keyup", up, true);
  };
}

const inField = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.matches("input, textarea, select") || target.isContentEditable);
