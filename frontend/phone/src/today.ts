// Today's doors as this phone knows them: the package, and over it what was recorded here and is not in it yet.
import type { Listed } from "./store/doors";
import type { Entry } from "./store/outbox";
import type { Item } from "./wire";

const CLOSES = new Set(["done", "died"]);
/** Things to do that a filled-in form does. */
const ASKED = "ask";

export interface View {
  door: Listed;
  items: Item[];
  late: boolean;
  /** Done as far as this phone knows. */
  closed: boolean;
  /** The form was filled in here and its answers are on their way. */
  answered: boolean;
  /** The latest outcome that was recorded here, if the package does not hold it yet. */
  outcome: string | null;
  mine: Entry[];
}

/** Entries that the package cannot know: not answered, or answered after it was made. */
function fresh(entries: Entry[], packaged: number): Map<string, Entry[]> {
  const found = new Map<string, Entry[]>();
  for (const entry of [...entries].reverse()) {
    const task = entry.command.task;
    if (!task || entry.state === "refused" || entry.state === "corrected") continue;
    if (entry.state !== "waiting" && (entry.answer?.at ?? 0) <= packaged) continue;
    found.set(task, [...(found.get(task) ?? []), entry]);
  }
  return found;
}

function viewed(door: Listed, mine: Entry[], now: number): View {
  const tries = mine.filter((entry) => entry.command.kind === "attempt").map((entry) => entry.command.data);
  const answered = mine.some((entry) => entry.command.kind === "answers");
  const through = new Set(tries.filter((one) => one.person && CLOSES.has(String(one.outcome))).map((one) => one.person));
  const whole = tries.some((one) => !one.person && CLOSES.has(String(one.outcome)));
  const items = door.items.filter((item) => !through.has(item.person) && !(answered && item.kind === ASKED));
  const late = door.late || Date.parse(door.due) <= now;
  const outcome = tries.length ? String(tries[tries.length - 1]?.outcome) : null;
  return { door, items, late, answered, outcome, mine, closed: whole || (mine.length > 0 && items.length === 0) };
}

/** In walking order, the late ones first. */
export function views(doors: Listed[], entries: Entry[], packaged: number, now: number): View[] {
  const mine = fresh(entries, packaged);
  const found = doors.map((door) => viewed(door, mine.get(door.task) ?? [], now));
  const order = (one: string | number, other: string | number) => (one < other ? -1 : one > other ? 1 : 0);
  return found.sort(
    (one, other) =>
      Number(other.late) - Number(one.late) ||
      order(one.door.walk, other.door.walk) ||
      order(one.door.task, other.door.task),
  );
}

export const named = ({ door }: View, text: string) => `${door.where} ${door.name}`.includes(text);
