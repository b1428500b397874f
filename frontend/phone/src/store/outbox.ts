// What was recorded here: kept in order until the server has answered for good, and shown with that answer.
import { uuid7 } from "../ids";
import type { Command, CommandAnswer } from "../wire";
import { type EntryRow, plain, type State, store } from "./database";
import { exclusive } from "./exclusive";
import { keptAs, NoKey } from "./kept";
import { Memory } from "./memory";
import { open, seal } from "./seal";
import { current } from "./shift";
import { difference, isFar, latest } from "./time";

/** What a person reads of an entry without the door it was made at, which may have moved on meanwhile. */
export interface About {
  title: string;
  where: string;
  words: string;
}

export interface Content {
  command: Command;
  about: About;
  /** The form as it was opened, so that its answers can be corrected without the door. */
  form?: string;
  answer?: { code: string | null; words: string; receipt: string | null; at: number };
  correctedBy?: string;
}

export interface Entry extends Content {
  n: number;
  id: string;
  state: State;
}

export interface Made {
  kind: string;
  task: string | null;
  door: string | null;
  data: Record<string, unknown>;
  about: About;
  form?: string;
  /** The id of a refused entry that this one puts right. */
  corrects?: string;
  /** When it happened, if not now. */
  happened?: Pick<Command, "at" | "clock">;
  id?: string;
}

/** A kept thing that counts an entry: both are there after a reload, or neither. */
export interface Beside {
  name: string;
  content: unknown;
}

/** Keep a command until it can be sent. Throws NoKey, and what isFull() recognises when the disk is full. */
export const queue = (made: Made, beside?: Beside) => exclusive("store", () => queued(made, beside));

async function queued(made: Made, beside?: Beside): Promise<string> {
  const { kind, task, door, data, about, form, corrects, happened, id = uuid7() } = made;
  const [key, clock, now] = await Promise.all([current(), difference(), latest()]);
  if (!key) throw new NoKey();
  const command: Command = { id, kind, at: new Date().toISOString(), task, door, data, ...happened };
  if (!happened && clock && isFar(clock)) command.clock = { own: clock.own, server: clock.server };
  const content: Content = { command, about, ...(form ? { form } : {}) };
  const sealed = await seal(key, `entry:${id}`, content);
  const corrected = corrects ? await changed(corrects, { correctedBy: id }) : null;
  const counts = beside ? { name: beside.name, ...(await seal(key, keptAs(beside.name), beside.content)) } : null;
  await store.transaction("rw", store.entries, store.kept, async () => {
    await store.entries.add({ id, account: key.account, state: "waiting", at: now, ...sealed });
    if (corrected) await store.entries.put({ ...corrected, state: "corrected" });
    if (counts) await store.kept.put(counts);
  });
  return id;
}

/** The row of an entry with something added to its content; null when it cannot be read with the key of now. */
async function changed(id: string, more: Partial<Content>): Promise<EntryRow | null> {
  const [row, key] = await Promise.all([store.entries.get({ id }), current()]);
  if (!row || key?.id !== row.key) return null;
  const content = await open<Content>(key.key, `entry:${id}`, row);
  return { ...row, ...(await seal(key, `entry:${id}`, { ...content, ...more })) };
}

export interface Waiting {
  /** Of who is here. */
  mine: number;
  /** Of others on this phone, or sealed under a key that is gone: they wait for their account, or for contact. */
  locked: number;
}

export async function waiting(): Promise<Waiting> {
  const [rows, key, account] = await Promise.all([
    store.entries.where({ state: "waiting" }).toArray(),
    current(),
    plain<string>("account"),
  ]);
  const mine = rows.filter((row) => row.account === account).length;
  return { mine, locked: rows.length - rows.filter((row) => row.account === account && row.key === key?.id).length };
}

/** The entries that can be read now, the latest first. */
export async function entries(): Promise<Entry[]> {
  const key = await current();
  if (!key) return memory.forget();
  const rows = (await store.entries.orderBy("n").reverse().toArray()).filter((row) => row.key === key.id);
  return memory.all(key.key, rows, (row) => `entry:${row.id}`, shown);
}

/** A state never changes without another envelope. */
const memory = new Memory<Entry>();
const shown = (content: Content, { id, n = 0, state }: EntryRow): Entry => ({ ...content, id, n, state });

async function readable(key: CryptoKey, row: EntryRow): Promise<Entry> {
  return shown(await open<Content>(key, `entry:${row.id}`, row), row);
}

/** The next commands to send, in the order in which they were made. */
export async function batch(size: number): Promise<Command[]> {
  const key = await current();
  if (!key) return [];
  const mine = (row: EntryRow) => row.state === "waiting" && row.key === key.id && row.account === key.account;
  const rows = await store.entries.orderBy("n").filter(mine).limit(size).toArray();
  return (await Promise.all(rows.map((row) => readable(key.key, row)))).map((entry) => entry.command);
}

/** Note what the server answered for good; an entry that it did not answer for goes on waiting. */
export const settle = (answers: CommandAnswer[]) => exclusive("store", () => settled(answers));

const DAY = 86_400_000;

/** What the server has held for a day is its own to show; what it refused stays a week, to be corrected. */
export const prune = () =>
  exclusive("store", async () => {
    const now = await latest(); // a phone's own clock may run a day ahead
    const old = store.entries.where("at").below(now - DAY);
    const over = (row: EntryRow) => row.state !== "waiting" && (row.state !== "refused" || row.at < now - 7 * DAY);
    await old.filter(over).delete();
  });

async function settled(answers: CommandAnswer[]): Promise<void> {
  for (const { id, verdict, code, words, receipt } of answers) {
    if (verdict === "later") continue;
    const row = await changed(id, { answer: { code, words, receipt, at: Date.now() } });
    if (row) await store.entries.put({ ...row, state: verdict });
  }
}
