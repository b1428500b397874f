// Contact, then what waits goes out, then today's doors come in. One at a time over all pages and the service worker.
import { settings } from "../settings";
import { plain, setPlain, store } from "../store/database";
import { take } from "../store/doors";
import { tidyDrafts } from "../store/drafts";
import { exclusive } from "../store/exclusive";
import { keep } from "../store/kept";
import { batch, prune, settle, waiting } from "../store/outbox";
import { renew, shed, wanted } from "../store/shift";
import { compare } from "../store/time";
import type { Command, CommandAnswer, ContactAnswer, Package } from "../wire";
import { ask, json, NoAnswer } from "./request";
import { wipe } from "./wipe";

const BATCH = 50;

export type Ended =
  | { how: "caught-up" }
  | { how: "no-answer" }
  | { how: "signed-out" }
  | { how: "access-over" }
  | { how: "not-allowed" }
  | { how: "too-old" }
  | { how: "wiped" }
  | { how: "busy"; after: number };

class Stop extends Error {
  constructor(readonly ended: Ended) {
    super(ended.how);
  }
}

/** Whether the browser promised to keep the store; null where it cannot say. */
export const persisted = async () => (await navigator.storage?.persisted?.()) ?? null;

export function catchUp(): Promise<Ended> {
  return exclusive("catch-up", async () => {
    try {
      await contact();
      await send();
      await fetchDoors();
      await prune();
      await tidyDrafts();
      return { how: "caught-up" };
    } catch (error) {
      if (error instanceof Stop) return error.ended;
      if (error instanceof NoAnswer) return { how: "no-answer" };
      throw error;
    }
  });
}

async function answered<T>(answer: Response): Promise<T> {
  if (answer.ok) return json<T>(answer);
  if (answer.status === 401 || answer.status === 403) throw await shut(answer);
  if (answer.status === 426) throw new Stop({ how: "too-old" });
  if (answer.status === 429 || answer.status === 503) throw busy(Number(answer.headers.get("Retry-After")));
  throw new NoAnswer(answer.url);
}

/** Nobody's turn any more: what the server says of the store is done first. */
async function shut(answer: Response): Promise<Stop> {
  const said = (await answer.json().catch(() => ({}))) as { wipe?: boolean; drop?: boolean };
  if (said.wipe) await wipe();
  else if (said.drop) await shed();
  if (answer.status === 403) return new Stop({ how: said.wipe ? "wiped" : "not-allowed" });
  return new Stop({ how: said.drop ? "access-over" : "signed-out" });
}

const busy = (seconds: number) => new Stop({ how: "busy", after: (seconds > 0 ? seconds : 30) * 1000 });

async function contact(): Promise<void> {
  const asked = Date.now();
  const { mine } = await waiting();
  const account = await plain<string>("account");
  const said = { unsent: mine, persisted: await persisted(), keys: await wanted(), language: settings.language, account };
  const answer = await answered<ContactAnswer>(await ask("/sync/contact", said));
  await compare(answer.now, asked, Date.now());
  await setPlain("csrf", answer.csrf);
  await renew(answer);
  const { key: _key, old: _old, csrf: _csrf, ...rest } = answer;
  await keep("contact", rest);
  await setPlain("contact-at", Date.now());
  if (older(settings.version, answer.least)) throw new Stop({ how: "too-old" });
}

/** Versions are numbers joined by dots. */
export function older(version: string, least: string): boolean {
  const [ours = [], theirs = []] = [version, least].map((one) => one.split(".").map(Number));
  const at = theirs.findIndex((part, place) => part !== (ours[place] ?? 0));
  return at >= 0 && (ours[at] ?? 0) < (theirs[at] ?? 0);
}

async function send(): Promise<void> {
  let size = BATCH;
  for (;;) {
    const commands = await batch(size);
    if (!commands.length) return;
    const answer = await ask("/sync/commands", { commands });
    if (size > 1 && UNREADABLE.has(answer.status)) {
      size = 1; // one of them is why; the others go their way
      continue;
    }
    const { answers } = UNREADABLE.has(answer.status) ? await refused(commands, answer) : await answered<Answers>(answer);
    await settle(answers);
    const put = answers.find((answer) => answer.verdict === "later");
    if (put) throw busy(put.retry_after ?? 0);
    const named = new Set(answers.map((answer) => answer.id));
    if (!commands.some((command) => named.has(command.id))) throw new NoAnswer("/sync/commands");
  }
}

interface Answers {
  answers: CommandAnswer[];
}

const UNREADABLE = new Set([413, 422]);

/** A single command that the server cannot even read: it says why, and the person can correct it. */
async function refused(commands: Command[], answer: Response): Promise<Answers> {
  const { code = null, words = "" } = (await answer.json().catch(() => ({}))) as Partial<CommandAnswer>;
  return { answers: commands.map(({ id }) => ({ id, verdict: "refused", code, words, receipt: null })) };
}

/** In the same language as the app: another one begins anew. */
async function fetchDoors(): Promise<void> {
  const spoken = await plain<string>("language");
  const cursor = spoken === settings.language ? ((await plain<string>("cursor")) ?? "") : "";
  const found = await answered<Package>(await ask(`/sync/package?since=${encodeURIComponent(cursor)}`));
  await take(found);
  await setPlain("language", settings.language);
}

export const forgetCursor = () => store.plain.delete("cursor");
