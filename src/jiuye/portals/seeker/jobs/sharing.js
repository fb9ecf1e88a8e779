// The phone's own way to hand a page on, where there is one; the link and its QR code are there without it.
(() => {
  if (!navigator.share) return;
  for (const button of document.querySelectorAll("[data-share]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      navigator.share({ title: document.title, url: button.dataset.share }).catch(() => { /* the person thought better of it */ });
    });
  }
})();
