// One person after the other: what was looked at, what is said, and that each is counted once.
import { computed, nextTick, reactive, ref, shallowRef } from "vue";
import { why } from "../recording";
import { difference } from "../store/time";
import { held, refresh } from "./held";
import { ageOf, type Held, type Look, look, typed } from "./look";
import { band, type Condition, decide, type Met, readTemperature, type Said } from "./rules";
import { checkIn, pass, type Standing } from "./shift";

const SAME = 4000; // milliseconds in which the same code in front of the camera is the same person
const GAP = 500; // milliseconds between frames of one unreadable code
const STAYS = 1200;
const SHOWN = 2500; // how long "through" stays by itself
const FULL: Look = { seen: "tally", detail: "", initials: "" };

export function scanning(standing: Standing) {
  const mine = shallowRef<Held>({ keys: [], list: undefined });
  const toggles = reactive<Record<Condition, boolean>>({ temperature: false, mask: true, venue_code: false });
  const reading = ref<number | null>(null);
  const seen = shallowRef<Look | null>(null);
  const wrong = ref("");
  const now = ref(Date.now() / 1000);
  let ahead = 0;
  let last = { text: "", at: 0 };
  const blurred = { since: 0, last: 0 };
  /** What was recorded of whoever is on the screen: it stays said, whatever is measured of the next one. */
  const done = shallowRef<Said | null>(null);
  /** The venue at which whoever is on the screen was checked in: said once it is kept. */
  const checkedIn = ref("");
  let fading = 0;

  const age = computed(() => ageOf(mine.value.list, now.value));
  const met = computed<Met>(() => ({
    temperature: reading.value !== null ? band(reading.value, standing.point.fever) : toggles.temperature ? "normal" : "",
    mask: toggles.mask, venue_code: toggles.venue_code,
  })); // prettier-ignore
  const said = computed<Said | null>(
    () => done.value ?? (seen.value ? decide(seen.value.seen, standing.point.asks, met.value) : null),
  );

  function tick(): void {
    now.value = (Date.now() + ahead) / 1000;
  }

  async function load(): Promise<void> {
    ahead = (await difference())?.ms ?? 0;
    tick();
    mine.value = await held(standing.point);
  }

  async function renew(): Promise<void> {
    ahead = (await difference())?.ms ?? 0;
    tick();
    mine.value = await refresh(mine.value, now.value, standing.point);
  }

  /** No code is asked for here any more: nobody's colour is said, and whoever stands on the screen leaves it. */
  function forget(): void {
    mine.value = { keys: [], list: undefined };
    next();
  }

  /** Show what was looked at (`frame`: since when it was in the picture); whoever goes in or is asked aside is counted, once. */
  async function show(found: Look, frame = 0): Promise<void> {
    clearTimeout(fading);
    done.value = null;
    checkedIn.value = "";
    seen.value = found;
    await nextTick();
    if (frame) performance.measure("scan-to-verdict", { start: frame, end: performance.now() });
    await settle();
  }

  async function settle(): Promise<void> {
    const [one, look] = [said.value, seen.value];
    if (!one || done.value || one.then === "again" || one.then === "complete") return;
    done.value = one;
    try {
      await pass(standing, one, met.value, age.value);
      wrong.value = "";
      if (look) await arrives(one, look);
    } catch (error) {
      if (done.value === one) done.value = null;
      wrong.value = why(error);
    }
    navigator.vibrate?.(one.then === "through" ? 60 : [120, 80, 120]);
    if (done.value === one && one.then === "through") fading = setTimeout(next, SHOWN) as unknown as number;
  }

  /** At a venue's door: whoever goes in with a code is checked in by it. Said once it is kept, and never a reason to wait. */
  async function arrives(one: Said, { verified }: Look): Promise<void> {
    const { venue } = standing.point;
    if (one.then !== "through" || !venue || !verified) return;
    try {
      await checkIn(standing, venue.name, verified);
      if (done.value === one) checkedIn.value = venue.name;
    } catch (error) {
      wrong.value = why(error);
    }
  }

  /** A text from the camera or a scanner that types. */
  async function scanned(text: string, frame = 0): Promise<void> {
    const at = Date.now();
    if (text === last.text && at - last.at < SAME) {
      last.at = at;
      return;
    }
    last = { text, at };
    tick();
    await show(await look(text, mine.value, standing.point, now.value), frame);
  }

  /** A code that moves is unreadable for a moment: only one that stays so is spoken of. */
  async function unreadable(): Promise<void> {
    const at = Date.now();
    if (at - blurred.last > GAP) blurred.since = at;
    blurred.last = at;
    if (!seen.value && at - blurred.since > STAYS) await show({ seen: "unreadable", detail: "torn", initials: "" });
  }

  /** Typed by a person, a scanner or a thermometer. */
  async function keyed(text: string): Promise<void> {
    const tenths = readTemperature(text);
    if (tenths !== null) return measured(tenths);
    tick();
    await show(await typed(text, mine.value, standing.point, now.value));
  }

  /** A reading beside somebody who was recorded is the next one's, above all a fever; beside somebody who was asked
   * aside a normal one is nobody's: they are measured again as often as it takes. */
  async function measured(tenths: number): Promise<void> {
    const fever = band(tenths, standing.point.fever) === "fever";
    if (done.value && !fever && done.value.then === "aside") return;
    if (done.value) next();
    reading.value = tenths;
    if (fever && !seen.value) return show(FULL);
    await settle();
  }

  async function meet(one: Condition): Promise<void> {
    toggles[one] = true;
    await settle();
  }

  function next(): void {
    clearTimeout(fading);
    seen.value = done.value = null;
    reading.value = null;
    last = { ...last, at: Date.now() };
  }

  return {
    age, checkedIn, forget, keyed, load, measured, meet, met, next, reading, renew, said, scanned, seen, show, tick, toggles, unreadable, wrong,
  }; // prettier-ignore
}

export const tally: Look = { seen: "tally", detail: "", initials: "" };
export const paper: Look = { seen: "paper", detail: "", initials: "" };
