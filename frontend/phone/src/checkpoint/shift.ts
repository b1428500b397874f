// A shift at a checkpoint: what it has counted is on the phone, and confirmed entry by entry by the server.
import { recorded } from "../clockwork";
import { uuid7 } from "../ids";
import { store } from "../store/database";
import { keep, kept } from "../store/kept";
import { type About, queue } from "../store/outbox";
import { word } from "../words";
import { drop } from "./held";
import { counted, type Met, type Said } from "./rules";
import type { Point } from "./wire";

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
  confirmed: number;
  refused: number;
}

export const standing = () => kept<Standing>(SHIFT);
const save = (one: Standing) => keep(SHIFT, one);

function about(point: Point, words: string): About {
  return { title: point.name, where: point.place, words };
}

async function sent(one: Standing, kind: string, data: Record<string, unknown>, words: string): Promise<string> {
  const id = await queue({ kind, task: null, door: null, data: { shift: one.shift, ...data }, about: about(one.point, words) });
  one.unsent.push(id);
  return id;
}

export async function begin(point: Point): Promise<Standing> {
  const one: Standing = {
    shift: uuid7(), point, begun: Date.now(), counts: { passes: 0, aside: 0, entries: 0, emergencies: 0 }, shown: {},
    unsent: [], confirmed: 0, refused: 0,
  }; // prettier-ignore
  await sent(one, "checkpoint.shift", { checkpoint: point.uuid, begins: true }, word("Shift begins"));
  await save(one);
  void recorded();
  return one;
}

/** Ended shifts leave nothing on the phone but what the server has not answered yet. */
export async function end(one: Standing): Promise<void> {
  const said = { checkpoint: one.point.uuid, begins: false, counted: one.counts.passes };
  await sent(one, "checkpoint.shift", said, word("Shift ends"));
  await store.kept.delete(SHIFT);
  await drop();
  void recorded();
}

/** One person: counted once, whatever was looked at before. `listMinutes`: the age of the list it was said by. */
export async function pass(one: Standing, said: Said, met: Met, listMinutes: number | null): Promise<void> {
  const shown = counted(said.seen);
  const through = said.then === "through";
  const old = listMinutes === null ? null : Math.max(0, listMinutes);
  await sent(one, "checkpoint.pass", { shown, through, ...met, list_minutes: old }, word("A pass"));
  one.counts.passes += 1;
  one.counts.aside += through ? 0 : 1;
  one.shown[shown] = (one.shown[shown] ?? 0) + 1;
  await save(one);
}

export type Line = Record<"purpose" | "host" | "name" | "phone" | "plate" | "drop", string>;

export async function line(one: Standing, kind: "visitor" | "vehicle" | "rider", typed: Partial<Line>): Promise<void> {
  const given = Object.fromEntries(Object.entries(typed).filter(([, text]) => text.trim()));
  const data = kind === "visitor" ? given : { kind, ...given };
  await sent(one, kind === "visitor" ? "checkpoint.visitor" : "checkpoint.vehicle", data, word("A line of the register"));
  one.counts.entries += 1;
  await save(one);
}

export type Called = "ambulance" | "community" | "nobody";

/** One tap; a call after it names the same emergency. */
export async function emergency(one: Standing, called: Called, again?: string): Promise<string> {
  const id = again ?? uuid7();
  await sent(one, "checkpoint.emergency", { emergency: id, called }, word("Let through in need"));
  if (!again) one.counts.emergencies += 1;
  await save(one);
  void recorded();
  return id;
}

/** Entries that the server holds leave the phone: a shift has thousands. What was refused stays to be read. */
export async function tidy(one: Standing): Promise<void> {
  if (!one.unsent.length) return;
  const rows = await store.entries.where("id").anyOf(one.unsent).toArray();
  const there = new Map(rows.map((row) => [row.id, row]));
  const done = rows.filter((row) => row.state === "done" || row.state === "had" || row.state === "kept");
  const refused = rows.filter((row) => row.state === "refused");
  if (!done.length && !refused.length && rows.length === one.unsent.length) return;
  await store.entries.where("id").anyOf(done.map((row) => row.id)).delete();
  one.confirmed += done.length;
  one.refused += refused.length;
  one.unsent = one.unsent.filter((id) => there.get(id)?.state === "waiting");
  await save(one);
}
