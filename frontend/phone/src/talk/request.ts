// One question to the server: with the session's cookie, the app's version, and an end to waiting: for the
// answer, and for each further part of its body.
import { plain } from "../store/database";
import { settings } from "../settings";

const PATIENCE = 20_000;

/** No answer came; nothing is known of what the server did, so whatever was sent is sent again. */
export class NoAnswer extends Error {}

export function cookie(): string | undefined {
  if (typeof document === "undefined") return undefined;
  return /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1];
}

/** An answer with all of its body, or NoAnswer: who waits for it holds everybody else up, so nothing may stand still. */
async function patiently(address: string, how: RequestInit): Promise<Response> {
  const stop = new AbortController();
  const more = () => setTimeout(() => stop.abort(), PATIENCE);
  let patience = more();
  try {
    const answer = await fetch(address, { ...how, credentials: "same-origin", cache: "no-store", signal: stop.signal });
    const reader = answer.body?.getReader();
    const parts: Uint8Array<ArrayBuffer>[] = [];
    for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
      clearTimeout(patience);
      patience = more();
      parts.push(part.value);
    }
    return new Response(parts.length ? new Blob(parts) : null, answer);
  } catch {
    throw new NoAnswer(address);
  } finally {
    clearTimeout(patience);
  }
}

async function once(address: string, body?: unknown): Promise<Response> {
  const headers: Record<string, string> = { Accept: "application/json", "X-Wangge-App": settings.version };
  if (body !== undefined) {
    headers["Content-Type"] = "application/json";
    headers["X-CSRFToken"] = cookie() ?? (await plain<string>("csrf")) ?? "";
  }
  const how: RequestInit = { headers, redirect: "error" };
  return patiently(address, body === undefined ? how : { ...how, method: "POST", body: JSON.stringify(body) });
}

/** What cannot be read is no answer either. */
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
  await patiently("/phone/?fresh", {}).catch(() => null);
  return once(address, body);
}
