// The place that somebody looks for work in, remembered in this browser only: pages stay the same for everyone.
// Runs before region.js, so that a picker with data-remember starts with that place chosen.
(() => {
  const KEY = "jiuye.place";
  const read = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(KEY));
      return /^[0-9]{6}$/.test(kept?.code) && typeof kept.name === "string" ? kept : null;
    } catch {
      return null;
    }
  };
  jiuye.place = read();
  const keep = (code, name) => {
    try {
      if (code) localStorage.setItem(KEY, JSON.stringify({ code, name }));
      else localStorage.removeItem(KEY);
    } catch { /* Storage is closed: nothing is remembered. */ }
  };
  document.querySelectorAll("[data-region][data-remember]").forEach((home) => {
    const select = home.querySelector("select");
    if (!jiuye.place || !select || select.value) return;
    if (![...select.options].some((option) => option.value === jiuye.place.code)) {
      select.append(new Option(jiuye.place.name, jiuye.place.code));
    }
    select.value = jiuye.place.code;
    home.dataset.name = jiuye.place.name;
  });
  document.addEventListener("submit", (event) => {
    const home = event.target.matches("[role=search]") && event.target.querySelector("[data-region]");
    const chosen = home && home.querySelector("[name=region]");
    if (!chosen) return;
    const shown = home.querySelector(".region-button > span") || chosen.selectedOptions?.[0];
    keep(chosen.value, shown ? shown.textContent.trim() : chosen.value);
  });
})();
