// What the shell (or, in the service worker, the server's first lines) says: words, addresses, the version.

export interface Settings {
  version: string;
  /** Changes with every file and every word: another build is another cache. */
  build: string;
  language: string;
  words: Record<string, string>;
  /** English singular -> [one, many] in the page's language. */
  plurals: Record<string, [string, string]>;
  /** Words of the widgets of Web Forms. */
  widgets: Record<string, string>;
  icons: string;
  /** Null where Web Forms was not built. */
  engine: { entry: string; style: string; files: string[] } | null;
  /** Large files of the app that are fetched after the first contact. */
  later: string[];
  outcomes: [value: string, words: string][];
  channels: [value: string, words: string][];
}

const text = () => document.getElementById("phone-settings")?.textContent ?? "{}";
const given = typeof document === "undefined" ? (globalThis as { WANGGE?: unknown }).WANGGE : JSON.parse(text());

export const settings = given as Settings;
