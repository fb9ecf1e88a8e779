// The postings to compare are stored on this device, so that 对比 on the next posting adds to them. Without scripts they are
// only in the URL, and the comparison page offers similar postings.
(() => {
  const KEY = "jiuye-compare";
  const MOST = 3;
  const read = () => { try { return JSON.parse(localStorage.getItem(KEY)) || []; } catch { return []; } };
  const write = (ids) => { try { localStorage.setItem(KEY, JSON.stringify(ids.slice(0, MOST))); } catch { /* private mode */ } };
  const link = document.querySelector("[data-compare]");
  if (link) {
    const own = link.dataset.compare;
    const others = read().filter((id) => id !== own).slice(0, MOST - 1);
    const label = link.querySelector("span");
    if (others.length) {
      link.href = `/compare?ids=${[...others, own].join(",")}`;
      label.textContent = `对比 ${others.length + 1}/${MOST}`;
    }
  }
  if (location.pathname === "/compare") {
    const shown = [...document.querySelectorAll("[data-compare-remove]")].map((one) => one.dataset.compareRemove);
    write(shown);
  }
})();
