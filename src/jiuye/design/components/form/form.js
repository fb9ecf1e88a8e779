// Characters left, the name of a dropped file, and a jump from the error summary to its field.
(() => {
  const count = (note) => {
    const area = document.getElementById(note.dataset.countFor);
    if (!area) return;
    const show = () => { note.textContent = `${[...area.value].length} / ${area.maxLength} 字`; };
    area.addEventListener("input", show);
    show();
  };
  const start = (root) => root.querySelectorAll("[data-count-for]:not([data-counting])").forEach((note) => {
    note.dataset.counting = "";
    count(note);
  });
  start(document);
  document.addEventListener("htmx:load", (event) => start(event.target));
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".error-summary a[href^='#']");
    const target = link && document.getElementById(link.getAttribute("href").slice(1));
    if (!target) return;
    event.preventDefault();
    (target.matches("fieldset") ? target.querySelector("input") || target : target).focus();
    target.scrollIntoView({ block: "center" });
  });
  ["dragover", "dragleave", "drop"].forEach((name) => document.addEventListener(name, (event) => {
    const zone = event.target.closest?.(".file-drop");
    if (!zone) return;
    zone.classList.toggle("file-drop-over", name === "dragover");
    if (name === "dragover") event.preventDefault();
    if (name === "drop" && event.dataTransfer.files.length) {
      event.preventDefault();
      const input = zone.querySelector("input[type=file]");
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }));
})();
