// One tap to call: log the call at the server, then dial. Without this file the number is shown on a page of its own.
(function () {
  "use strict";
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (!form.hasAttribute("data-call") || !window.fetch) return;
    event.preventDefault();
    fetch(form.action, { method: "POST", body: new FormData(form), credentials: "same-origin" })
      .then(function (answer) { if (!answer.ok) throw new Error(String(answer.status)); return answer.text(); })
      .then(function (page) {
        var link = new DOMParser().parseFromString(page, "text/html").querySelector("a[data-dial]");
        if (!link) { form.submit(); return; }
        window.location.href = link.getAttribute("href");
        window.setTimeout(function () { window.location.search = "?by=phone"; }, 800);
      })
      .catch(function () { form.submit(); });
  });
})();
