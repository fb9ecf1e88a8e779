// A code within a pasted text message is taken out of it.
document.addEventListener("input", (event) => {
  const field = event.target;
  if (field.autocomplete !== "one-time-code" || field.inputMode !== "numeric" || field.value.length <= 6) return;
  const codes = new Set(field.value.normalize("NFKC").match(/(?<!\d)\d{6}(?!\d)/g));
  if (codes.size === 1) [field.value] = codes;
});
// Counts down on a button until it may be used again.
(() => {
  const start = (button) => {
    if (button.dataset.ticking) return;
    button.dataset.ticking = "1";
    const until = Date.now() + Number(button.dataset.countdown) * 1000;
    button.disabled = true;
    const tick = () => {
      const left = Math.ceil((until - Date.now()) / 1000);
      if (left <= 0) {
        button.disabled = false;
        button.textContent = button.dataset.after;
        return;
      }
      button.textContent = `${left} 秒后可重新获取`;
      setTimeout(tick, 500);
    };
    tick();
  };
  const all = () => document.querySelectorAll("[data-countdown]").forEach(start);
  all();
  document.addEventListener("htmx:load", all);
})();
