// The examples of scripts.yaml.
// ruleid: script-writes-html
list.innerHTML = name;
// ruleid: script-writes-html
list.insertAdjacentHTML("beforeend", name);
// ok: script-writes-html
list.textContent = name;

// ruleid: script-runs-text
setTimeout("take()", 100);
// ok: script-runs-text
setTimeout(() => take(), 100);

// ruleid: script-listens-to-every-window
parent.postMessage(answer, "*");
// ok: script-listens-to-every-window
parent.postMessage(answer, "https://partner.example");
// ruleid: script-listens-to-every-window
window.addEventListener("message", (event) => take(event.data));
