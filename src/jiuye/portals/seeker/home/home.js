// The newest postings of the place that this browser remembers take the place of the whole country's.
(() => {
  const home = document.querySelector("[data-fresh]");
  if (!home || !jiuye.place) return;
  fetch(`${home.dataset.fresh}?region=${jiuye.place.code}`)
    .then((answer) => (answer.ok ? answer.text() : Promise.reject(answer.status)))
    .then((text) => { home.innerHTML = text; })
    .catch(() => { /* The country's stay. */ });
})();
