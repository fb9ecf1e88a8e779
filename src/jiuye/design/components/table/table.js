// Selecting rows: the count, all at once, and the bar that acts on them.
(() => {
  const update = (table) => {
    const boxes = [...table.querySelectorAll("[data-select]")];
    const chosen = boxes.filter((box) => box.checked).length;
    const all = table.querySelector("[data-select-all]");
    if (all) {
      all.checked = chosen > 0 && chosen === boxes.length;
      all.indeterminate = chosen > 0 && chosen < boxes.length;
    }
    const bar = (table.closest("form") || table.parentElement).querySelector("[data-bulk]");
    if (bar) {
      bar.classList.toggle("bulk-bar-on", chosen > 0);
      bar.querySelector("[data-bulk-count]").textContent = String(chosen);
    }
  };
  document.addEventListener("change", (event) => {
    const table = event.target.closest("[data-selectable]");
    if (!table) return;
    if (event.target.matches("[data-select-all]")) table.querySelectorAll("[data-select]").forEach((box) => { box.checked = event.target.checked; });
    update(table);
  });
  const start = () => document.querySelectorAll("[data-selectable]").forEach(update);
  window.addEventListener("pageshow", start);
  document.addEventListener("htmx:load", start);
})();
