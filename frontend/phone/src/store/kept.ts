// Single sealed things by name: who is here, the words of the package; the checkpoint keeps its own here too.
import { store } from "./database";
import { open, seal } from "./seal";
import { current } from "./shift";

/** No key: the shift is over, or there was no contact yet. The person is told to go where there is a network. */
export class NoKey extends Error {}

/** The place in the store to which the envelope of such a thing is bound. */
export const keptAs = (name: string) => `kept:${name}`;

export async function keep(name: string, content: unknown): Promise<void> {
  const key = await current();
  if (!key) throw new NoKey();
  await store.kept.put({ name, ...(await seal(key, keptAs(name), content)) });
}

export async function kept<T>(name: string): Promise<T | null> {
  const [row, key] = await Promise.all([store.kept.get(name), current()]);
  return row && key?.id === row.key ? open<T>(key.key, keptAs(name), row) : null;
}

