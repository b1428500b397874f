// The city's status list as a scanner holds it: taken whole or as a difference, asked for one number.

import { type Claims, SLACK, type Scanned, isCount, readCode } from "./code";
import { type Content, Torn, applyChanges, decodeContent, encodeContent, stateOf } from "./content";
import { bytesIn, hex, open, read } from "./cose";
import { type PublicKey, withRevoked } from "./keys";

/** The keys of the payload's map. */
const WHAT = 0;
const ISSUER = 1;
const VERSION = 2;
const MADE = 3;
const DAY_FROM = 4;
const DAY_UNTIL = 5;
const HASH = 6;
const REVOKED = 7;
const STALE = 8;
const CONTENT = 9;
const FROM = 10;
const FROM_HASH = 11;

/** A list that was verified. Times are Unix seconds. */
export interface StatusList {
  issuer: string;
  version: number;
  /** When the server last found it true. */
  made: number;
  dayFrom: number;
  dayUntil: number;
  /** After so many seconds it says nobody's colour any more. */
  stale: number;
  revoked: string[];
  content: Content;
}

/** Why a message was not taken. What was held before stays held. */
export type Refused = "torn" | "forged" | "foreign" | "revoked" | "kind" | "older" | "other_list" | "content" | "clock";

export type Taken = { list: StatusList } | { refused: Refused };

/** The list after this message of `GET /sync/list`. `held`: the one before, whose version was asked with. */
export async function takeList(
  message: Uint8Array<ArrayBuffer>,
  keys: readonly PublicKey[],
  held: StatusList | undefined,
  now: number,
): Promise<Taken> {
  const opened = await open(message, keys);
  if (opened.seen !== "good") return { refused: opened.seen };
  try {
    return await taken(opened.payload, held, now);
  } catch {
    return { refused: "torn" };
  }
}

async function taken(payload: Uint8Array<ArrayBuffer>, held: StatusList | undefined, now: number): Promise<Taken> {
  const said = read(payload);
  if (!(said instanceof Map) || (said.get(WHAT) !== "list" && said.get(WHAT) !== "diff")) return { refused: "kind" };
  const list = headOf(said);
  if (list.made > now + SLACK) return { refused: "clock" };
  if (held?.issuer === list.issuer && (list.version < held.version || list.made < held.made)) return { refused: "older" };
  if (said.get(WHAT) === "diff") {
    const same = held?.issuer === list.issuer && held.version === said.get(FROM);
    if (!held || !same || (await hashOf(held.content)) !== hex(bytesIn(said.get(FROM_HASH)))) {
      return { refused: "other_list" };
    }
    list.content = applyChanges(held.content, list.content);
  }
  return (await hashOf(list.content)) === hex(bytesIn(said.get(HASH))) ? { list } : { refused: "content" };
}

function headOf(said: Map<unknown, unknown>): StatusList {
  const [issuer, revoked] = [said.get(ISSUER), said.get(REVOKED)];
  const counts = [VERSION, MADE, DAY_FROM, DAY_UNTIL, STALE].map((key) => said.get(key));
  if (typeof issuer !== "string" || !Array.isArray(revoked) || !counts.every(isCount)) throw new Torn("no list");
  const [version, made, dayFrom, dayUntil, stale] = counts as [number, number, number, number, number];
  const content = decodeContent(bytesIn(said.get(CONTENT)));
  return { issuer, version, made, dayFrom, dayUntil, stale, revoked: revoked.map((kid) => hex(bytesIn(kid))), content };
}

async function hashOf(content: Content): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", encodeContent(content))));
}

export type Verdict = Scanned["seen"] | "green" | "yellow" | "red" | "void" | "no_list" | "stale" | "other_day";

const STATES = ["green", "yellow", "red", "void"] as const;

/** What the list says of a code's number. Never a colour that could be stale. */
export function lookUp(list: StatusList | undefined, claims: Claims, now: number): Verdict {
  if (!list || list.issuer !== claims.issuer) return "no_list";
  if (list.made > now + SLACK) return "clock";
  if (now - list.made > list.stale) return "stale";
  const daily = claims.kind === "daily";
  if (daily && !(list.dayFrom <= claims.issued && claims.issued < list.dayUntil)) return "other_day";
  return STATES[stateOf(daily ? list.content.daily : list.content.printed, claims.number)]!;
}

/** From a scanned text to the one thing the screen shows. `issuer`: of the phone's own checkpoint. */
export async function judge(
  text: string,
  keys: readonly PublicKey[],
  list: StatusList | undefined,
  issuer: string,
  now: number,
): Promise<{ verdict: Verdict; claims?: Claims }> {
  const scanned = await readCode(text, withRevoked(keys, list?.revoked ?? []), issuer, now);
  const { seen, claims } = scanned;
  if (seen !== "good" || !claims) return claims ? { verdict: seen, claims } : { verdict: seen };
  return { verdict: lookUp(list, claims, now), claims };
}
