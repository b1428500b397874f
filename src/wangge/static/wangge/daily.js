// The daily report without a network: what was typed stays on this phone under its page until the server has its receipt.
// Without this file the form works as any other.
(function () {
  "use strict";
  var key = "daily:" + location.pathname.split("/").slice(0, 4).join("/"), store = null;
  try { store = window.localStorage; store.getItem(key); } catch (error) { store = null; }
  function forget() { // of this page and of those for whom it reports
    for (var number = store ? store.length - 1 : -1; number >= 0; number -= 1) {
      if (store.key(number).indexOf(key) === 0) store.removeItem(store.key(number));
    }
  }
  if (document.querySelector("[data-sent]")) { forget(); return; }
  var form = document.querySelector("[data-daily]"), said = document.querySelector("[data-kept]"), waiting = null;
  if (!form || !window.fetch || !window.FormData || !window.URLSearchParams) return;
  key = "daily:" + location.pathname;

  function now() {
    var field = form.querySelector("[data-now]");
    if (field && !field.value) field.value = new Date().toISOString();
  }

  function typed() {
    var values = [];
    new FormData(form).forEach(function (value, name) {
      if (name !== "csrfmiddlewaretoken") values.push([name, value]);
    });
    return values;
  }

  function keep() { if (store) try { store.setItem(key, JSON.stringify({ at: Date.now(), values: typed() })); } catch (error) { /* full */ } }

  function fill(values) {
    form.querySelectorAll("input[type=checkbox], input[type=radio]").forEach(function (input) { input.checked = false; });
    values.forEach(function (pair) {
      form.querySelectorAll('[name="' + pair[0] + '"]').forEach(function (input) {
        if (input.type === "checkbox" || input.type === "radio") input.checked = input.checked || input.value === pair[1];
        else input.value = pair[1];
      });
    });
  }

  function later() {
    keep();
    said.hidden = false;
    clearTimeout(waiting);
    waiting = setTimeout(send, 30000);
  }

  function send() {
    clearTimeout(waiting);
    fetch(location.href, {
      method: "POST", body: new URLSearchParams(new FormData(form)), credentials: "same-origin", redirect: "follow",
    }).then(function (answer) {
      if (answer.redirected) { forget(); location.href = answer.url; return; }
      if (answer.status >= 500) { later(); return; }
      forget();
      HTMLFormElement.prototype.submit.call(form); // the server says what is wrong: the same report, sent as a page
    }).catch(later);
  }

  form.addEventListener("submit", function (event) { event.preventDefault(); now(); keep(); send(); });
  window.addEventListener("online", function () { if (!said.hidden) send(); });
  var kept = store && store.getItem(key);
  if (kept && !form.querySelector(".errorlist")) {
    try {
      kept = JSON.parse(kept);
      if (Date.now() - kept.at > 12 * 3600 * 1000) throw new Error("what was read then says nothing of now");
      fill(kept.values);
      said.hidden = false;
      send();
    } catch (error) { forget(); }
  }
})();
