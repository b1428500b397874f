// The service worker: the app opens without a network, and what waits is sent when the browser lets it. The server puts
// the version and the names of the files in front of this text (src/wangge/web/phone/shell.py).
import { catchUp } from "./talk/catchUp";

interface Sync extends ExtendableEvent {
  tag: string;
}

declare const self: ServiceWorkerGlobalScope & { WANGGE: { build: string; files: string[] } };

const SHELL = "/phone/";
const { build, files } = self.WANGGE;
const NOW = `wangge-shell-${build}`;
const LATER = "wangge-later"; // kept over versions: clockwork.ts sheds what is not used any more

/** Fresh from the server, never from the browser's own store, and never somebody's sign-in page. */
async function fetched(address: string): Promise<Response> {
  const answer = await fetch(address, { cache: "reload", credentials: "same-origin" });
  if (!answer.ok || answer.redirected) throw new Error(`${address}: ${answer.status}`);
  return answer;
}

async function install(): Promise<void> {
  const cache = await caches.open(NOW);
  await Promise.all([SHELL, ...files].map(async (file) => cache.put(file, await fetched(file))));
}

async function activate(): Promise<void> {
  const old = (await caches.keys()).filter((name) => name.startsWith("wangge-") && name !== NOW && name !== LATER);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function answer(request: Request): Promise<Response> {
  const named = request.mode === "navigate" ? SHELL : request;
  return (await caches.match(named)) ?? fetch(request);
}

async function send(): Promise<void> {
  const ended = await catchUp();
  for (const client of await self.clients.matchAll()) client.postMessage("changed");
  if (ended.how === "no-answer" || ended.how === "busy") throw new Error(ended.how); // the browser tries again
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", (event) => void (event.data === "take-over" && self.skipWaiting()));
self.addEventListener("sync" as never, (event: Sync) => event.tag === "catch-up" && event.waitUntil(send()));
self.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname, search } = new URL(url);
  if (method !== "GET" || origin !== self.location.origin) return;
  const ours = mode === "navigate" ? pathname === SHELL && !search : pathname.startsWith("/static/wangge/");
  if (ours) event.respondWith(answer(event.request));
});
