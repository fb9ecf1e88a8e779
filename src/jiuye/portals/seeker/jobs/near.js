// Put the browser's location, rounded to a kilometre, into the form and send it: only when the button is pressed.
(() => {
  const form = document.querySelector("[data-locate]");
  if (!form) return;
  const said = form.querySelector("[data-locate-said]");
  const button = form.querySelector("button");
  const reasons = {
    1: "没有得到允许，不要紧：选一个地点也一样用。以后想用，可在浏览器的网站设置里允许“位置”。",
    2: "这台设备暂时定不到位置，请选一个地点。",
    3: "定位花的时间太久了，请再试一次，或选一个地点。",
  };
  const say = (text) => { said.textContent = text; };
  form.addEventListener("submit", (event) => {
    if (form.elements.longitude.value) return;
    event.preventDefault();
    if (!navigator.geolocation) {
      say(reasons[2]);
      return;
    }
    say("正在取位置…");
    button.disabled = true;
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      form.elements.longitude.value = coords.longitude.toFixed(2);
      form.elements.latitude.value = coords.latitude.toFixed(2);
      button.disabled = false;
      form.requestSubmit();
    }, ({ code }) => {
      button.disabled = false;
      say(reasons[code] || reasons[2]);
    }, { enableHighAccuracy: false, timeout: 15000, maximumAge: 300000 });
  });
  // After returning to this page the location is requested again.
  window.addEventListener("pageshow", () => {
    form.elements.longitude.value = "";
    form.elements.latitude.value = "";
  });
})();

// Show the distance of a job from the location stored in this browser.
(() => {
  const home = document.querySelector("[data-distance]");
  if (!home || !/(?:^|; )jiuye_place_known=1/.test(document.cookie)) return;
  fetch(home.dataset.distance)
    .then((answer) => (answer.status === 200 ? answer.text() : ""))
    .then((text) => { home.textContent = text; })
    .catch(() => { /* Show no distance. */ });
})();
