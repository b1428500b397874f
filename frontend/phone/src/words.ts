// Words come from the server's catalogue, by their English ids: src/wangge/web/phone/words. A test compares the two.
import { settings } from "./settings";

type Values = Record<string, string | number>;

const filled = (text: string, values: Values) =>
  text.replace(/%\((\w+)\)s/g, (_, name: string) => String(values[name] ?? ""));

export const word = (english: string, values: Values = {}) => filled(settings.words[english] ?? english, values);

/** `count("%(n)s person", 3)`; the plural belongs to the same entry of the catalogue. */
export function count(english: string, n: number, values: Values = {}): string {
  const [one, many] = settings.plurals[english] ?? [english, english];
  return filled(n === 1 ? one : many, { ...values, n });
}

const zone = { timeZone: "Asia/Shanghai" };
const day = new Intl.DateTimeFormat("en-CA", { ...zone, year: "numeric", month: "2-digit", day: "2-digit" });
const hour = new Intl.DateTimeFormat("en-GB", { ...zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const far = new Intl.DateTimeFormat(settings.language, { ...zone, month: "short", day: "numeric" });
const DAY = 86_400_000;

/** "today 18:00", as the pages of the server say it. */
export function when(instant: string | number, now = Date.now()): string {
  const at = new Date(instant);
  const near = new Map([
    [day.format(now - DAY), word("yesterday")],
    [day.format(now), word("today")],
    [day.format(now + DAY), word("tomorrow")],
  ]);
  return `${near.get(day.format(at)) ?? far.format(at)} ${hour.format(at)}`;
}
