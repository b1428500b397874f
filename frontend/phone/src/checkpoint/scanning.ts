// One person after the other: what was looked at, what is said, and that each is counted once.
import { computed, nextTick, reactive, ref, shallowRef } from "vue";
import { why } from "../recording";
import { difference } from "../store/time";
import { held, refresh } from "./held";
import { ageOf, type Held, type Look, look, typed } from "./look";
import { band, type Condition, decide, type Met, readTemperature, type Said } from "./rules";
import { pass, type Standing } from "./shift";

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
  let recorded = false;
  let fading = 0;

  const { point } = standing;
  const age = computed(() => ageOf(mine.value.list, now.value));
  const met = computed<Met>(() => ({
    temperature: reading.value !== null ? band(reading.value, point.fever) : toggles.temperature ? "normal" : "",
    mask: toggles.mask, venue_code: toggles.venue_code,
  })); // prettier-ignore
  const said = computed<Said | null>(() => (seen.value ? decide(seen.value.seen, point.asks, met.value) : null));

  function tick(): void {
    now.value = (Date.now() + ahead) / 1000;
  }

  async function load(): Promise<void> {
    ahead = (await difference())?.ms ?? 0;
    tick();
    mine.value = await held();
  }

  async function renew(): Promise<void> {
    ahead = (await difference())?.ms ?? 0;
    tick();
    mine.value = await refresh(mine.value, now.value);
  }

  /** Show what was looked at (`frame`: since when it was in the picture); whoever goes in or is asked aside is counted, once. */
  async function show(found: Look, frame = 0): Promise<void> {
    clearTimeout(fading);
    recorded = false;
    seen.value = found;
    await nextTick();
    if (frame) performance.measure("scan-to-verdict", { start: frame, end: performance.now() });
    await settle();
  }

  async function settle(): Promise<void> {
    const one = said.value;
    if (!one || recorded || one.then === "again" || one.then === "complete") return;
    recorded = true;
    try {
      await pass(standing, one, met.value, age.value);
      wrong.value = "";
    } catch (error) {
      recorded = false;
      wrong.value = why(error);
    }
    navigator.vibrate?.(one.then === "through" ? 60 : [120, 80, 120]);
    if (one.then === "through") fading = setTimeout(next, SHOWN) as unknown as number;
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
    await show(await look(text, mine.value, point, now.value), frame);
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
    await show(await typed(text, mine.value, point, now.value));
  }

  async function measured(tenths: number): Promise<void> {
    reading.value = tenths;
    if (band(tenths, point.fever) === "fever" && !seen.value) return show(FULL);
    await settle();
  }

  async function meet(one: Condition): Promise<void> {
    toggles[one] = true;
    await settle();
  }

  function next(): void {
    clearTimeout(fading);
    seen.value = null;
    reading.value = null;
    last = { ...last, at: Date.now() };
  }

  return {
    age, keyed, load, measured, meet, met, next, reading, renew, said, scanned, seen, show, tick, toggles, unreadable, wrong,
  }; // prettier-ignore
}

export const tally: Look = { seen: "tally", detail: "", initials: "" };
export const paper: Look = { seen: "paper", detail: "", initials: "" };
