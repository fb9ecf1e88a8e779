// Opens and closes dialogs; the same markup works by :target without this.
(() => {
  const open = (id) => {
    const dialog = document.getElementById(id);
    if (dialog instanceof HTMLDialogElement && !dialog.open) dialog.showModal();
    return dialog;
  };
  jiuye.open = open;
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-dialog]");
    if (link && open(link.dataset.dialog)) {
      event.preventDefault();
      return;
    }
    const close = event.target.closest("dialog [data-close]");
    if (close) {
      event.preventDefault();
      close.closest("dialog").close();
      if (location.hash) history.replaceState(null, "", location.pathname + location.search);
    } else if (event.target instanceof HTMLDialogElement && event.target.open) {
      const box = event.target.getBoundingClientRect();
      const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
      if (!inside) event.target.close();
    }
  });
  // A page that arrives with a dialog's fragment opens it as a modal.
  if (location.hash.length > 1) open(decodeURIComponent(location.hash.slice(1)));

  // Drawers live by :target too; with scripts they take the focus, and Escape closes them.
  const drawer = () => {
    const target = location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
    return target && target.hasAttribute("data-drawer") ? target : null;
  };
  window.addEventListener("hashchange", () => drawer()?.focus());
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && drawer()) {
      const id = location.hash;
      location.hash = "main";
      document.querySelector(`a[href="${id}"]`)?.focus();
    }
  });
})();
