// What the server and the phone say to each other: docs/operate/sync.md, as types. Instants are ISO 8601 with offset.

export interface Who {
  account: string;
  name: string;
  post: string | null;
  post_title: string;
}

export interface WireKey {
  id: string;
  key: string;
  until: string;
}

export interface ContactAnswer {
  now: string;
  who: Who;
  /** What this person may do here: work_doors, keep_checkpoint. */
  rights: string[];
  /** Nobody may take a drill for real. */
  drill: { title: string; document_no: string } | null;
  key: WireKey;
  old: WireKey[];
  wipe?: boolean;
  app: string;
  least: string;
  csrf: string;
}

export interface Item {
  uuid: string;
  kind: string;
  words: string;
  person: string | null;
  due: string;
}

export interface Person {
  uuid: string;
  name: string;
  age: number | null;
  frail: boolean;
  phone: boolean;
  stays: boolean;
  intake: boolean;
}

export interface DoorForm {
  hash: string;
  /** Null where the phone has it already, by its hash. */
  xml: string | null;
  put: string;
  count: number;
}

export interface Door {
  task: string;
  door: string;
  name: string;
  where: string;
  walk: string | number;
  due: string;
  late: boolean;
  raised: boolean;
  items: Item[];
  people: Person[];
  known: { label: string; value: string }[];
  tries: { at: string; words: string }[];
  then: { phone: boolean; words: string };
  form: DoorForm | null;
}

export interface Package {
  cursor: string;
  whole: boolean;
  doors: Door[];
  gone: string[];
  words: Record<string, unknown>;
}

export interface Command {
  id: string;
  kind: string;
  at: string;
  task: string | null;
  door: string | null;
  data: Record<string, unknown>;
  /** Only from a phone whose clock is wrong: its own time and the server's at one moment. */
  clock?: { own: string; server: string };
}

export type Verdict = "done" | "had" | "refused" | "kept" | "later";

export interface CommandAnswer {
  id: string;
  verdict: Verdict;
  code: string | null;
  words: string;
  receipt: string | null;
  retry_after?: number;
}
