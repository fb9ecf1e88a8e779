// A menu closes when one clicks elsewhere, presses Escape or leaves it.
(() => {
  const others = (inside) => document.querySelectorAll("[data-menu][open]").forEach((menu) => {
    if (!menu.contains(inside)) menu.open = false;
  });
  document.addEventListener("click", (event) => others(event.target));
  document.addEventListener("focusin", (event) => others(event.target));
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && document.querySelector("[data-menu][open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
})();
