// From what was scanned or typed to what it is worth here: the codes' verdict, then the checkpoint's own rules.
import { type Claims, judge, lookUp, type PublicKey, type StatusList, type Verdict } from "../codes";
import { type Seen, weighed } from "./rules";
import type { Point } from "./wire";

const SEEN: Record<Verdict, Seen> = {
  green: "green", yellow: "yellow", red: "red", void: "expired", expired: "expired", torn: "unreadable",
  forged: "forged", revoked: "forged", kind: "foreign", other: "foreign", foreign: "foreign", clock: "clock",
  no_list: "fallback", stale: "fallback", other_day: "fallback", good: "fallback",
}; // prettier-ignore

/** Where the signature is ours and the day has not ended; what the list says of it, or that it is old, is another matter. */
const VERIFIED: ReadonlySet<Verdict> = new Set<Verdict>(["green", "yellow", "red", "no_list", "stale", "other_day"]);

/** What a scanner holds to judge by. Without keys nothing can be told true from forged. */
export interface Held {
  keys: PublicKey[];
  list: StatusList | undefined;
}

export interface Look {
  seen: Seen;
  /** The codes' own word, for the sentence on the screen. */
  detail: Verdict | "typed" | "";
  initials: string;
  /** Of a code whose signature was verified and that is in force: enough to be checked in by. */
  verified?: Claims;
}

/** Minutes since the list was found true; null without one. Times are Unix seconds. */
export const ageOf = (list: StatusList | undefined, now: number): number | null =>
  list ? Math.floor((now - list.made) / 60) : null;

/** `now`: Unix seconds by the server's clock where it is known. */
export async function look(text: string, held: Held, point: Point, now: number): Promise<Look> {
  if (!point.code) return { seen: "not_asked", detail: "", initials: "" };
  const { verdict, claims } = await judge(text, held.keys, held.list, point.issuer, now);
  const unknown = !held.keys.length && verdict === "foreign"; // no key came to this phone yet: no word about the code
  const seen = unknown ? "fallback" : weighed(SEEN[verdict], ageOf(held.list, now), point.list_minutes);
  const found: Look = { seen, detail: unknown ? "no_list" : verdict, initials: claims?.initials ?? "" };
  return claims && VERIFIED.has(verdict) ? { ...found, verified: claims } : found;
}

/** A number read off a paper. Nobody signed it, so green is only a line on paper. */
export function typedNumber(number: number, held: Held, point: Point, now: number): Look {
  if (!point.code) return { seen: "not_asked", detail: "", initials: "" };
  const claims = { issuer: point.issuer, issued: now, expires: now, number, kind: "printed" as const, initials: "" };
  const verdict = lookUp(held.list, claims, now);
  const seen = weighed(SEEN[verdict], ageOf(held.list, now), point.list_minutes);
  return { seen: seen === "green" ? "paper" : seen, detail: "typed", initials: "" };
}

const NUMBER = /^[0-9]{1,8}$/;

/** What somebody typed or a scanner typed for them: a number of a paper, or a code's text. */
export async function typed(text: string, held: Held, point: Point, now: number): Promise<Look> {
  const plain = text.normalize("NFKC").trim();
  return NUMBER.test(plain) ? typedNumber(Number(plain), held, point, now) : look(plain, held, point, now);
}
