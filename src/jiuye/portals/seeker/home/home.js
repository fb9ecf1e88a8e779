// Replaces the country's newest postings with those near the visitor, or of the region stored in this browser.
(() => {
  const home = document.querySelector("[data-fresh]");
  if (!home) return;
  const take = (address) => fetch(address)
    .then((answer) => (answer.status === 200 ? answer.text() : Promise.reject(answer.status)))
    // nosemgrep: script-writes-html - drawn by a template of ours, which escapes
    .then((text) => { home.innerHTML = text; });
  const ofPlace = () => (jiuye.place ? take(`${home.dataset.fresh}?region=${jiuye.place.code}`) : undefined);
  const isKnown = /(?:^|; )jiuye_place_known=1/.test(document.cookie);
  Promise.resolve(isKnown ? take(home.dataset.near).catch(ofPlace) : ofPlace()).catch(() => { /* Keep the country's. */ });
})();
