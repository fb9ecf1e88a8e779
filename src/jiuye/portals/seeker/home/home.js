// The newest postings near where the visitor is, or of the place that this browser remembers, take the place of the whole country's.
(() => {
  const home = document.querySelector("[data-fresh]");
  if (!home) return;
  const take = (address) => fetch(address)
    .then((answer) => (answer.status === 200 ? answer.text() : Promise.reject(answer.status)))
    .then((text) => { home.innerHTML = text; });
  const ofPlace = () => (jiuye.place ? take(`${home.dataset.fresh}?region=${jiuye.place.code}`) : undefined);
  const isKnown = /(?:^|; )jiuye_place_known=1/.test(document.cookie);
  Promise.resolve(isKnown ? take(home.dataset.near).catch(ofPlace) : ofPlace()).catch(() => { /* The country's stay. */ });
})();
