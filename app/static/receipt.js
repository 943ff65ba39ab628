/* What a scanned square brought behind "#" goes into the field, and out of the address: no history keeps it. */
(function () {
  "use strict";
  var token = window.location.hash.slice(1);
  var field = document.getElementById("token");
  if (!token || !field) return;
  field.value = token;
  if (window.history.replaceState) window.history.replaceState(null, "", window.location.pathname + window.location.search);
  field.form.querySelector("button").focus();
})();
