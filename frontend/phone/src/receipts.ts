// What became of an entry, in words. Nothing says "sent" before the server has given its receipt.
import type { Entry } from "./store/outbox";
import { word } from "./words";

export interface Said {
  icon: string;
  words: string;
}

export function stateOf({ state }: Entry): Said {
  switch (state) {
    case "waiting":
      return { icon: "clock", words: word("on this phone, waiting") };
    case "done":
    case "had":
      return { icon: "check", words: word("the server holds it") };
    case "kept":
      return { icon: "people", words: word("held; somebody else said otherwise") };
    case "refused":
      return { icon: "cross", words: word("the server did not take it") };
    case "corrected":
      return { icon: "hand-over", words: word("corrected and sent again") };
  }
}
