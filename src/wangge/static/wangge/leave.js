// Leaves at once, with a tap or Escape, and in the place of this page in the history. Nothing is stored.
(function () {
  "use strict";
  var link = document.querySelector("[data-leave]");
  if (!link) return;
  function leave(event) {
    if (event) event.preventDefault();
    document.body.hidden = true;
    window.location.replace(link.href);
  }
  link.addEventListener("click", leave);
  document.addEventListener("keydown", function (event) { if (event.key === "Escape") leave(event); });
  window.addEventListener("pageshow", function (event) { if (event.persisted) leave(); }); // nobody comes back to it
})();
