// Today's doors as the package brought them, each in an envelope of its own; their forms apart, being large.
import type { Door, DoorForm, Package } from "../wire";
import { type DoorRow, setPlain, store } from "./database";
import { exclusive } from "./exclusive";
import { NoKey } from "./kept";
import { Memory } from "./memory";
import { open, seal } from "./seal";
import { current } from "./shift";

export type Listed = Omit<Door, "form"> & { form: { hash: string; count: number } | null };

export interface Form {
  xml: string;
  put: string;
}

export const take = (found: Package) => exclusive("store", () => taken(found));

async function taken({ doors, gone, whole, cursor }: Package): Promise<void> {
  const key = await current();
  if (!key) throw new NoKey();
  const listed: DoorRow[] = [];
  const forms: DoorRow[] = [];
  for (const { form, ...door } of doors) {
    const { task } = door;
    const content: Listed = { ...door, form: form && { hash: form.hash, count: form.count } };
    listed.push({ task, account: key.account, ...(await seal(key, `door:${task}`, content)) });
    const whole = form && (await completed(task, form));
    if (whole) forms.push({ task, account: key.account, ...(await seal(key, `form:${task}`, whole)) });
  }
  const named = new Set(doors.map((door) => door.task));
  await store.transaction("rw", store.doors, store.forms, store.plain, async () => {
    const shed = whole ? await store.doors.filter((row) => !named.has(row.task)).primaryKeys() : gone;
    await store.doors.bulkDelete(shed);
    await store.forms.bulkDelete([...shed, ...named]);
    await store.doors.bulkPut(listed);
    await store.forms.bulkPut(forms);
    await setPlain("cursor", cursor);
    await setPlain("packaged", Date.now());
  });
}

const memory = new Memory<Listed>();

export async function doors(): Promise<Listed[]> {
  const key = await current();
  if (!key) return memory.forget();
  const rows = (await store.doors.toArray()).filter((row) => row.key === key.id);
  return memory.all(key.key, rows, (row) => `door:${row.task}`, (door) => door);
}

/** A form that has not changed comes without its text, with a new seal. */
async function completed(task: string, { xml, put }: DoorForm): Promise<Form | null> {
  const text = xml ?? (await form(task))?.xml;
  return text ? { xml: text, put } : null;
}

export async function form(task: string): Promise<Form | null> {
  const [row, key] = await Promise.all([store.forms.get(task), current()]);
  return row && key?.id === row.key ? open<Form>(key.key, `form:${task}`, row) : null;
}
