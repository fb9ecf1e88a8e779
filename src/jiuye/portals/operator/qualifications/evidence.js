// The evidence viewer: one page at a time, with zoom and turns; and the verdicts beside it. Works on fragments that arrive later.
(() => {
  const widths = [100, 150, 200, 300];
  const enhance = (viewer) => {
    const pages = [...viewer.querySelectorAll("[data-page]")];
    viewer.classList.add("is-enhanced");
    const blank = [...viewer.querySelectorAll(".audit-file")].filter((file) => !file.querySelector("[data-page]"));
    const steps = [...viewer.querySelectorAll("[data-page], .audit-file")].filter(
      (one) => one.matches("[data-page]") || blank.includes(one),
    );
    let at = 0;
    let zoom = 0;
    let turn = 0;
    const show = (next) => {
      at = Math.max(0, Math.min(next, steps.length - 1));
      zoom = 0;
      turn = 0;
      viewer.querySelectorAll(".is-shown").forEach((one) => one.classList.remove("is-shown"));
      for (let one = steps[at]; one && one !== viewer; one = one.parentElement) one.classList.add("is-shown");
      draw();
    };
    const draw = () => {
      const image = steps[at]?.querySelector("img");
      const name = steps[at]?.dataset.name || steps[at]?.querySelector("b")?.textContent || "";
      viewer.querySelector("[data-where]").textContent = steps.length ? `${at + 1} / ${steps.length}　${name}` : "";
      if (!image) return;
      image.style.width = `${widths[zoom]}%`;
      const link = steps[at].getAttribute(`data-turn-${turn}`);
      if (image.getAttribute("src") !== link) image.src = link;
    };
    viewer.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      if (button.dataset.pageStep) show(at + Number(button.dataset.pageStep));
      else if (button.dataset.zoom) {
        zoom = button.dataset.zoom === "0" ? 0 : Math.max(0, Math.min(zoom + Number(button.dataset.zoom), widths.length - 1));
        draw();
      } else if ("turn" in button.dataset) {
        turn = (turn + 90) % 360;
        draw();
      }
    });
    viewer.addEventListener("show-files", (event) => {
      const found = steps.findIndex((one) => one.closest("[data-files]")?.dataset.files === event.detail);
      if (found >= 0) show(found);
    });
    if (pages.length || blank.length) show(0);
  };
  const start = (root) => root.querySelectorAll("[data-evidence]:not(.is-enhanced)").forEach(enhance);
  start(document);
  document.addEventListener("htmx:afterSwap", (event) => start(event.target.parentElement || document));

  const reasons = (box) => {
    const refused = box.querySelector('input[value="refused"]')?.checked;
    box.querySelector("[data-reasons]").hidden = !refused;
  };
  const boxes = document.querySelectorAll("[data-verdict]");
  boxes.forEach((box) => {
    reasons(box);
    box.addEventListener("change", () => reasons(box));
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-shows]");
    if (link) {
      const viewer = document.querySelector("[data-evidence]");
      viewer?.dispatchEvent(new CustomEvent("show-files", { detail: link.dataset.shows }));
      const item = document.getElementById(`item-${link.dataset.shows}`);
      event.preventDefault();
      item?.scrollIntoView({ block: "start" });
      item?.querySelector('input[type="radio"]')?.focus({ preventScroll: true });
    }
    if (event.target.closest("[data-accept-all]")) {
      boxes.forEach((box) => {
        const accepted = box.querySelector('input[value="accepted"]');
        if (accepted && !box.querySelector('input[value="refused"]').checked) accepted.checked = true;
        reasons(box);
      });
    }
  });
})();
