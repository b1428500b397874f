// Can this browser run the app? Written for old ones: the app itself is not even read by them.
(function () {
  "use strict";
  var script = document.createElement("script");
  var can = "noModule" in script && window.Promise && window.indexedDB && window.crypto && window.crypto.subtle
    && "serviceWorker" in navigator && window.caches && window.Proxy && "replaceChildren" in Element.prototype;
  if (can) return;
  var sentence = document.getElementById("phone-cannot");
  if (!/MicroMessenger/i.test(navigator.userAgent)) { 
    location.replace(sentence.getAttribute("data-pages") + (window.isSecureContext === false ? "?why=address" : ""));
    return;
  }
  document.getElementById("phone-address").value = location.origin + "/phone/";
  document.getElementById("app").hidden = true;
  sentence.hidden = false;
})();
