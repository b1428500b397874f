// A resident's code: kept for when there is no network, and taken away when its day is over. The page works without it.
(function () {
  "use strict";
  var page = document.querySelector("[data-code]"), here = location.pathname;
  if (!page) return;
  var ends = Date.now() + 1000 * Number(page.getAttribute("data-seconds") || 0), told = page.querySelector("[data-kept]");

  function look() {
    var good = page.querySelector("[data-good]");
    if (!good) return;
    good.hidden = Date.now() >= ends;
    page.querySelector("[data-over-words]").hidden = !good.hidden;
  }

  // What was kept says itself when it ends, by this phone's own clock, right or wrong: see the worker.
  function keptUntil(cache) {
    return cache.match(here, { ignoreVary: true }).then(function (kept) {
      if (!kept) return;
      ends = Number(kept.headers.get("Wangge-Ends"));
      if (told) told.hidden = false;
      look();
    });
  }

  // Another language, or a code taken off: the next page is the server's.
  document.addEventListener("submit", function () {
    if (window.caches) caches.open("wangge-codes").then(function (cache) { return cache.delete(here); });
  });
  // The worker leads back here from the page of the colour where the server cannot be asked.
  var alone = page.querySelector("[data-no-network]");
  if (alone) alone.hidden = location.search !== "?no-network";
  look();
  setInterval(look, 15000);
  document.addEventListener("visibilitychange", look);
  window.addEventListener("pageshow", look);
  if (!navigator.serviceWorker || !window.caches) return;

  var parts = [page.getAttribute("data-over")];
  Array.prototype.forEach.call(document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src]"), function (one) {
    parts.push(one.href || one.src);
  });
  // Where the page came through the worker it is kept already.
  if (!navigator.serviceWorker.controller) parts.push(here);
  navigator.serviceWorker.register(page.getAttribute("data-worker")).then(function () {
    return navigator.serviceWorker.ready;
  }).then(function (registration) {
    var line = new MessageChannel();
    line.port1.onmessage = function () { caches.open("wangge-codes").then(keptUntil); };
    registration.active.postMessage({ keep: parts }, [line.port2]);
  }).catch(function () { /* a browser that keeps nothing: the picture can be saved */ });
})();
