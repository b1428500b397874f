// What the server says of checkpoints: docs/operate/sync.md, "Codes and checkpoints".
import type { Condition } from "./rules";

/** A checkpoint where this person may stand. */
export interface Point {
  uuid: string;
  name: string;
  kind: string;
  place: string;
  /** Whose door it is, where codes that are shown check in. */
  venue: { uuid: string; name: string } | null;
  /** Whether a code may be asked for there today. */
  code: boolean;
  asks: Condition[];
  /** From this reading on, in tenths of a degree. */
  fever: number;
  /** How old the status list may be, in minutes. */
  list_minutes: number;
  rule: string;
  clause: string;
  fallback: string;
  /** The community's number, for somebody in need. */
  call: string;
  /** The issuer of the codes of its Response. */
  issuer: string;
}

/** What the server holds of a shift of this person's. */
export interface Held {
  shift: string;
  checkpoint: string;
  /** Of the checkpoint. */
  name: string;
  passes: number;
  aside: number;
  entries: number;
  emergencies: number;
}

export interface Answer {
  checkpoints: Point[];
  shifts: Held[];
}
