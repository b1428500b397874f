// Asking for help: what is typed stays on this phone until it is sent. Without this file the page works all the same.
(function () {
  "use strict";
  var store;
  try { store = window.localStorage; } catch (error) { return; }
  if (!store) return;
  var KEY = "wangge-help-draft", sent = document.querySelector("[data-help-sent]");
  function read() { try { return JSON.parse(store.getItem(KEY) || "null"); } catch (error) { return null; } }
  function drop() { try { store.removeItem(KEY); } catch (error) { /* nothing is kept then */ } }
  if (sent) {
    var kept = read();
    if (kept && kept.uuid === sent.getAttribute("data-help-sent")) drop();
    return;
  }
  var form = document.querySelector("[data-help-form]");
  if (!form) return;
  var names = ["kind", "whom", "guardian", "where", "phone", "words"], draft = read();

  function child() {
    var chosen = form.querySelector("[name=whom]:checked"), box = form.querySelector("[data-guardian]");
    if (box) box.hidden = !(chosen && chosen.value === "child");
  }
  function keep() {
    var said = { at: location.pathname, uuid: form.elements.uuid.value, when: Date.now() };
    names.forEach(function (name) { if (form.elements[name]) said[name] = form.elements[name].value; });
    try { store.setItem(KEY, JSON.stringify(said)); } catch (error) { /* a full store: the page still sends */ }
  }
  // A draft of the last day, of this very page: the same id, so that what was sent already is not sent twice.
  if (draft && draft.at === location.pathname && Date.now() - draft.when < 864e5 && !form.hasAttribute("data-typed")) {
    form.elements.uuid.value = draft.uuid;
    names.forEach(function (name) {
      if (draft[name] && form.elements[name]) form.elements[name].value = draft[name];
    });
  } else if (draft && Date.now() - draft.when >= 864e5) drop();
  form.addEventListener("input", function () { child(); keep(); });
  child();
})();
