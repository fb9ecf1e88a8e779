// What every other script uses, and what binds htmx to our pages.
window.jiuye = {};
(() => {
  // A short message that goes by itself; hovering or focusing keeps it.
  jiuye.say = (text, kind = "info") => {
    const home = document.getElementById("toasts");
    if (!home || !text) return;
    const toast = document.createElement("div");
    toast.className = `toast toast-${kind}`;
    toast.textContent = text;
    toast.tabIndex = 0;
    home.append(toast);
    let timer;
    const wait = () => { timer = setTimeout(() => toast.remove(), Math.max(5000, text.length * 250)); };
    const hold = () => clearTimeout(timer);
    ["mouseenter", "focus"].forEach((name) => toast.addEventListener(name, hold));
    ["mouseleave", "blur"].forEach((name) => toast.addEventListener(name, wait));
    toast.addEventListener("click", () => toast.remove());
    wait();
  };
  const token = (element) =>
    element.closest("form")?.querySelector("[name=csrfmiddlewaretoken]")?.value ||
    document.querySelector("meta[name=csrf-token]")?.content ||
    document.querySelector("[name=csrfmiddlewaretoken]")?.value;
  document.addEventListener("htmx:configRequest", (event) => {
    const value = event.detail.verb === "get" ? "" : token(event.detail.elt);
    if (value) event.detail.headers["X-CSRFToken"] = value;
  });
  // A response may carry HX-Trigger: {"say": {"text": "…", "kind": "ok"}}.
  document.addEventListener("say", (event) => jiuye.say(event.detail.text || event.detail.value, event.detail.kind));
  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.elt.closest("[data-quiet]")) return;
    const waited = event.detail.xhr.status === 429;
    jiuye.say(waited ? "操作太频繁了，请稍等一会儿再试。" : "没有成功，请刷新页面后再试一次。", "error");
  });
  document.addEventListener("htmx:sendError", () => jiuye.say("网络不通，请检查网络后再试一次。", "error"));
  // Submitting twice by a double click: the second does nothing.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("data-again")) return;
    if (form.dataset.sent && Date.now() - Number(form.dataset.sent) < 4000) event.preventDefault();
    form.dataset.sent = String(Date.now());
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));
  // The error summary is read first.
  document.querySelector("[data-focus]")?.focus();
  document.addEventListener("htmx:load", (event) => event.target.querySelector?.("[data-focus]")?.focus());
})();
