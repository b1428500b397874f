// A scanned text: whose code, from when to when. It carries no colour; that is the list's to say.

import { decode45 } from "./base45";
import { open, read } from "./cose";
import type { PublicKey } from "./keys";

const PREFIX = "WG1:";
const LONGEST = 1000;
const ISS = 1;
const EXP = 4;
const IAT = 6;
const HOLDER = -65537;
export const SLACK = 300; // seconds by which two clocks may differ
export const DOMAIN = 2 ** 24;

export interface Claims {
  issuer: string;
  /** Unix seconds. */
  issued: number;
  expires: number;
  number: number;
  kind: "daily" | "printed";
  initials: string;
}

/** docs/operate/codes.md, "What a scanner says". */
export type Seen = "good" | "other" | "torn" | "forged" | "foreign" | "revoked" | "kind" | "clock" | "expired";

export interface Scanned {
  seen: Seen;
  claims?: Claims;
}

/** What a scanned text is. `now`: Unix seconds, by the server's clock where it is known. */
export async function readCode(
  text: string,
  keys: readonly PublicKey[],
  issuer: string,
  now: number,
): Promise<Scanned> {
  const trimmed = text.trim();
  if (!trimmed.startsWith(PREFIX)) return { seen: "other" };
  let bytes;
  try {
    bytes = decode45(trimmed.length <= LONGEST ? trimmed.slice(PREFIX.length) : "");
  } catch {
    return { seen: "torn" };
  }
  const opened = await open(bytes, keys);
  if (opened.seen !== "good") return { seen: opened.seen };
  const claims = claimsOf(opened.payload);
  if (!claims) return { seen: "kind" };
  if (claims.issuer !== issuer) return { seen: "foreign", claims };
  if (claims.issued > now + SLACK) return { seen: "clock", claims };
  return { seen: claims.expires <= now ? "expired" : "good", claims };
}

function claimsOf(payload: Uint8Array<ArrayBuffer>): Claims | undefined {
  let said: unknown;
  try {
    said = read(payload);
  } catch {
    return undefined;
  }
  if (!(said instanceof Map) || !Array.isArray(said.get(HOLDER))) return undefined;
  const [issuer, expires, issued] = [said.get(ISS), said.get(EXP), said.get(IAT)] as unknown[];
  const [number, kind, initials] = said.get(HOLDER) as unknown[];
  if (typeof issuer !== "string" || typeof initials !== "string" || (kind !== 0 && kind !== 1)) return undefined;
  if (!isCount(expires) || !isCount(issued) || !isCount(number) || number >= DOMAIN) return undefined;
  return { issuer, issued, expires, number, kind: kind ? "printed" : "daily", initials };
}

export function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}
