/* The form works without this file. With it, the answer is added below instead of loading a new page. */
(function () {
  "use strict";
  if (!window.fetch || !window.DOMParser || !window.FormData || !window.URLSearchParams) return;

  var PATIENCE = 45000;
  var busy = false;
  var pressed = null;

  function byId(id) { return document.getElementById(id); }

  function tell(words, isProblem) {
    var state = byId("state");
    state.textContent = words;
    state.className = isProblem ? "problem" : "";
  }

  function freeze(frozen) {
    busy = frozen;
    document.body.classList.toggle("busy", frozen);
    byId("form").setAttribute("aria-busy", String(frozen));
  }

  function content(form, button) {
    var fields = new URLSearchParams();
    new FormData(form).forEach(function (value, name) { fields.append(name, value); });
    if (button && button.name) fields.append(button.name, button.value);
    return fields;
  }

  function send(fields) {
    var impatience = window.AbortController ? new AbortController() : null;
    var timer = impatience && setTimeout(function () { impatience.abort(); }, PATIENCE);
    return fetch("/chat", {
      method: "POST",
      body: fields,
      headers: { "X-Fragment": "1" },
      credentials: "omit",
      cache: "no-store",
      referrerPolicy: "no-referrer",
      signal: impatience ? impatience.signal : undefined
    }).then(function (answer) {
      return answer.text().then(function (html) {
        clearTimeout(timer);
        var isPage = (answer.headers.get("Content-Type") || "").indexOf("text/html") === 0;
        return { ok: answer.ok, page: isPage ? new DOMParser().parseFromString(html, "text/html") : null };
      });
    });
  }

  function swap(id, page) {
    var fresh = page.getElementById(id);
    if (fresh) byId(id).replaceWith(document.adoptNode(fresh));
  }

  function show(page) {
    var turn = document.adoptNode(page.querySelector(".turn"));
    var root = document.documentElement;
    swap("leave", page);
    swap("top", page);
    swap("form", page);
    root.lang = byId("form").lang;
    root.dir = byId("form").dir;
    byId("log").appendChild(turn);
    turn.focus({ preventScroll: true });
    turn.scrollIntoView();
  }

  function submit(form, button) {
    if (busy) return;
    var fields = content(form, button);
    tell(form.dataset.sending, false);
    freeze(true);
    send(fields).then(function (answer) {
      freeze(false);
      if (answer.ok && answer.page) {
        tell("", false);
        show(answer.page);
      } else {
        var state = answer.page && answer.page.getElementById("state");
        tell((state && state.textContent) || form.dataset.lost, true);
      }
    }).catch(function () {
      freeze(false);
      tell(form.dataset.lost, true);
    });
  }

  function leave() {
    byId("log").textContent = "";
    byId("form").reset();
    var away = byId("exit").href;
    // In somebody else's frame the whole page goes, where the browser lets it.
    try { window.top.location.replace(away); } catch (refused) { window.location.replace(away); }
  }

  document.addEventListener("click", function (event) {
    var target = event.target;
    if (!target.closest) return;
    pressed = target.closest("button");
    if (target.closest("#exit")) {
      event.preventDefault();
      leave();
    }
  });

  document.addEventListener("submit", function (event) {
    var button = event.submitter || pressed;
    // A button that leads to a page of its own is left to the browser.
    if (event.target.id !== "form" || (button && button.hasAttribute("formaction"))) return;
    event.preventDefault();
    submit(event.target, button);
  });

  var shifts = 0;
  document.addEventListener("keydown", function (event) {
    shifts = event.key === "Shift" ? shifts + (event.repeat ? 0 : 1) : 0;
    if (shifts === 3) leave();
    var isWriting = event.target.id === "text" && event.key === "Enter" && !event.shiftKey && !event.isComposing;
    if (isWriting) {
      event.preventDefault();
      submit(byId("form"), byId("send"));
    }
  });
})();
