// Coming back: listed areas appear while somebody writes where they were. Without this file the server asks afterwards.
(function () {
  "use strict";
  var box = document.querySelector("[data-areas]");
  if (!box || !window.fetch) return;
  var form = box.form, list = box.querySelector("[data-area-list]"), waiting = null, last = "";

  function value(name) { return form.elements[name] ? form.elements[name].value.trim() : ""; }

  function choice(area, ticked) {
    var label = document.createElement("label"), input = document.createElement("input");
    var word = document.createElement("span"), note = document.createElement("span");
    label.className = "choice"; word.className = "choice-word"; note.className = "choice-note";
    input.type = "checkbox"; input.name = "areas"; input.value = area.id; input.checked = ticked;
    word.textContent = area.name + " "; note.textContent = area.word;
    word.appendChild(note); label.appendChild(input); label.appendChild(word);
    return label;
  }

  function show(areas) {
    var ticked = {}, kept = [];
    Array.prototype.forEach.call(list.querySelectorAll("input:checked"), function (input) {
      ticked[input.value] = true; kept.push(input.closest("label")); // what is ticked stays, whatever is typed next
    });
    list.textContent = "";
    kept.forEach(function (label) { list.appendChild(label); });
    areas.forEach(function (area) { if (!ticked[area.id]) list.appendChild(choice(area, false)); });
    box.hidden = !list.childElementCount;
  }

  function look() {
    var first = value("first"), until = value("last"), around = value("came_from");
    if (!around || !first || !until) return;
    var asked = "?around=" + encodeURIComponent(around) + "&first=" + first + "&last=" + until;
    if (asked === last) return;
    last = asked;
    fetch(box.getAttribute("data-areas") + asked, { credentials: "omit" }).then(function (answer) {
      return answer.ok ? answer.json() : null;
    }).then(function (found) { if (found && asked === last) show(found.areas); }).catch(function () { last = ""; });
  }

  ["came_from", "first", "last"].forEach(function (name) {
    form.elements[name].addEventListener("input", function () { clearTimeout(waiting); waiting = setTimeout(look, 300); });
  });
  look();
})();
