// Passkeys: a form with data-passkey asks the browser before it is sent. Without a browser that can, it stays hidden.
(function () {
  "use strict";
  function options(form) {
    var data = form.querySelector("#passkey-data");
    if (data) return Promise.resolve(JSON.parse(data.textContent));
    return fetch(form.action, { headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" } })
      .then(function (answer) { return answer.json(); });
  }
  function ask(form) {
    return options(form).then(function (data) {
      return form.dataset.passkey === "create"
        ? window.webauthnJSON.create(data.creation_options)
        : window.webauthnJSON.get(data.request_options);
    });
  }
  document.addEventListener("DOMContentLoaded", function () {
    Array.prototype.forEach.call(document.querySelectorAll("form[data-passkey]"), function (form) {
      if (!window.PublicKeyCredential || !window.webauthnJSON) return;
      form.hidden = false;
      form.addEventListener("submit", function (event) {
        if (form.elements.credential.value) return;
        event.preventDefault();
        event.stopPropagation();
        ask(form).then(function (credential) {
          form.elements.credential.value = JSON.stringify(credential);
          form.submit();
        }).catch(function () {
          var failed = form.querySelector("[data-passkey-failed]");
          if (failed) failed.hidden = false;
        });
      });
    });
  });
})();
