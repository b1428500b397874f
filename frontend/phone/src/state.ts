// What the pages show: read from the store, and read again whenever something changed there.
import { shallowReactive } from "vue";
import { type Difference, difference } from "./store/time";
import { plain } from "./store/database";
import { doors, type Listed } from "./store/doors";
import { begun, type Stray, strays } from "./store/drafts";
import { kept } from "./store/kept";
import { entries, type Entry, waiting, type Waiting } from "./store/outbox";
import { current } from "./store/shift";
import { persisted, type Ended } from "./talk/catchUp";
import type { ContactAnswer } from "./wire";

export type Contact = Omit<ContactAnswer, "key" | "old" | "csrf">;

interface State {
  ready: boolean;
  online: boolean;
  /** Whether the shift's key is here: without it nothing can be read or recorded. */
  open: boolean;
  contact: Contact | null;
  contactAt: number;
  packaged: number;
  doors: Listed[];
  entries: Entry[];
  begun: Set<string>;
  strays: Stray[];
  waiting: Waiting;
  difference: Difference | undefined;
  persisted: boolean | null;
  catching: boolean;
  ended: Ended | null;
  full: boolean;
  /** What was just done, for a moment. */
  said: string;
}

export const state = shallowReactive<State>({
  ready: false,
  online: navigator.onLine,
  open: false,
  contact: null,
  contactAt: 0,
  packaged: 0,
  doors: [],
  entries: [],
  begun: new Set(),
  strays: [],
  waiting: { mine: 0, locked: 0 },
  difference: undefined,
  persisted: null,
  catching: false,
  ended: null,
  full: false,
  said: "",
});

export async function reread(): Promise<void> {
  const [key, contact, listed, made, halves, unsent, clock, promised, contactAt, packaged, left] = await Promise.all([
    current(), kept<Contact>("contact"), doors(), entries(), begun(), waiting(), difference(), persisted(),
    plain<number>("contact-at"), plain<number>("packaged"), strays(),
  ]); // prettier-ignore
  Object.assign(state, {
    ready: true, open: key !== null, contact, doors: listed, entries: made, begun: halves, waiting: unsent,
    difference: clock, persisted: promised, contactAt: contactAt ?? 0, packaged: packaged ?? 0, strays: left,
  }); // prettier-ignore
}

let fading = 0;

export function say(text: string): void {
  clearTimeout(fading);
  state.said = text;
  fading = setTimeout(() => (state.said = ""), 4000) as unknown as number;
}
