// Residents' codes on a scanner: docs/operate/codes.md. Pure: no page, no store, no network.

export { type Claims, type Scanned, type Seen, readCode } from "./code";
export { Torn, decodeContent, encodeContent } from "./content";
export { type PublicKey, type PublishedKey, keysOf } from "./keys";
export { type Refused, type StatusList, type Taken, type Verdict, judge, lookUp, takeList } from "./list";
