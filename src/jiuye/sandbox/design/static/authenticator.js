// Counts the codes down and fetches the next ones. Without it the page reloads itself by a meta refresh.
(() => {
  "use strict";
  const list = document.querySelector("[data-codes]");
  let ends = [];

  const start = () => {
    const now = Date.now();
    ends = [...list.querySelectorAll("[data-left]")].map((shown) => [shown, now + Number(shown.dataset.left) * 1000]);
  };

  const tick = async () => {
    const now = Date.now();
    for (const [shown, end] of ends) shown.textContent = String(Math.max(0, Math.ceil((end - now) / 1000)));
    if (document.hidden || !ends.some(([, end]) => end <= now)) return;
    try {
      const answer = await fetch(list.dataset.codes, { cache: "no-store" });
      if (answer.ok) {
        list.innerHTML = await answer.text();
        start();
      }
    } catch {
      // The sandbox is restarting; the next tick tries again.
    }
  };

  start();
  setInterval(tick, 1000);
})();
