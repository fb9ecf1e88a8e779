// Single-key shortcuts for staff: elements name theirs in data-shortcut ("/", "n", "g j"). They can be switched off (WCAG 2.1.4).
(() => {
  const KEY = "jiuye.shortcuts";
  const sheet = document.getElementById("shortcuts");
  if (!sheet) return;
  let on = true;
  try { on = localStorage.getItem(KEY) !== "off"; } catch { /* Storage is closed: on. */ }
  const box = sheet.querySelector("[data-shortcut-switch]");
  box.checked = on;
  box.addEventListener("change", () => {
    on = box.checked;
    try { localStorage.setItem(KEY, on ? "on" : "off"); } catch { /* It lasts for this page. */ }
  });
  const step = (by) => {
    const links = [...document.querySelectorAll("[data-rows] tbody .row-link")];
    const at = links.indexOf(document.activeElement);
    (links[at + by] || links[by > 0 && at < 0 ? 0 : at])?.focus();
  };
  const go = (keys) => {
    const target = document.querySelector(`[data-shortcut="${CSS.escape(keys)}"]`);
    if (!target) return false;
    if (target.matches("input, select, textarea")) target.focus();
    else target.click();
    return true;
  };
  let before = "";
  document.addEventListener("keydown", (event) => {
    if (!on || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input, select, textarea, [contenteditable], dialog")) return;
    const keys = before ? `${before} ${event.key}` : event.key;
    before = "";
    if (keys === "?") jiuye.open("shortcuts");
    else if (keys === "j") step(1);
    else if (keys === "k") step(-1);
    else if (!go(keys)) {
      if (event.key === "g") {
        before = "g";
        setTimeout(() => { before = ""; }, 1500);
      }
      return;
    }
    event.preventDefault();
  });
})();
