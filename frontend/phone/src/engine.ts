// ODK Web Forms, built apart (frontend/src) and fetched only for a form. Its styles come with the page's nonce.
import { settings } from "./settings";

export interface Kept {
  submission: string;
  instance: string;
}

export interface Hooks {
  draft: { found(): Promise<Kept | null>; keep(content: Kept): Promise<unknown>; drop(): Promise<unknown> };
  resumed(): void;
  send(xml: string, submission: string): Promise<boolean>;
}

interface Engine {
  show(
    place: HTMLElement,
    given: { form: string; instance: string | null; submission: string; words: Record<string, string> },
    hooks: Hooks,
  ): Promise<() => Promise<void>>;
}

/** Whether this browser can run it; others fill in the server's plain form. */
export const runs = () => Boolean(settings.engine && globalThis.WebAssembly && "structuredClone" in globalThis);

function style(address: string): Promise<void> {
  if (document.querySelector("link[data-web-form-style]")) return Promise.resolve();
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = address;
  link.dataset.webFormStyle = "";
  link.nonce = document.querySelector<HTMLLinkElement>("link[rel=stylesheet][nonce]")?.nonce ?? "";
  return new Promise((resolve, reject) => {
    link.addEventListener("load", () => resolve());
    link.addEventListener("error", () => reject(new Error(address)));
    document.head.append(link);
  });
}

export async function engine(): Promise<Engine> {
  if (!settings.engine) throw new Error("not built");
  const { entry, style: styles } = settings.engine;
  const [loaded] = await Promise.all([import(/* @vite-ignore */ entry) as Promise<Engine>, style(styles)]);
  return loaded;
}
