// Buttons that copy the text of another element. Hidden without scripts: the text can be selected by a tap.
(() => {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("[data-copy]")) {
    const label = button.querySelector("span");
    const before = label.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
      label.textContent = "已复制";
      label.setAttribute("role", "status");
      setTimeout(() => { label.textContent = before; }, 3000);
    });
  }
})();
