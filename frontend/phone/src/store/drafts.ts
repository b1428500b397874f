// A half-finished form, by account and door: it survives a call, a reload and an empty battery, sealed.
import { store } from "./database";
import { exclusive } from "./exclusive";
import { NoKey } from "./kept";
import { open, seal } from "./seal";
import { current } from "./shift";

export interface Draft {
  submission: string;
  instance: string;
  /** The form and its seal as they were when it was begun: the door's own may have changed since. */
  xml: string;
  put: string;
  channel: string;
  /** The refused entry that this corrects. */
  corrects?: string;
}

export const keepDraft = (task: string, draft: Draft) =>
  exclusive("store", async () => {
    const key = await current();
    if (!key) throw new NoKey();
    const sealed = await seal(key, `draft:${task}`, draft);
    await store.drafts.put({ account: key.account, task, at: Date.now(), ...sealed });
  });

export async function draft(task: string): Promise<Draft | null> {
  const key = await current();
  const row = key && (await store.drafts.get([key.account, task]));
  return row && row.key === key.id ? open<Draft>(key.key, `draft:${task}`, row) : null;
}

/** The doors where one's own form was begun and not finished. */
export async function begun(): Promise<Set<string>> {
  const key = await current();
  const rows = await store.drafts.filter((row) => row.account === key?.account && row.key === key.id).toArray();
  return new Set(rows.map((row) => row.task));
}

export const dropDraft = (task: string) =>
  exclusive("store", async () => {
    const key = await current();
    if (key) await store.drafts.delete([key.account, task]);
  });
