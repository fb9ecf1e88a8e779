// Keep what was typed into a long form when the network is lost: <form data-draft="key"> keeps its text in this browser for
// a day, for the person who typed it (<meta name="draft-owner">). Never kept: hidden, password and file fields, and fields
// with data-no-draft. Signing out, or another person signing in, deletes everything. Not for forms that ask for consent or
// for numbers of documents.
// What the server has put back into a form ([data-restored], portals/kept_input.py) is newer than the draft and wins; the
// button that deletes it ([data-drops-drafts]) deletes the drafts of the page's forms too.
(() => {
  const owner = document.querySelector("meta[name=draft-owner]")?.content || "";
  const PREFIX = "jiuye.draft.";
  const MINE = `${PREFIX}${owner || "anyone"}:`;
  const SENT = "jiuye.draft-sent";
  const DAY = 24 * 3600 * 1000;
  let box;
  try {
    box = window.localStorage;
    box.getItem(PREFIX);
  } catch {
    return; // Storage is closed: nothing is kept.
  }
  const drafts = () => Object.keys(box).filter((key) => key.startsWith(PREFIX));
  const read = (key) => {
    try {
      return JSON.parse(box.getItem(key)) || {};
    } catch {
      return {};
    }
  };
  const keyOf = (form) => MINE + form.dataset.draft;
  const isOpen = (key) => [...document.querySelectorAll("form[data-draft]")].some((form) => keyOf(form) === key);
  const keepable = (field) =>
    field.name && field.matches("textarea, select, input") && !field.disabled && !field.closest("[data-no-draft]") &&
    !["password", "hidden", "file", "submit", "button"].includes(field.type);
  const fields = (form) => [...form.elements].filter(keepable);
  const isChoice = (field) => field.type === "checkbox" || field.type === "radio";
  const values = (form) => fields(form).map((field) => [field.name, isChoice(field) ? [field.value, field.checked] : field.value]);
  const fill = (form, kept) => {
    const left = [...kept];
    fields(form).forEach((field) => {
      const at = left.findIndex(([name, value]) => name === field.name && (!isChoice(field) || value[0] === field.value));
      if (at < 0) return;
      const [[, value]] = left.splice(at, 1);
      if (isChoice(field)) [, field.checked] = value;
      else field.value = value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
  };

  const offerToDiscard = (form, key, before) => {
    const note = Object.assign(document.createElement("div"), { className: "draft-note" });
    note.setAttribute("role", "status");
    const discard = Object.assign(document.createElement("button"), { type: "button", className: "button button-quiet button-small", textContent: "不要这些内容" });
    discard.addEventListener("click", () => {
      fill(form, before);
      box.removeItem(key);
      note.remove();
      (fields(form)[0] || form).focus();
    });
    note.append(Object.assign(document.createElement("p"), { textContent: "已恢复上次未提交的内容。" }), discard);
    form.prepend(note);
  };

  const start = (form) => {
    form.dataset.drafting = "";
    const key = keyOf(form);
    const before = values(form);
    const kept = form.querySelector("[data-restored]") ? null : read(key).values;
    // After a refusal the server has drawn what was sent: then there is nothing to restore.
    if (kept && JSON.stringify(kept) !== JSON.stringify(before)) {
      fill(form, kept);
      if (JSON.stringify(values(form)) !== JSON.stringify(before)) offerToDiscard(form, key, before);
    }
    let timer;
    const keep = () => {
      clearTimeout(timer);
      try {
        box.setItem(key, JSON.stringify({ at: Date.now(), values: values(form) }));
      } catch { /* No room left. */ }
    };
    form.addEventListener("input", (event) => {
      if (!keepable(event.target)) return;
      clearTimeout(timer);
      timer = setTimeout(keep, 300);
    });
    form.addEventListener("change", (event) => { if (keepable(event.target)) keep(); });
    form.addEventListener("submit", (event) => {
      keep();
      if (navigator.onLine) return box.setItem(SENT, key);
      event.preventDefault();
      event.stopImmediatePropagation();
      return jiuye.say("现在没有网络。内容已记在这台设备上，联网后请再提交一次。", "error");
    }, true);
    window.addEventListener("pagehide", () => { if (timer && box.getItem(key) !== null) keep(); });
  };

  // The page after a form was sent: another page means it was taken; the same form again, signing in, an error or the
  // offline page that it was not.
  const settle = (wasRefused) => {
    const key = box.getItem(SENT);
    if (!key || (!wasRefused && isOpen(key))) return;
    if (!wasRefused) box.removeItem(key);
    box.removeItem(SENT);
  };
  settle(window.location.pathname.startsWith("/login") || document.querySelector("[data-reload], [data-error-page]") !== null);
  if (box.getItem(SENT)) box.removeItem(SENT);
  const isStale = (key) => !(Date.now() - read(key).at < DAY);
  const isAnothers = (key) => owner && !key.startsWith(MINE) && !key.startsWith(`${PREFIX}anyone:`);
  drafts().filter((key) => isStale(key) || isAnothers(key)).forEach((key) => box.removeItem(key));
  const startAll = (root) => root.querySelectorAll?.("form[data-draft]:not([data-drafting])").forEach(start);
  startAll(document);
  document.addEventListener("htmx:load", (event) => startAll(event.target));
  // Sent by htmx: taken when the answer no longer has the form.
  document.addEventListener("htmx:afterSettle", () => settle(false));
  ["htmx:sendError", "htmx:responseError"].forEach((name) => document.addEventListener(name, () => settle(true)));
  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-drops-drafts]")) drafts().filter(isOpen).forEach((key) => box.removeItem(key));
    if (new URL(event.target.action).pathname === "/logout") [...drafts(), SENT].forEach((key) => box.removeItem(key));
  });
})();
