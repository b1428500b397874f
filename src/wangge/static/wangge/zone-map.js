// An area drawn with one thumb: tap for a corner, push to move, two fingers to come nearer. The corners stand in the
// text field of the form, which works without this file; here the field is only filled and shown.
(function () {
  "use strict";
  var map = document.querySelector("[data-zone-map]");
  if (!map || !map.getBoundingClientRect || !window.PointerEvent) return;
  var field = document.getElementById(map.getAttribute("data-corners")), said = document.getElementById("map-said");
  var shape = map.querySelector(".zone-map-area"), dots = map.querySelector(".zone-map-corners");
  var west = Number(map.dataset.west), north = Number(map.dataset.north), kx = Number(map.dataset.kx), ky = Number(map.dataset.ky);
  var whole = map.getAttribute("viewBox").split(" ").map(Number), view = { x: whole[0], y: whole[1], w: whole[2], h: whole[3] };
  var fingers = {}, moved = 0, start = null, TAP = 9, NEAREST = 120;

  function unit() { var box = map.getBoundingClientRect(); return Math.max(view.w / box.width, view.h / box.height); }
  function show() {
    map.setAttribute("viewBox", [view.x, view.y, view.w, view.h].join(" "));
    map.style.setProperty("--unit", unit());
    if (unit() > 4) map.setAttribute("data-far", ""); else map.removeAttribute("data-far");
  }
  function spot(px, py) { // of the window, in the drawing's metres
    var box = map.getBoundingClientRect(), u = unit();
    return { x: view.x + view.w / 2 + (px - box.left - box.width / 2) * u, y: view.y + view.h / 2 + (py - box.top - box.height / 2) * u };
  }
  function zoom(by, px, py) {
    var before = spot(px, py), w = Math.min(whole[2] * 2, Math.max(NEAREST, view.w * by)), ratio = w / view.w;
    view.x = before.x - (before.x - view.x) * ratio; view.y = before.y - (before.y - view.y) * ratio;
    view.w *= ratio; view.h *= ratio; show();
  }
  function push(dx, dy) { view.x -= dx * unit(); view.y -= dy * unit(); show(); }
  function lines() { return field.value.split(/\r?\n/).filter(function (line) { return line.trim(); }); }
  function corners() { // nothing is drawn of what is no corner: the server says what is wrong with it
    var found = lines().map(function (line) { return line.trim().split(/[,，;；\s]+/).map(Number); });
    return found.every(function (one) { return one.length === 2 && isFinite(one[0]) && isFinite(one[1]); }) ? found : [];
  }
  function draw() {
    if (/^\s*[{[]/.test(field.value)) return; // a pasted Polygon: the server reads and draws it
    var found = corners().map(function (one) { return ((one[0] - west) * kx).toFixed(1) + " " + ((north - one[1]) * ky).toFixed(1); });
    shape.setAttribute("d", found.length > 1 ? "M" + found.join("L") + "Z" : "");
    dots.setAttribute("d", found.map(function (one) { return "M" + one + "h0"; }).join(""));
    document.querySelectorAll("[data-map-needs]").forEach(function (one) { one.disabled = found.length < Number(one.dataset.mapNeeds); });
    said.textContent = said.dataset.said.replace("0", String(found.length));
  }
  function add(where) {
    field.value = lines().concat((west + where.x / kx).toFixed(6) + "," + (north - where.y / ky).toFixed(6)).join("\n");
    draw();
  }
  function undo() { field.value = lines().slice(0, -1).join("\n"); draw(); }
  function middle() { var box = map.getBoundingClientRect(); return { x: box.left + box.width / 2, y: box.top + box.height / 2 }; }
  function here() { var at = middle(); add(spot(at.x, at.y)); }
  function near(by) { var at = middle(); zoom(by, at.x, at.y); }

  map.addEventListener("pointerdown", function (event) {
    fingers[event.pointerId] = { x: event.clientX, y: event.clientY };
    if (map.setPointerCapture) map.setPointerCapture(event.pointerId);
    moved = Object.keys(fingers).length > 1 ? TAP : 0; start = { x: event.clientX, y: event.clientY };
  });
  map.addEventListener("pointermove", function (event) {
    var last = fingers[event.pointerId];
    if (!last) return;
    var ids = Object.keys(fingers), dx = event.clientX - last.x, dy = event.clientY - last.y;
    moved = Math.max(moved, Math.abs(event.clientX - start.x) + Math.abs(event.clientY - start.y));
    if (ids.length === 2) {
      var other = fingers[ids[0] === String(event.pointerId) ? ids[1] : ids[0]];
      var was = Math.hypot(last.x - other.x, last.y - other.y), is = Math.hypot(event.clientX - other.x, event.clientY - other.y);
      if (was > 0 && is > 0) zoom(was / is, (event.clientX + other.x) / 2, (event.clientY + other.y) / 2);
      push(dx / 2, dy / 2);
    } else if (moved >= TAP) push(dx, dy);
    fingers[event.pointerId] = { x: event.clientX, y: event.clientY };
  });
  map.addEventListener("pointerup", function (event) {
    var alone = Object.keys(fingers).length === 1;
    delete fingers[event.pointerId];
    if (alone && moved < TAP) add(spot(event.clientX, event.clientY));
  });
  map.addEventListener("pointercancel", function (event) { delete fingers[event.pointerId]; });
  map.addEventListener("wheel", function (event) {
    if (!event.ctrlKey && document.activeElement !== map) return; // the page scrolls on until somebody works on the map
    event.preventDefault(); zoom(event.deltaY > 0 ? 1.25 : 0.8, event.clientX, event.clientY);
  }, { passive: false });
  map.addEventListener("keydown", function (event) {
    var steps = { ArrowLeft: [30, 0], ArrowRight: [-30, 0], ArrowUp: [0, 30], ArrowDown: [0, -30] }, step = steps[event.key];
    if (step) push(step[0], step[1]);
    else if (event.key === "Enter" || event.key === " ") here();
    else if (event.key === "Backspace" || event.key === "Delete") undo();
    else if (event.key === "+" || event.key === "=") near(0.7);
    else if (event.key === "-") near(1.4);
    else return;
    event.preventDefault();
  });
  var tools = { here: here, undo: undo, nearer: function () { near(0.6); }, farther: function () { near(1.6); },
    clear: function () { field.value = ""; draw(); } };
  Object.keys(tools).forEach(function (name) {
    document.querySelector("[data-map-tool=" + name + "]").addEventListener("click", tools[name]);
  });
  field.addEventListener("input", draw);
  window.addEventListener("resize", show);
  document.querySelectorAll("[data-map-script]").forEach(function (one) { one.hidden = false; });
  document.querySelectorAll("[data-map-plain]").forEach(function (one) { one.open = false; });
  show(); draw();
})();
