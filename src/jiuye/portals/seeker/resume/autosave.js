// Autosave of a resume form: <form data-autosave="URL">. Valid fields are stored a moment after the last key; errors are
// shown when a field loses focus; without a network it retries. The draft (components/drafts) keeps what is not
// stored, and the button still works.
(() => {
  const QUIET = 1200;
  const AGAIN = [2000, 5000, 15000, 30000];
  const start = (form) => {
    form.dataset.autosaving = "";
    const status = form.querySelector("[data-save-state]");
    const left = new Set();
    let timer, running, waits = false, failed = 0, torn = false, sending = false;

    const say = (words) => { if (status.textContent !== words) status.textContent = words; };

    const showErrors = (errors) => {
      for (const name of left) {
        const control = form.elements[name];
        const field = (control instanceof RadioNodeList ? control[0] : control)?.closest(".field");
        if (!field) continue;
        const text = errors[name] || "";
        let line = field.querySelector(".field-error");
        if (!line && text) {
          line = Object.assign(document.createElement("p"), { className: "field-error", id: `autosave-error-${name}` });
          (field.querySelector(".field-hint") || field.querySelector(".field-label")).after(line);
        }
        if (line) {
          line.textContent = text;
          line.hidden = !text;
        }
        field.classList.toggle("field-invalid", Boolean(text));
        if (control.setAttribute) {
          const ids = (control.getAttribute("aria-describedby") || "").split(" ").filter((id) => id && id !== line?.id);
          if (text) ids.push(line.id);
          control.setAttribute("aria-describedby", ids.join(" "));
          if (text) control.setAttribute("aria-invalid", "true");
          else control.removeAttribute("aria-invalid");
        }
      }
    };

    const forgetDraft = () => {
      try {
        Object.keys(localStorage).filter((key) => key.startsWith("jiuye.draft.") && key.endsWith(`:${form.dataset.draft}`))
          .forEach((key) => localStorage.removeItem(key));
      } catch { /* No storage: there is no draft. */ }
    };

    const take = (answer) => {
      for (const name of ["seen", "section_id"]) if (answer[name] !== undefined) form.elements[name].value = answer[name];
      say(answer.words);
      showErrors(answer.errors);
      if (answer.state === "torn") {
        torn = true;
        // nosemgrep: script-writes-html - drawn by a template of ours, which escapes
        form.querySelector("[data-elsewhere]").innerHTML = answer.elsewhere;
      }
      if (answer.state !== "saved" || Object.keys(answer.errors).length) return;
      forgetDraft();
      const cancel = form.querySelector(".form-actions a span, .form-actions a");
      if (cancel) cancel.textContent = "完成";
    };

    const save = async () => {
      clearTimeout(timer);
      if (running) { waits = true; return running; }
      running = (async () => {
        say("正在保存…");
        try {
          const answer = await fetch(form.dataset.autosave, { method: "POST", body: new FormData(form), redirect: "manual", headers: { Accept: "application/json" } });
          if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) say("登录已过期，没有保存。内容记在这台设备上，登录后会恢复。");
          else if (!answer.ok) throw new Error(String(answer.status));
          else take(await answer.json());
          failed = 0;
        } catch {
          say("没有连上，还没保存。内容记在这台设备上，会自动再试。");
          timer = setTimeout(save, AGAIN[Math.min(failed, AGAIN.length - 1)]);
          failed += 1;
        }
      })();
      await running;
      running = undefined;
      if (waits && form.isConnected) {
        waits = false;
        later(0);
      }
      return undefined;
    };

    const later = (wait) => {
      if (torn || sending) return;
      clearTimeout(timer);
      timer = setTimeout(() => { if (form.isConnected) save(); }, wait);
    };

    const isOurs = (field) => field.name && field.type !== "hidden" && !field.closest("[data-elsewhere]");
    form.addEventListener("input", (event) => { if (isOurs(event.target)) later(QUIET); });
    form.addEventListener("change", (event) => {
      if (!isOurs(event.target)) return;
      left.add(event.target.name);
      later(150);
    });
    window.addEventListener("online", () => { if (failed && form.isConnected) save(); });
    // The button waits for a pending request, so that nothing is added twice.
    form.addEventListener("submit", (event) => {
      clearTimeout(timer);
      sending = true;
      if (!running) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const { submitter } = event;
      running.then(() => form.isConnected && form.requestSubmit(submitter));
    }, true);
    form.addEventListener("click", (event) => { if (event.target.closest("[data-take-other]")) forgetDraft(); });
  };
  const startAll = (root) => root.querySelectorAll?.("form[data-autosave]:not([data-autosaving])").forEach(start);
  startAll(document);
  document.addEventListener("htmx:load", (event) => startAll(event.target.parentNode || document));

  // The guided start: people who have never worked are not asked for a job.
  document.querySelectorAll("[data-unless-new]").forEach((box) => {
    const form = box.closest("form");
    const draw = () => { box.hidden = form.elements.years.value === "0" && ![...box.querySelectorAll("input")].some((one) => one.value); };
    form.addEventListener("change", draw);
    draw();
  });
})();
