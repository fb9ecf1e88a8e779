// The API's documentation: the list of groups is open on wide screens, and each operation can be sent in test mode.
(() => {
  const menu = document.querySelector("[data-docs-menu]");
  if (!menu) return;
  menu.open = window.matchMedia("(min-width: 60rem)").matches;

  const secret = document.querySelector("[data-docs-secret]");
  const member = document.querySelector("[data-docs-member]");
  document.querySelector("[data-docs-key]")?.addEventListener("submit", (event) => event.preventDefault());
  for (const [field, name] of [[secret, "docs-key"], [member, "docs-member"]]) {
    if (!field) continue;
    field.value = sessionStorage.getItem(name) || "";
    field.addEventListener("input", () => sessionStorage.setItem(name, field.value.trim()));
  }

  const addressOf = (form) => {
    let path = form.dataset.path;
    for (const field of form.querySelectorAll("[data-in='path']")) {
      path = path.replace(`{${field.dataset.name}}`, encodeURIComponent(field.value.trim()));
    }
    const query = form.querySelector("[data-in='query']")?.value.trim();
    return query ? `${path}?${new URLSearchParams(query)}` : path;
  };

  const show = (form, status, text) => {
    form.querySelector("[data-docs-status]").textContent = status;
    form.querySelector("[data-docs-answer]").textContent = text;
    form.querySelector("[data-docs-result]").hidden = false;
  };

  const readable = (text) => {
    try {
      return JSON.stringify(JSON.parse(text), null, 2);
    } catch {
      return text;
    }
  };

  const send = async (form) => {
    const { method, scope } = form.dataset;
    const headers = {};
    if (scope) {
      const key = secret?.value.trim() || "";
      if (!/^jy[at]_test_/.test(key)) {
        show(form, "没有发送", "请先在页首填上测试密钥（jya_test_ 开头）。");
        secret?.focus();
        return;
      }
      headers.Authorization = `Bearer ${key}`;
      if (member?.value.trim()) headers["On-Behalf-Of"] = member.value.trim();
    }
    const body = form.querySelector("[data-in='body']")?.value;
    if (body) headers["Content-Type"] = "application/json";
    show(form, "正在发送…", "");
    try {
      const started = performance.now();
      const answer = await fetch(addressOf(form), { method, headers, body, credentials: "omit" });
      const text = await answer.text();
      const took = Math.round(performance.now() - started);
      show(form, `${answer.status} · ${took} 毫秒 · 请求编号 ${answer.headers.get("X-Request-ID") || "无"}`, readable(text).slice(0, 20000));
    } catch {
      show(form, "没有收到回答", "请检查网络，稍后再试。");
    }
  };

  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-docs-try]")) return;
    event.preventDefault();
    send(event.target);
  });
})();
