// Use the share dialog of the phone if there is one; the link and its QR code work without it.
(() => {
  if (!navigator.share) return;
  for (const button of document.querySelectorAll("[data-share]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      navigator.share({ title: document.title, url: button.dataset.share }).catch(() => { /* cancelled */ });
    });
  }
})();
