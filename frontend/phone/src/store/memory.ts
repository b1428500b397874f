// What was opened already: the same envelope is opened once, and gives the same object, so that nothing is drawn again.
import { open, type Sealed } from "./seal";

export class Memory<T> {
  private known = new Map<string, { iv: string; content: T }>();
  private last: T[] = [];

  /** The contents of rows, in their order; the very same list as before when none has changed. */
  async all<Row extends Sealed>(key: CryptoKey, rows: Row[], place: (row: Row) => string, made: (content: T, row: Row) => T) {
    const before = this.known;
    this.known = new Map();
    const found: T[] = [];
    for (const row of rows) found.push(await this.one(before, key, row, place(row), made));
    const same = found.length === this.last.length && found.every((one, at) => one === this.last[at]);
    if (!same) this.last = found;
    return this.last;
  }

  private async one<Row extends Sealed>(
    before: Map<string, { iv: string; content: T }>,
    key: CryptoKey,
    row: Row,
    place: string,
    made: (content: T, row: Row) => T,
  ): Promise<T> {
    const iv = row.iv.join();
    const known = before.get(place);
    const kept = known?.iv === iv ? known : { iv, content: made(await open<T>(key, place, row), row) };
    this.known.set(place, kept);
    return kept.content;
  }

  /** The shift is over: nothing of it stays in memory. */
  forget(): T[] {
    this.known.clear();
    if (this.last.length) this.last = [];
    return this.last;
  }
}
