// A half-finished form, by account and door: it survives a call, a reload and an empty battery, sealed.
import { plain, setPlain, store } from "./database";
import { exclusive } from "./exclusive";
import { NoKey } from "./kept";
import { open, seal } from "./seal";
import { current } from "./shift";
import { latest } from "./time";

export interface Draft {
  submission: string;
  instance: string;
  /** The form and its seal as they were when it was begun: the door's own may have changed since. */
  xml: string;
  put: string;
  channel: string;
  /** Which door it is: it may have gone to somebody else meanwhile. */
  title?: string;
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

/** A half-finished form of a door that is not on this phone any more, and when it goes too (milliseconds since 1970). */
export interface Stray {
  task: string;
  channel: string;
  title: string;
  until: number;
}

const STAYS = 48 * 3_600_000;
const GONE = "drafts-gone";
type Gone = Record<string, number>;

/** After a package: what was begun at a door that is gone stays two days, in which the person can finish it. */
export const tidyDrafts = () =>
  exclusive("store", async () => {
    const [account, now] = [await plain<string>("account"), await latest()];
    await store.transaction("rw", store.drafts, store.doors, store.plain, async () => {
      const here = new Set(await store.doors.toCollection().primaryKeys());
      const [before, gone]: [Gone, Gone] = [(await plain<Gone>(GONE)) ?? {}, {}];
      for (const { task } of await store.drafts.filter((row) => row.account === account).toArray()) {
        if (here.has(task)) continue;
        const until = before[task] ?? now + STAYS;
        if (until > now) gone[task] = until;
        else await store.drafts.delete([account ?? "", task]);
      }
      await setPlain(GONE, gone);
    });
  });

export async function strays(): Promise<Stray[]> {
  const found: Stray[] = [];
  for (const [task, until] of Object.entries((await plain<Gone>(GONE)) ?? {})) {
    const half = await draft(task);
    if (half) found.push({ task, until, channel: half.channel, title: half.title ?? "" });
  }
  return found;
}

export const dropDraft = (task: string) =>
  exclusive("store", async () => {
    const key = await current();
    if (key) await store.drafts.delete([key.account, task]);
  });
