// The region picker: a dialog over the list of divisions, by level or by search in name, pinyin or initials.
(() => {
  const lists = new Map();
  const load = (source) => {
    if (!lists.has(source)) {
      lists.set(source, fetch(source, { headers: { Accept: "application/json" } })
        .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)))
        .then(({ items }) => {
          const byCode = new Map(items.map((one) => [one.code, one]));
          const children = Map.groupBy ? Map.groupBy(items, (one) => one.parent || "") : items.reduce((map, one) => map.set(one.parent || "", [...(map.get(one.parent || "") || []), one]), new Map());
          return { items, byCode, children };
        })
        .catch((reason) => { lists.delete(source); throw reason; }));
    }
    return lists.get(source);
  };
  const path = (data, one) => (one ? [...path(data, data.byCode.get(one.parent)), one] : []);
  const fullName = (data, one) => path(data, one).map((part) => part.name).filter((name, at, all) => name !== all[at - 1]).join("");
  const make = (tag, properties, ...inside) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...inside);
    return element;
  };
  const icon = (name) => {
    const sample = document.querySelector("svg.icon use");
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    svg.setAttribute("class", "icon icon-s");
    svg.setAttribute("aria-hidden", "true");
    use.setAttribute("href", `${sample ? sample.getAttribute("href").split("#")[0] : ""}#${name}`);
    svg.append(use);
    return svg;
  };

  class Picker {
    constructor(home) {
      this.home = home;
      const control = home.querySelector("select, input");
      this.input = make("input", { type: "hidden", name: control.name, value: control.value });
      this.text = make("span", { textContent: home.dataset.name || control.value || (control.matches("select") ? "不限地区" : "请选择地区") });
      this.button = make("button", { type: "button", className: "region-button", id: control.id }, icon("place"), this.text, icon("down"));
      this.button.setAttribute("aria-haspopup", "dialog");
      const said = control.getAttribute("aria-describedby");
      if (said) this.button.setAttribute("aria-describedby", said);
      this.any = control.matches("select") || !control.required;
      home.replaceChildren(this.input, this.button);
      this.button.addEventListener("click", () => this.open());
      if (control.value && !home.dataset.name) load(home.dataset.region).then((data) => this.show(data, data.byCode.get(control.value)), () => {});
      this.label();
    }

    label() {
      this.button.setAttribute("aria-label", `${this.home.dataset.label}：${this.text.textContent}`);
    }

    show(data, one) {
      if (one) this.text.textContent = fullName(data, one);
      this.label();
    }

    build() {
      this.search = make("input", { type: "search", placeholder: "搜地名或拼音，如 成都、chengdu、cd", autocomplete: "off" });
      this.search.setAttribute("aria-label", "搜索地区");
      this.trail = make("div", { className: "region-path" });
      this.choices = make("div", { className: "region-choices" });
      const close = make("button", { type: "button", className: "icon-button", title: "关闭" }, icon("close"));
      close.setAttribute("aria-label", "关闭");
      const title = make("h2", { className: "dialog-title", textContent: `选择${this.home.dataset.label}` });
      this.dialog = make("dialog", { className: "dialog dialog-wide" },
        make("div", { className: "dialog-head" }, title, close),
        make("div", { className: "region-tools" }, this.search, this.trail), this.choices);
      this.dialog.setAttribute("aria-label", title.textContent);
      close.addEventListener("click", () => this.dialog.close());
      this.search.addEventListener("input", () => this.find());
      this.search.addEventListener("keydown", (event) => {
        if (event.isComposing) return;
        if (event.key === "Enter") {
          event.preventDefault();
          this.choices.querySelector(".region-choice")?.click();
        } else if (event.key === "ArrowDown") {
          event.preventDefault();
          this.choices.querySelector("button")?.focus();
        }
      });
      this.choices.addEventListener("keydown", (event) => this.move(event));
      this.home.append(this.dialog);
    }

    async open() {
      if (!this.dialog) this.build();
      this.choices.replaceChildren(make("p", { className: "region-message", textContent: "正在取地区列表…" }));
      this.search.value = "";
      this.dialog.showModal();
      try {
        this.data = await load(this.home.dataset.region);
      } catch {
        this.choices.replaceChildren(make("p", { className: "region-message", textContent: "地区列表没有取到，请关闭后再试一次。" }));
        return;
      }
      if (this.search.value.trim()) return this.find(); // typed while the list was on its way
      const now = this.data.byCode.get(this.input.value);
      return this.level(now && this.data.children.has(now.code) ? now : now && this.data.byCode.get(now.parent));
    }

    level(parent) {
      const { children } = this.data;
      const only = parent && children.get(parent.code);
      if (only?.length === 1 && only[0].name === parent.name) return this.level(only[0]);
      const steps = [make("button", { type: "button", textContent: "全国", onclick: () => this.level() })];
      path(this.data, parent).forEach((one) => steps.push(icon("right"), make("button", { type: "button", textContent: one.name, onclick: () => this.level(one) })));
      this.trail.replaceChildren(...steps);
      const inside = (children.get(parent ? parent.code : "") || []).map((one) => this.choice(one, one.name));
      const whole = parent ? `选“${fullName(this.data, parent)}”` : this.any ? "不限地区" : "";
      if (whole) inside.unshift(make("button", { type: "button", className: "region-whole", textContent: whole, onclick: () => this.pick(parent) }));
      this.choices.className = "region-choices";
      this.choices.replaceChildren(...inside);
      this.choices.scrollTop = 0;
      (this.choices.querySelector("[aria-pressed='true']") || this.choices.querySelector("button"))?.focus();
      return undefined;
    }

    choice(one, text) {
      const deeper = this.data.children.has(one.code);
      const button = make("button", { type: "button", className: "region-choice" }, text, ...(deeper ? [icon("right")] : []));
      button.setAttribute("aria-pressed", String(one.code === this.input.value));
      button.addEventListener("click", () => (deeper && !this.search.value ? this.level(one) : this.pick(one)));
      return button;
    }

    find() {
      if (!this.data) return undefined;
      const asked = this.search.value.trim().toLowerCase().replace(/\s+/g, "");
      if (!asked) {
        this.level();
        this.search.focus();
        return undefined;
      }
      const plain = (sound) => (sound || "").replace(/[vü]/g, "u"); // lüe, lve and lue
      const heard = plain(asked);
      const rank = (one) => {
        if (one.name.startsWith(asked) || one.initials === asked || plain(one.pinyin) === heard) return 0;
        if (one.name.includes(asked) || plain(one.pinyin).startsWith(heard)) return 1;
        return one.initials?.startsWith(asked) || one.also?.some((other) => other.startsWith(heard)) ? 2 : 9;
      };
      const capital = (one) => (one.code.endsWith("0100") ? 0 : 1);
      const found = this.data.items.map((one) => [rank(one), one]).filter(([order]) => order < 9)
        .sort((a, b) => a[0] - b[0] || path(this.data, a[1]).length - path(this.data, b[1]).length || capital(a[1]) - capital(b[1])).slice(0, 40);
      this.choices.className = "region-choices region-choices-found";
      this.choices.replaceChildren(...(found.length
        ? found.map(([, one]) => this.choice(one, fullName(this.data, one)))
        : [make("p", { className: "region-message", textContent: "没有找到这个地方，请换个写法。" })]));
      return undefined;
    }

    move(event) {
      const buttons = [...this.choices.querySelectorAll("button")];
      const at = buttons.indexOf(document.activeElement);
      if (at < 0) return;
      const top = buttons[at].offsetTop;
      const row = buttons.filter((one) => one.offsetTop === top).length;
      const to = { ArrowRight: at + 1, ArrowLeft: at - 1, ArrowDown: at + row, ArrowUp: at - row, Home: 0, End: buttons.length - 1 }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      if (to < 0) this.search.focus();
      else buttons[Math.min(to, buttons.length - 1)].focus();
    }

    pick(one) {
      this.input.value = one ? one.code : "";
      if (one) this.show(this.data, one);
      else this.text.textContent = "不限地区";
      this.label();
      this.dialog.close();
      this.button.focus();
      this.input.dispatchEvent(new Event("change", { bubbles: true }));
      if ("submit" in this.home.dataset) this.input.form?.requestSubmit();
    }
  }
  const start = (root) => root.querySelectorAll("[data-region]:not([data-ready])").forEach((home) => {
    home.dataset.ready = "";
    new Picker(home);
  });
  start(document);
  document.addEventListener("htmx:load", (event) => start(event.target));
})();
