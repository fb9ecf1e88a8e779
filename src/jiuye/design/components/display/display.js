// The switches in the header. Each choice is kept in this browser only.
(() => {
  const root = document.documentElement;
  const themes = ["auto", "light", "dark"];
  const names = { auto: "主题：跟随系统", light: "主题：浅色", dark: "主题：深色" };
  const keep = (key, value) => {
    try {
      if (value) localStorage.setItem(key, value);
      else localStorage.removeItem(key);
    } catch { /* Storage is closed: it lasts for this page. */ }
  };
  const show = () => {
    const theme = root.dataset.theme || "auto";
    document.querySelectorAll("[data-switch='size']").forEach((one) => one.setAttribute("aria-pressed", String(root.dataset.size === "large")));
    document.querySelectorAll("[data-switch='theme']").forEach((one) => {
      one.title = names[theme];
      one.querySelector("[data-switch-label]").textContent = names[theme];
    });
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-switch]");
    if (!button) return;
    if (button.dataset.switch === "size") {
      const large = root.dataset.size !== "large";
      if (large) root.dataset.size = "large";
      else delete root.dataset.size;
      keep("jiuye.size", large ? "large" : "");
    } else {
      const next = themes[(themes.indexOf(root.dataset.theme || "auto") + 1) % themes.length];
      if (next === "auto") delete root.dataset.theme;
      else root.dataset.theme = next;
      keep("jiuye.theme", next === "auto" ? "" : next);
      jiuye.say(names[next]);
    }
    show();
  });
  document.addEventListener("DOMContentLoaded", show);
  show();
})();
