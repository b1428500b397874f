// What a checkpoint's phone holds, sealed under the shift's key like everything else: where one may stand, the keys, the
// city's list. Dropped when the checkpoint closes, the shift ends or its key does.
import { decodeContent, encodeContent, keysOf, type PublishedKey, type StatusList, takeList } from "../codes";
import { store } from "../store/database";
import { keep, kept } from "../store/kept";
import { ask, json } from "../talk/request";
import type { Held } from "./look";
import type { Answer, Point } from "./wire";

const POINTS = "checkpoint-points";
const KEYS = "checkpoint-keys";
const LIST = "checkpoint-list";

type StoredList = Omit<StatusList, "content"> & { content: string };

const text64 = (bytes: Uint8Array) => {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
};
const bytes64 = (text: string) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));

export const points = () => kept<Answer>(POINTS);

/** Where one may stand, asked anew; null when there was no answer. */
export async function askPoints(): Promise<Answer | null> {
  const answer = await ask("/sync/checkpoints").catch(() => null);
  if (!answer?.ok) return null;
  const found = await json<Answer>(answer);
  await keep(POINTS, found);
  return found;
}

export async function held({ issuer }: Point): Promise<Held> {
  const [keys, stored] = await Promise.all([kept<PublishedKey[]>(KEYS), kept<StoredList>(LIST)]);
  const list = stored?.issuer === issuer ? { ...stored, content: decodeContent(bytes64(stored.content)) } : undefined;
  return { keys: keysOf(keys ?? []), list };
}

/** Fetch keys and list of a checkpoint; what was held stays held where no answer came or the new one is not good. Whoever
 * keeps two checkpoints may have two cities' lists to choose from, one of them a drill's: another's is none here. */
export async function refresh(before: Held, now: number, point: Point): Promise<Held> {
  const own = before.list?.issuer === point.issuer ? before.list : undefined;
  const keys = (await askKeys(point)) ?? before.keys;
  const list = (await askList({ keys, list: own }, now, point)) ?? own;
  if (list && list !== before.list) {
    await keep(LIST, { ...list, content: text64(encodeContent(list.content)) } satisfies StoredList);
  }
  return { keys, list };
}

async function askKeys(point: Point): Promise<Held["keys"] | null> {
  const answer = await ask(`/sync/keys?at=${point.uuid}`).catch(() => null);
  if (!answer?.ok) return null;
  const { keys } = await json<{ keys: PublishedKey[] }>(answer);
  await keep(KEYS, keys);
  return keysOf(keys);
}

async function askList({ keys, list }: Held, now: number, point: Point, whole = false): Promise<StatusList | null> {
  const have = list && !whole ? list.version : "";
  const answer = await ask(`/sync/list?have=${have}&at=${point.uuid}`).catch(() => null);
  if (!answer?.ok) return null;
  const message = new Uint8Array(await answer.arrayBuffer());
  const taken = await takeList(message, keys, list, now);
  if ("list" in taken) return taken.list.issuer === point.issuer ? taken.list : null;
  const again = taken.refused === "other_list" || taken.refused === "content";
  return again && !whole ? askList({ keys, list: undefined }, now, point, true) : null;
}

/** Nobody scans here any more. */
export const drop = () => store.kept.bulkDelete([KEYS, LIST]);
