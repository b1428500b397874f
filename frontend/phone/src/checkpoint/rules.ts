// What is said to somebody at a gate: the same rules as src/wangge/domains/checkpoints/rules.py, compared case by case
// (vectors.json). Whatever is said, the emergency lane is open; nobody is refused for want of a phone or a code.

export type Seen =
  | "green" | "yellow" | "red" | "expired" | "forged" | "foreign" | "unreadable" | "unknown"
  | "paper" | "tally" | "not_asked" | "clock" | "fallback"; // prettier-ignore
export type Condition = "temperature" | "mask" | "venue_code";
/** A temperature as far as it is kept: not taken, below the protocol's line, from it on. */
export type Band = "" | "normal" | "fever";
export type Then = "through" | "complete" | "aside" | "again";
export type Why =
  | "red" | "yellow" | "fever" | "expired" | "forged" | "foreign" | "unreadable" | "unknown" | "missing"
  | "old_list" | "clock" | "no_code" | "not_asked" | "green"; // prettier-ignore

export interface Met {
  temperature: Band;
  mask: boolean;
  venue_code: boolean;
}

export interface Said {
  then: Then;
  why: Why;
  seen: Seen;
  missing: Condition[];
  /** With the words for a fever. */
  help: boolean;
  lane: true;
}

export const CONDITIONS: readonly Condition[] = ["temperature", "mask", "venue_code"];
const CLOCK_SLACK = 5;
const BY_LIST: ReadonlySet<Seen> = new Set<Seen>(["green", "yellow", "red", "unknown"]);
/** What says nothing about the person is never recorded about them: a tally is. */
const ABOUT_THE_CODE: ReadonlySet<Seen> = new Set<Seen>(["expired", "forged", "foreign", "unreadable", "unknown"]);

/** What a look is worth by the age of the list, in minutes (null: there is none). */
export function weighed(seen: Seen, listMinutes: number | null, limitMinutes: number): Seen {
  if (!BY_LIST.has(seen) && seen !== "expired") return seen;
  if (listMinutes !== null && listMinutes < -CLOCK_SLACK) return "clock";
  if (seen === "expired") return seen;
  return listMinutes === null || listMinutes > limitMinutes ? "fallback" : seen;
}

const THROUGH: Partial<Record<Seen, Why>> = {
  green: "green", paper: "no_code", tally: "no_code", not_asked: "not_asked", clock: "clock", fallback: "old_list",
}; // prettier-ignore

const has = (met: Met, one: Condition) => (one === "temperature" ? met.temperature !== "" : met[one]);

/** The gravest first: a colour, a fever, a code that says nothing, something missing, through. */
export function decide(seen: Seen, asks: readonly Condition[], met: Met): Said {
  const said = (then: Then, why: Why, more: Partial<Said> = {}): Said => ({
    then, why, seen, missing: [], help: false, lane: true, ...more,
  }); // prettier-ignore
  const fever = met.temperature === "fever";
  if (seen === "red" || seen === "yellow") return said("aside", seen, { help: fever });
  if (fever) return said("aside", "fever", { help: true });
  if (ABOUT_THE_CODE.has(seen)) return said("again", seen as Why);
  const missing = CONDITIONS.filter((one) => asks.includes(one) && !has(met, one));
  if (missing.length) return said("complete", "missing", { missing });
  return said("through", THROUGH[seen] ?? "no_code");
}

/** As what a pass is recorded. */
export const counted = (seen: Seen): Seen => (ABOUT_THE_CODE.has(seen) ? "tally" : seen);

const LOWEST = 340;
const HIGHEST = 430;

/** Tenths of a degree from what was typed or what a thermometer types; null: no body temperature, taken again. */
export function readTemperature(text: string): number | null {
  const plain = text.normalize("NFKC").trim().toUpperCase().replace(/[,。]/g, ".");
  const bare = plain.replace(/^T/, "").replace(/^[:=]+/, "").replace(/C$/, "").replace(/[° ]+$/, "");
  const found = /^([0-9]+)(?:\.([0-9]*))?$/.exec(bare);
  if (!found) return null;
  const [, digits = "", rest = ""] = found;
  const tenths = digits.length === 3 && !rest ? Number(digits) : Number(digits.slice(0, 4)) * 10 + Number(rest[0] ?? 0);
  return tenths >= LOWEST && tenths <= HIGHEST ? tenths : null;
}

/** `fever` is the protocol's line, in tenths of a degree. */
export const band = (tenths: number | null, fever: number): Band =>
  tenths === null ? "" : tenths >= fever ? "fever" : "normal";
