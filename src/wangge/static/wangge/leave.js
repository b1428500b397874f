// Leaves at once, with a tap or Escape, and in the place of this page in the history. Nothing is stored.
(function () {
  "use strict";
  function leave(event) {
    var link = document.querySelector("[data-leave]");
    if (!link) return;
    if (event) event.preventDefault();
    document.body.hidden = true;
    window.location.replace(link.href);
  }
  document.addEventListener("click", function (event) { if (event.target.closest("[data-leave]")) leave(event); });
  document.addEventListener("keydown", function (event) { if (event.key === "Escape") leave(event); });
  window.addEventListener("pageshow", function (event) { if (event.persisted) leave(); }); // nobody comes back to it
  // A form that is sent adds a page to the history, to which "back" would lead: the answer comes into this page instead.
  document.addEventListener("submit", function (event) {
    var form = event.target, body = new URLSearchParams(new FormData(form));
    if (!window.fetch || !document.querySelector("[data-leave]")) return;
    event.preventDefault();
    window.fetch(window.location.pathname, { method: "POST", body: body, cache: "no-store", credentials: "omit",
      referrerPolicy: "no-referrer" })
      .then(function (answer) { return answer.text(); })
      .then(function (text) {
        document.querySelector("main").replaceWith(new DOMParser().parseFromString(text, "text/html").querySelector("main"));
        window.scrollTo(0, 0);
      })
      .catch(function () { form.submit(); }); // without a network the browser says so
  });
})();
