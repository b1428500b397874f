// A shift at a checkpoint: what it has counted is on the phone, and confirmed entry by entry by the server.
import { recorded } from "../clockwork";
import type { Claims } from "../codes";
import { uuid7 } from "../ids";
import { type State, store } from "../store/database";
import { exclusive } from "../store/exclusive";
import { keep, kept } from "../store/kept";
import { type About, entries, queue } from "../store/outbox";
import { word } from "../words";
import { drop } from "./held";
import { counted, type Met, type Said } from "./rules";
import type { Held, Point } from "./wire";

const SHIFT = "checkpoint-shift";

export interface Counts {
  passes: number;
  aside: number;
  entries: number;
  emergencies: number;
}

export interface Standing {
  shift: string;
  point: Point;
  begun: number;
  counts: Counts;
  /** By what was shown. */
  shown: Record<string, number>;
  /** Ids of entries that the server has not answered yet, and how many it holds. */
  unsent: string[];
  /** Ids of the latest check-ins by code: what became of them stays to be read for a while. */
  checkIns?: string[];
  confirmed: number;
  refused: number;
}

export const standing = () => kept<Standing>(SHIFT);

/** Changed without an entry. */
async function save(one: Standing, change: (next: Standing) => void): Promise<void> {
  const next = copy(one);
  change(next);
  await keep(SHIFT, next);
  Object.assign(one, next);
}

function about(point: Point, words: string): About {
  return { title: point.name, where: point.place, words };
}

type Change = (next: Standing, id: string) => void;
const nothing = () => {};
/** One change after the other; what the screen counts is what is kept: a page that goes away takes nothing along. */
const alone = <T>(work: () => Promise<T>) => exclusive("checkpoint-shift", work);
const copy = (one: Standing) => JSON.parse(JSON.stringify(one)) as Standing;

/** An entry, and the shift that counts it: kept together or not at all. */
const sent = (one: Standing, kind: string, data: Record<string, unknown>, words: string, change: Change = nothing) =>
  alone(async () => {
    const [next, id] = [copy(one), uuid7()];
    next.unsent.push(id);
    change(next, id);
    const made = { id, kind, task: null, door: null, data: { shift: one.shift, ...data }, about: about(one.point, words) };
    await queue(made, { name: SHIFT, content: next });
    Object.assign(one, next);
  });

const NONE: Counts = { passes: 0, aside: 0, entries: 0, emergencies: 0 };
const fresh = (shift: string, point: Point, counts: Counts): Standing => ({
  shift, point, begun: Date.now(), counts, shown: {}, unsent: [], confirmed: 0, refused: 0,
}); // prettier-ignore

export async function begin(point: Point): Promise<Standing> {
  const one = fresh(uuid7(), point, { ...NONE });
  await sent(one, "checkpoint.shift", { checkpoint: point.uuid, begins: true }, word("Shift begins"));
  void recorded();
  return one;
}

/** What the server says of the checkpoint by now: an edition may have changed, or somebody closed it. */
export async function pointed(one: Standing, point: Point): Promise<void> {
  if (JSON.stringify(one.point) === JSON.stringify(point)) return;
  await alone(() => save(one, (next) => (next.point = point)));
}

/** The shifts that the server still holds as open, without those whose end waits here to be sent. */
export async function leftOpen(shifts: Held[]): Promise<Held[]> {
  const waiting = (await entries()).filter(({ command, state }) => command.kind === "checkpoint.shift" && state === "waiting");
  const ending = waiting.filter(({ command }) => command.data.begins === false).map(({ command }) => command.data.shift);
  return shifts.filter(({ shift }) => !ending.includes(shift));
}

/** Go on with a shift that this phone no longer knows: its key ended, or it was begun on another one. */
export async function resume({ shift, passes, aside, entries: lines, emergencies }: Held, point: Point): Promise<Standing> {
  const one = fresh(shift, point, { passes, aside, entries: lines, emergencies });
  await alone(() => keep(SHIFT, one));
  return one;
}

/** End such a shift: what the phone had counted is not known any more. */
export async function endLeft({ shift, checkpoint, name }: Held): Promise<void> {
  const data = { shift, checkpoint, begins: false };
  const about = { title: name, where: "", words: word("Shift ends") };
  await queue({ kind: "checkpoint.shift", task: null, door: null, data, about });
  void recorded();
}

/** Ended shifts leave nothing on the phone but what the server has not answered yet. */
export async function end(one: Standing): Promise<void> {
  const said = { checkpoint: one.point.uuid, begins: false, counted: one.counts.passes };
  await sent(one, "checkpoint.shift", said, word("Shift ends"));
  await alone(() => store.kept.delete(SHIFT));
  await drop();
  void recorded();
}

/** One person: counted once, whatever was looked at before. `listMinutes`: the age of the list it was said by. */
export async function pass(one: Standing, said: Said, met: Met, listMinutes: number | null): Promise<void> {
  const shown = counted(said.seen);
  const through = said.then === "through";
  const old = listMinutes === null ? null : Math.max(0, listMinutes);
  await sent(one, "checkpoint.pass", { shown, through, ...met, list_minutes: old }, word("A pass"), (next) => {
    next.counts.passes += 1;
    next.counts.aside += through ? 0 : 1;
    next.shown[shown] = (next.shown[shown] ?? 0) + 1;
  });
}

const READ = 30; // check-ins that stay under What I sent: a shop has thousands a day

/** Somebody who went in is checked in at the venue by the code they showed: kept here first, sent with its id. */
export async function checkIn(one: Standing, venue: string, { issuer, number, kind, issued, expires }: Claims): Promise<void> {
  const salt = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const data = { shift: one.shift, issuer, number, kind, issued, expires, salt };
  const words = word("Checked in by code at %(name)s", { name: venue });
  let over: string[] = [];
  await sent(one, "venue.check_in", data, words, (next, id) => {
    const ids = [...(next.checkIns ?? []), id];
    [over, next.checkIns] = [ids.slice(0, -READ), ids.slice(-READ)];
  });
  await store.entries.where("id").anyOf(over).filter(isHeld).delete();
}

export type Line = Record<"purpose" | "host" | "name" | "phone" | "plate" | "drop", string>;

export async function line(one: Standing, kind: "visitor" | "vehicle" | "rider", typed: Partial<Line>): Promise<void> {
  const given = Object.fromEntries(Object.entries(typed).filter(([, text]) => text.trim()));
  const data = kind === "visitor" ? given : { kind, ...given };
  await sent(one, kind === "visitor" ? "checkpoint.visitor" : "checkpoint.vehicle", data, word("A line of the register"), (next) => {
    next.counts.entries += 1;
  });
}

export type Called = "ambulance" | "community" | "nobody";

/** One tap, whose id it is; a call after it names it `again`. */
export async function emergency(one: Standing, called: Called, id: string, again: boolean): Promise<void> {
  await sent(one, "checkpoint.emergency", { emergency: id, called }, word("Let through in need"), (next) => {
    if (!again) next.counts.emergencies += 1;
  });
  void recorded();
}

const isHeld = ({ state }: { state: State }) => state === "done" || state === "had" || state === "kept";

/** Entries that the server holds leave the phone: a shift has thousands. What was refused stays to be read. */
export const tidy = (one: Standing) => alone(() => tidied(one));

async function tidied(one: Standing): Promise<void> {
  const asked = [...one.unsent];
  if (!asked.length) return;
  const rows = await store.entries.where("id").anyOf(asked).toArray();
  const waits = rows.filter((row) => row.state === "waiting").map((row) => row.id);
  const done = rows.filter(isHeld);
  const refused = rows.filter((row) => row.state === "refused");
  if (!done.length && !refused.length && rows.length === asked.length) return;
  const read = new Set(one.checkIns);
  await save(one, (next) => {
    next.confirmed += done.length;
    next.refused += refused.length;
    next.unsent = waits;
  });
  await store.entries.where("id").anyOf(done.map((row) => row.id).filter((id) => !read.has(id))).delete();
}
