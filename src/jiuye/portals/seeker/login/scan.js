// The seconds that a code to be scanned is still good for. What happens at their end the server says.
(() => {
  const start = (place) => {
    if (place.dataset.ticking) return;
    place.dataset.ticking = "1";
    const until = Date.now() + Number(place.dataset.left) * 1000;
    const tick = () => {
      if (!place.isConnected) return;
      place.textContent = String(Math.max(0, Math.ceil((until - Date.now()) / 1000)));
      setTimeout(tick, 500);
    };
    tick();
  };
  const all = () => document.querySelectorAll("[data-left]").forEach(start);
  all();
  document.addEventListener("htmx:load", all);
  // Another tab has signed in or out meanwhile: this page's code is not this browser's any more.
  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.elt.id === "scan" && [403, 404].includes(event.detail.xhr.status)) location.reload();
  });
})();
