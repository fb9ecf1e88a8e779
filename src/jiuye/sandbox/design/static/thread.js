// Keeps the SMS thread fresh and copies codes. Without it the page reloads itself by a meta refresh.
(() => {
  "use strict";
  const thread = document.querySelector("[data-thread]");
  let version = `"${thread.dataset.version}"`;

  const showCopyButtons = () => {
    for (const button of thread.querySelectorAll("[data-copy]")) button.hidden = !navigator.clipboard;
  };

  const refresh = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(thread.dataset.thread, { headers: { "If-None-Match": version }, cache: "no-store" });
      if (answer.status !== 200) return;
      version = answer.headers.get("ETag");
      thread.innerHTML = await answer.text();
      showCopyButtons();
    } catch {
      // The sandbox is restarting; the next round tries again.
    }
  };

  thread.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = "已复制";
  });

  showCopyButtons();
  setInterval(refresh, 1500);
  document.addEventListener("visibilitychange", refresh);
})();
