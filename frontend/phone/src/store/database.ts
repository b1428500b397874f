// The store of this phone. What is readable in it names nobody: ids, states and times. Everything else is sealed under
// the shift's key (seal.ts). Never change a version that phones out there may have: add the next one, with its upgrade.
import Dexie, { type Table } from "dexie";
import type { Sealed } from "./seal";

export type State = "waiting" | "done" | "had" | "kept" | "refused" | "corrected";

export interface KeyRow {
  id: string;
  account: string;
  /** Cannot be exported: a script can use it and not read it. */
  key: CryptoKey;
  /** Milliseconds since 1970; at its end the row is deleted and what it sealed is unreadable. */
  until: number;
}

export interface DoorRow extends Sealed {
  task: string;
  account: string;
}

export interface EntryRow extends Sealed {
  /** The order in which entries were made, whatever the clock did meanwhile. */
  n?: number;
  id: string;
  account: string;
  state: State;
  /** When it was made, in milliseconds since 1970: what the server has held for long is dropped. */
  at: number;
}

export interface DraftRow extends Sealed {
  account: string;
  task: string;
  at: number;
}

export interface KeptRow extends Sealed {
  name: string;
}

export interface PlainRow {
  name: string;
  value: unknown;
}

export class Store extends Dexie {
  keys!: Table<KeyRow, string>;
  doors!: Table<DoorRow, string>;
  forms!: Table<DoorRow, string>;
  entries!: Table<EntryRow, number>;
  drafts!: Table<DraftRow, [string, string]>;
  kept!: Table<KeptRow, string>;
  plain!: Table<PlainRow, string>;

  constructor() {
    super(NAME);
    this.version(1).stores({
      keys: "id",
      doors: "task",
      forms: "task",
      entries: "++n,&id,state",
      drafts: "[account+task]",
      kept: "name",
      plain: "name",
    });
    this.version(2)
      .stores({ entries: "++n,&id,state,at" })
      .upgrade((store) => store.table("entries").toCollection().modify({ at: Date.now() }));
  }
}

export const NAME = "wangge-phone";
export const store = new Store();

export async function plain<T>(name: string): Promise<T | undefined> {
  return (await store.plain.get(name))?.value as T | undefined;
}

export const setPlain = (name: string, value: unknown) => store.plain.put({ name, value });

/** The disk is full: said in words, and whatever was being entered stays on the screen. */
export function isFull(error: unknown): boolean {
  const names = [error, (error as { inner?: unknown } | null)?.inner].map((one) => (one as Error | null)?.name);
  return names.includes("QuotaExceededError");
}
