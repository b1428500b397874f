// One question to the server: with the session's cookie, the app's version, and an end to waiting.
import { plain } from "../store/database";
import { settings } from "../settings";

const PATIENCE = 20_000;

/** No answer came; nothing is known of what the server did, so whatever was sent is sent again. */
export class NoAnswer extends Error {}

export function cookie(): string | undefined {
  if (typeof document === "undefined") return undefined;
  return /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1];
}

async function once(address: string, body?: unknown): Promise<Response> {
  const stop = new AbortController();
  const patience = setTimeout(() => stop.abort(), PATIENCE);
  const headers: Record<string, string> = { Accept: "application/json", "X-Wangge-App": settings.version };
  if (body !== undefined) {
    headers["Content-Type"] = "application/json";
    headers["X-CSRFToken"] = cookie() ?? (await plain<string>("csrf")) ?? "";
  }
  const how: RequestInit = { headers, credentials: "same-origin", cache: "no-store", redirect: "error", signal: stop.signal };
  try {
    return await fetch(address, body === undefined ? how : { ...how, method: "POST", body: JSON.stringify(body) });
  } catch {
    throw new NoAnswer(address);
  } finally {
    clearTimeout(patience);
  }
}

/** A body that breaks off is no answer either. */
export async function json<T>(answer: Response): Promise<T> {
  try {
    return (await answer.json()) as T;
  } catch {
    throw new NoAnswer(answer.url);
  }
}

/** GET without a body, else POST. Throws NoAnswer. */
export async function ask(address: string, body?: unknown): Promise<Response> {
  const answer = await once(address, body);
  if (answer.status !== 403 || body === undefined || typeof document === "undefined") return answer;
  const said = (await answer.clone().json().catch(() => null)) as { wipe?: boolean } | null;
  if (said?.wipe) return answer;
  // A token from before the last signing in: a page of the server brings the one of now.
  await fetch("/phone/?fresh", { credentials: "same-origin", cache: "no-store" }).catch(() => null);
  return once(address, body);
}
