// The shift's key: given by the server on contact, kept for one shift, deleted at its end. Then doors are unreadable and
// are dropped; entries and half-finished forms stay, sealed, until contact gives the old key again.
import type { ContactAnswer, WireKey } from "../wire";
import { type KeyRow, plain, setPlain, store } from "./database";
import { exclusive } from "./exclusive";
import { importKey, open, type Sealed, seal } from "./seal";
import { latest } from "./time";

/** The key in use, or null: none was given yet, or its time is over. */
export async function current(): Promise<KeyRow | null> {
  await dropEnded();
  const account = await plain<string>("account");
  const keys = (await store.keys.toArray()).filter((key) => key.account === account);
  return keys.sort((one, other) => other.until - one.until)[0] ?? null;
}

export async function dropEnded(): Promise<void> {
  const now = await latest();
  const ended = (await store.keys.toArray()).filter((key) => key.until <= now).map((key) => key.id);
  if (!ended.length) return;
  const tables = [store.keys, store.doors, store.forms, store.kept, store.entries, store.plain];
  await store.transaction("rw", tables, async () => {
    await store.keys.bulkDelete(ended);
    for (const table of [store.doors, store.forms, store.kept]) {
      await table.filter((row) => ended.includes(row.key)).delete();
    }
    // What the server holds and answered needs no copy here; what it has not answered, or refused, does.
    await store.entries.filter((row) => ended.includes(row.key) && !OURS_STILL.has(row.state)).delete();
    await noList();
  });
}

const OURS_STILL = new Set(["waiting", "refused"]);

/**
 * The ids of the keys under which something waits, also of the one that is in use: the server destroys every key of the
 * past that is not named. A contact that brings a new key may lose its answer, and the one that is held here end.
 */
export async function wanted(): Promise<string[]> {
  const entries = await store.entries.filter((row) => OURS_STILL.has(row.state)).toArray();
  const drafts = await store.drafts.toArray();
  return [...new Set([...entries, ...drafts].map((row) => row.key))];
}

async function rowOf({ id, key, until }: WireKey, account: string): Promise<KeyRow> {
  return { id, account, key: await importKey(key), until: Date.parse(until) };
}

/** Take the keys of a contact: what older ones had sealed is sealed again under the new one, and they are forgotten. */
export const renew = (answer: ContactAnswer) => exclusive("store", () => renewed(answer));

async function renewed({ who, key, old }: ContactAnswer): Promise<void> {
  if ((await plain<string>("account")) !== who.account) await leave();
  await setPlain("account", who.account);
  const mine = await rowOf(key, who.account);
  await store.keys.put(mine);
  const held = (await store.keys.toArray()).filter((row) => row.account === who.account && row.id !== mine.id);
  for (const older of [...held, ...(await Promise.all(old.map((row) => rowOf(row, who.account))))]) {
    if (older.id !== mine.id) await sealAgain(older, mine);
  }
}

/** Another account on the same phone: its doors are not this one's to read. Entries and drafts wait for theirs. */
async function leave(): Promise<void> {
  const emptied = [store.keys, store.doors, store.forms, store.kept];
  await store.transaction("rw", [...emptied, store.plain], async () => {
    await Promise.all(emptied.map((table) => table.clear()));
    await noList();
  });
}

/** In the transaction in which the doors go, or an empty list would count as today's: as one where all is done. */
async function noList(): Promise<void> {
  await setPlain("cursor", "");
  await setPlain("packaged", 0);
}

/** Whoever was here works with the app no more: doors and keys go, what was recorded stays, sealed. */
export const shed = () => exclusive("store", leave);

async function again<Row extends Sealed>(row: Row, place: string, older: KeyRow, newer: KeyRow): Promise<Row> {
  return { ...row, ...(await seal(newer, place, await open(older.key, place, row))) };
}

async function sealAgain(older: KeyRow, newer: KeyRow): Promise<void> {
  const of = (row: Sealed) => row.key === older.id;
  const [entries, drafts, doors, forms, kept] = await Promise.all([
    store.entries.filter(of).toArray(),
    store.drafts.filter(of).toArray(),
    store.doors.filter(of).toArray(),
    store.forms.filter(of).toArray(),
    store.kept.filter(of).toArray(),
  ]);
  const fresh = {
    entries: await Promise.all(entries.map((row) => again(row, `entry:${row.id}`, older, newer))),
    drafts: await Promise.all(drafts.map((row) => again(row, `draft:${row.task}`, older, newer))),
    doors: await Promise.all(doors.map((row) => again(row, `door:${row.task}`, older, newer))),
    forms: await Promise.all(forms.map((row) => again(row, `form:${row.task}`, older, newer))),
    kept: await Promise.all(kept.map((row) => again(row, `kept:${row.name}`, older, newer))),
  };
  await store.transaction("rw", store.tables, async () => {
    await store.entries.bulkPut(fresh.entries);
    await store.drafts.bulkPut(fresh.drafts);
    await store.doors.bulkPut(fresh.doors);
    await store.forms.bulkPut(fresh.forms);
    await store.kept.bulkPut(fresh.kept);
    await store.keys.delete(older.id);
  });
}
