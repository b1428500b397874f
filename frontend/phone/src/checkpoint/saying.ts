// What the keeper reads, and says: one word for the verdict, one line for the reason.
import { word } from "../words";
import type { Look } from "./look";
import type { Condition, Said } from "./rules";

export interface Sentence {
  word: string;
  line: string;
}

export const shapes = { through: "circle", complete: "square", aside: "triangle", again: "turn" } as const;

export const conditionWord = (one: Condition): string =>
  ({ temperature: word("Take the temperature"), mask: word("Put a mask on; offer one"), venue_code: word("Scan the venue's code") })[one];

const through = (said: Said): Sentence => {
  switch (said.why) {
    case "old_list":
      return { word: word("Noted, please go in"), line: word("The list is too old to say a colour: nobody is refused for that.") };
    case "clock":
      return { word: word("Noted, please go in"), line: word("This phone's clock is wrong: set it. Nobody is refused for that.") };
    case "no_code":
      return { word: word("Noted, please go in"), line: word("Without a phone or a code: noted, and nothing more is needed.") };
    case "not_asked":
      return { word: word("Please go in"), line: word("No code is asked for here.") };
    default:
      return { word: word("Green, please go in"), line: "" };
  }
};

const aside = (said: Said): Sentence => {
  if (said.why === "fever") return { word: word("Fever: please sit down here"), line: word("Call the community or the fever clinic; give a mask and water.") };
  const colour = said.why === "red" ? word("Red code: please step aside") : word("Yellow code: please step aside");
  return { word: colour, line: word("Ask what is needed, call the community. Ill people go through at once: the button below.") };
};

/** By the codes' own word: what the code is, and what to do. */
function again(look: Look): Sentence {
  switch (look.detail) {
    case "expired":
      return { word: word("This code's day is over"), line: word("Open the code again on the phone; or note a line.") };
    case "revoked":
      return { word: word("This code has to be renewed"), line: word("Open the code again on the phone; or note a line.") };
    case "void":
      return { word: word("This paper was replaced"), line: word("A newer one is valid; or note a line.") };
    case "forged":
      return { word: word("This code was not made here"), line: word("Say so kindly; note a line or a tally, and go on.") };
    case "foreign":
      return { word: word("A code of another place"), line: word("It is not in this city's list: note a line, and go on.") };
    case "other":
    case "kind":
      return { word: word("This is another kind of code"), line: word("Such as one to pay with. Open the health code; or note a line.") };
    default:
      return { word: word("This code cannot be read"), line: word("Hold it still and flat; or note a line or a tally.") };
  }
}

export function sentence(said: Said, look: Look): Sentence {
  switch (said.then) {
    case "through":
      return through(said);
    case "complete":
      return { word: word("Still missing"), line: said.missing.map(conditionWord).join(word(", ")) };
    case "aside":
      return aside(said);
    case "again":
      return again(look);
  }
}

/** "2 min", "5 h": how old the list is. */
export function age(minutes: number | null): string {
  if (minutes === null) return word("There is no list on this phone yet");
  if (minutes < 1) return word("List of just now");
  if (minutes < 120) return word("List of %(n)s min ago", { n: minutes });
  return word("List of %(n)s h ago", { n: Math.floor(minutes / 60) });
}
