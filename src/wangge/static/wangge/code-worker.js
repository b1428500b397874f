// Keeps a resident's code until it is over. What is kept and good is shown at once: a city that shows its codes at every
// gate asks the server once a day for each. Whoever loads the page again, or has nothing good, gets the network's.
"use strict";
const CACHE = "wangge-codes", PATIENCE = 3000, ANY = { ignoreVary: true };
const FRESH = 3600000; // ms after which it is looked behind what is shown: a code that was taken back goes from the phone
const OVER = new URL("over", self.registration.scope).pathname;

self.addEventListener("install", (event) => event.waitUntil(self.skipWaiting()));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

// A phone whose clock is wrong by a day keeps a code as long as any other: the server says for how many seconds.
async function keep(request, answer) {
  const cache = await caches.open(CACHE), path = new URL(request.url || request, self.location.href).pathname;
  const seconds = answer.headers.get("Wangge-Keep");
  if (answer.status === 404 || answer.status === 410) await cache.delete(path, ANY);
  if (!answer.ok || answer.redirected) return;
  const code = path.startsWith(new URL(self.registration.scope).pathname) && path !== OVER;
  if (code && !seconds) return;
  const headers = new Headers(answer.headers);
  if (seconds) {
    headers.set("Wangge-Kept", String(Date.now()));
    headers.set("Wangge-Ends", String(Date.now() + 1000 * Number(seconds)));
  }
  await cache.put(path, new Response(await answer.clone().blob(), { status: 200, headers }));
}

async function asked(request) {
  const answer = await fetch(request);
  try { await keep(request, answer); } catch { /* a full disk keeps nothing, and shows what came */ }
  return answer;
}

const good = (kept) => !kept.headers.has("Wangge-Ends") || Number(kept.headers.get("Wangge-Ends")) > Date.now();

// What is kept for an address; for the page of all codes the one code there is. Why a code has its colour is kept by
// nobody: back to the code, which says so.
async function kept(request) {
  const cache = await caches.open(CACHE), path = new URL(request.url).pathname;
  const found = await cache.match(path, ANY);
  if (found) return good(found) ? found : cache.match(OVER, ANY);
  if (path.endsWith("/why")) return Response.redirect(`${path.slice(0, -3)}?no-network`);
  if (path !== new URL(self.registration.scope).pathname) return undefined;
  const codes = (await cache.keys()).filter((one) => /[0-9a-f-]{36}\/$/.test(one.url));
  return codes.length === 1 ? Response.redirect(codes[0].url) : cache.match(OVER, ANY);
}

// A code, or the list of several, that may be shown without asking; undefined where the person asks for the server's.
async function ready(event) {
  const { request } = event, path = new URL(request.url).pathname;
  if (request.mode !== "navigate" || request.cache !== "default") return undefined;
  const found = await (await caches.open(CACHE)).match(path, ANY);
  if (!found || !found.headers.has("Wangge-Ends") || !good(found)) return undefined;
  const old = Date.now() - Number(found.headers.get("Wangge-Kept")) > FRESH;
  if (old) event.waitUntil(asked(new Request(path, { credentials: "same-origin" })).catch(() => undefined));
  return found;
}

const later = () => new Promise((after) => { setTimeout(after, PATIENCE); });

async function answered(event) {
  const { request } = event, shown = await ready(event);
  if (shown) return shown;
  const coming = asked(request).catch(() => undefined);
  const first = await Promise.race([coming, later()]);
  if (first && first.status < 500 && first.status !== 429) return first;
  return (await kept(request)) || (await coming) || Response.error();
}

self.addEventListener("fetch", (event) => {
  const { request } = event, url = new URL(request.url), inside = url.href.startsWith(self.registration.scope);
  if (url.origin !== self.location.origin) return;
  if (request.method === "POST" && url.pathname.endsWith("/drop")) {
    event.waitUntil(caches.open(CACHE).then((cache) => cache.delete(url.pathname.replace(/drop$/, ""), ANY)));
  }
  if (request.method !== "GET" || !(inside || url.pathname.startsWith("/static/"))) return;
  event.respondWith(answered(event));
});

self.addEventListener("message", (event) => {
  const every = event.data.keep.map((address) => asked(new Request(address, { credentials: "same-origin" })));
  event.waitUntil(Promise.allSettled(every).then(() => event.ports[0].postMessage("kept")));
});
