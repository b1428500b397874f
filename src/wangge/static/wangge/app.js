// Small helps. Every page works without this file; it only saves taps.
(function () {
  "use strict";
  var all = function (selector, root) { return Array.prototype.slice.call((root || document).querySelectorAll(selector)); };

  // Menus close when somebody taps elsewhere or presses Escape.
  function closeMenus(except) {
    all("details.menu[open]").forEach(function (menu) { if (menu !== except) menu.removeAttribute("open"); });
  }
  document.addEventListener("click", function (event) {
    closeMenus(event.target.closest("details.menu"));
    var button = event.target.closest("[data-print]");
    if (button) window.print();
  });
  window.addEventListener("beforeprint", function () { // paper cannot be unfolded
    all("details.card:not([open])").forEach(function (one) { one.setAttribute("open", ""); });
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    var open = document.querySelector("details.menu[open]");
    closeMenus(null);
    if (open) open.querySelector("summary").focus();
  });

  // A form is sent once, however often the button is tapped. Coming back to the page frees it again.
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.hasAttribute("data-again") || form.method !== "post") return;
    if (form.getAttribute("data-sent")) { event.preventDefault(); return; }
    form.setAttribute("data-sent", "1");
  });
  function freeForms() { all("form[data-sent]").forEach(function (form) { form.removeAttribute("data-sent"); }); }
  window.addEventListener("pageshow", freeForms);
  document.addEventListener("htmx:afterRequest", freeForms);

  // Bulk: the bar shows how many are chosen and cannot be pressed with none.
  function count(form) {
    var boxes = all("input[type=checkbox][data-pick]", form);
    var chosen = boxes.filter(function (box) { return box.checked; }).length;
    all("[data-bulk-count]", form).forEach(function (place) { place.textContent = String(chosen); });
    all("[data-bulk-button]", form).forEach(function (button) { button.disabled = chosen === 0; });
    all("[data-pick-all]", form).forEach(function (box) {
      box.checked = boxes.length > 0 && chosen === boxes.length;
      box.indeterminate = chosen > 0 && chosen < boxes.length;
    });
  }
  document.addEventListener("change", function (event) {
    var form = event.target.form;
    if (!form || !form.hasAttribute("data-bulk")) return;
    if (event.target.hasAttribute("data-pick-all")) {
      all("input[type=checkbox][data-pick]", form).forEach(function (box) { box.checked = event.target.checked; });
    }
    count(form);
  });
  function ready() { all("form[data-bulk]").forEach(count); }
  document.addEventListener("DOMContentLoaded", ready);
  document.addEventListener("htmx:afterSettle", ready);

  // Nothing may look saved when it was not: say so, and stay on the page.
  function say(name, shown) {
    var notice = document.querySelector("[data-when=" + name + "]");
    if (notice) notice.hidden = !shown;
  }
  document.addEventListener("htmx:sendError", function () { say("unsent", true); });
  document.addEventListener("htmx:timeout", function () { say("unsent", true); });
  document.addEventListener("htmx:responseError", function () { say("unsent", true); });
  document.addEventListener("htmx:afterOnLoad", function () { say("unsent", false); });
  window.addEventListener("offline", function () { say("offline", true); });
  window.addEventListener("online", function () { say("offline", false); });
})();
