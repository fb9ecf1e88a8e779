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
