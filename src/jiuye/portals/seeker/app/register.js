// The service worker that shows the offline page, and that page's button.
(() => {
  if ("serviceWorker" in navigator && window.top === window) {
    window.addEventListener("load", () => {
      navigator.serviceWorker.register("/service-worker.js").catch(() => { /* Not available: there is no offline page. */ });
    });
  }
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-reload]")) window.location.reload();
  });
})();
