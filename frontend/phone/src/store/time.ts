// The phone's clock, which may be wrong and may be put back. Keys end by the latest time that was ever seen here, so
// that a clock put back gives nobody another hour.
import { plain, setPlain, store } from "./database";

const FAR = 5 * 60_000;

export interface Difference {
  /** The server's time minus the phone's, in milliseconds. */
  ms: number;
  own: string;
  server: string;
}

/** In one transaction: a clock that is just being put right must not be overtaken by what it said before. */
export const latest = (): Promise<number> =>
  store.transaction("rw", store.plain, async () => {
    const [seen, difference] = await Promise.all([plain<number>("latest"), plain<Difference>("difference")]);
    const now = Date.now() + (difference?.ms ?? 0);
    if (now <= (seen ?? 0)) return seen ?? now;
    await setPlain("latest", now);
    return now;
  });

/** What the server's clock says beside ours; `asked` and `answered` are ours around the question. */
export async function compare(server: string, asked: number, answered: number): Promise<Difference> {
  const ours = (asked + answered) / 2;
  const found = { ms: Date.parse(server) - ours, own: new Date(ours).toISOString(), server };
  await store.transaction("rw", store.plain, async () => {
    await setPlain("difference", found);
    await setPlain("latest", Date.parse(server)); // a clock that once ran ahead must not end every later key
  });
  return found;
}

export const isFar = (difference: Difference | undefined) => Math.abs(difference?.ms ?? 0) > FAR;
export const difference = () => plain<Difference>("difference");
