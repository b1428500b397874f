// When the phone speaks with the server: on opening, when the network is back, every minute while it is looked at, and
// in the background where the browser can. After a failure it waits longer each time.
import { settings } from "./settings";
import { reread, state } from "./state";
import { isFull, plain, setPlain } from "./store/database";
import { dropEnded } from "./store/shift";
import { catchUp, type Ended, persisted } from "./talk/catchUp";
import { update } from "./update";

const MINUTE = 60_000;
const LONGEST = 15 * MINUTE;
let failures = 0;
let notBefore = 0;
/** Something was recorded while the phone was speaking. */
let more = false;
let again: ReturnType<typeof setTimeout> | undefined;
const retry = () => void (navigator.onLine && speak());

const wiped = () => state.ended?.how === "wiped";

export async function speak({ now = false } = {}): Promise<void> {
  if (wiped()) return;
  if (state.catching) {
    more ||= now;
    return;
  }
  if (!now && Date.now() < notBefore) return;
  state.catching = true;
  try {
    ended(await catchUp());
    state.full = false;
  } catch (error) {
    state.full = isFull(error);
    if (!state.full) throw error;
  } finally {
    state.catching = false;
    if (!wiped()) await reread();
  }
  if (more && state.ended?.how === "caught-up") {
    more = false;
    await speak();
  }
}

function ended(how: Ended): void {
  state.ended = how;
  failures = how.how === "caught-up" ? 0 : failures + 1;
  const wait = Math.min(LONGEST, 5000 * 2 ** (failures - 1)) * (0.75 + Math.random() / 2); // not all phones at once
  notBefore = Date.now() + (how.how === "busy" ? Math.max(how.after, wait) : failures ? wait : 0);
  clearTimeout(again);
  if (how.how === "busy" || how.how === "no-answer") again = setTimeout(retry, notBefore - Date.now() + 100);
  if (how.how === "caught-up") void first();
  if (how.how === "too-old") void update();
}

let asked = false;

/** After the first contact: may the store stay, and is the form's engine here for when there is no network. */
async function first(): Promise<void> {
  if (asked) return;
  asked = true;
  await navigator.storage?.persist?.().catch(() => false);
  state.persisted = await persisted();
  await fetchLater().catch(() => (asked = false)); // again after the next contact
}

const HASHED = /-[\w-]{8}\.\w+$/;

/** A file with a hash in its name never changes: it is fetched once, whatever else a new version brings. */
async function fetchLater(): Promise<void> {
  const wanted = [...(settings.engine?.files ?? []), ...settings.later];
  const cache = await caches.open("wangge-later");
  const stale = (await plain<string>("later")) !== settings.build;
  for (const file of wanted) {
    if ((stale && !HASHED.test(file)) || !(await cache.match(file))) await cache.add(new Request(file, { cache: "reload" }));
  }
  for (const { url } of await cache.keys()) {
    if (!wanted.includes(new URL(url).pathname)) await cache.delete(url);
  }
  await setPlain("later", settings.build);
}

/** Something was recorded: draw it, then send it. */
export async function recorded(): Promise<void> {
  await reread();
  await sendSoon();
}

/** Send what waits now, or let the browser send it when it can, even with the app closed. */
export async function sendSoon(): Promise<void> {
  if (navigator.onLine) await speak({ now: state.ended?.how !== "busy" });
  if (!state.waiting.mine) return;
  const registration = (await navigator.serviceWorker.getRegistration("/phone/")) as
    | (ServiceWorkerRegistration & { sync?: { register(tag: string): Promise<void> } })
    | undefined;
  await registration?.sync?.register("catch-up").catch(() => null);
}

export function start(): void {
  const network = () => {
    state.online = navigator.onLine;
    if (state.online) {
      failures = notBefore = 0;
      void speak({ now: true });
    }
  };
  addEventListener("online", network);
  addEventListener("offline", network);
  const looked = () => document.visibilityState === "visible";
  document.addEventListener("visibilitychange", () => void (looked() && minute()));
  setInterval(() => void (looked() && minute()), MINUTE);
  navigator.serviceWorker?.addEventListener("message", ({ data }) => void (data === "changed" && reread()));
  void speak({ now: true });
}

/** The shift's end is noticed without a network too. */
async function minute(): Promise<void> {
  await dropEnded();
  await reread();
  if (navigator.onLine) await speak();
}
