// The app's pages. A folder of its own may bring more: its place.ts exports `place`, and the app finds it by itself.
import type { Component } from "vue";
import type { Contact } from "./state";

export interface Place {
  /** What stands behind the # of the address, without slashes around it: "checkpoint". */
  path: string;
  /** An English id of the catalogue (src/wangge/web/phone/words). */
  title: string;
  /** A name of icons.svg. */
  icon: string;
  page: () => Promise<{ default: Component }>;
  /** Whether it is shown to whoever is here (contact.rights), asked after each contact. Without it: to everybody. */
  shown?: (contact: Contact | null) => boolean;
}

const found = import.meta.glob<{ place: Place }>(["./checkpoint/place.ts", "./codes/place.ts"], { eager: true });

export const places: Place[] = Object.values(found).map((module) => module.place);
