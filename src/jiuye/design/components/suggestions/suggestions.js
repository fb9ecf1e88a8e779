// Offers under a search box while one types: a combobox with a list (WAI-ARIA Authoring Practices, "list autocomplete with
// manual selection"). Without this script the box is a plain search.
(() => {
  const PAUSE = 80; // ms between the last key and the question
  const known = new Map();
  const ask = async (source, text, signal) => {
    const url = `${source}?q=${encodeURIComponent(text)}`;
    if (!known.has(url)) {
      const answer = await fetch(url, { signal, headers: { Accept: "application/json" } });
      if (!answer.ok) return [];
      known.set(url, (await answer.json()).items);
    }
    return known.get(url);
  };

  class Suggestions {
    constructor(input, number) {
      this.input = input;
      this.list = Object.assign(document.createElement("ul"), { className: "suggestions", id: `suggestions-${number}`, hidden: true });
      this.list.setAttribute("role", "listbox");
      this.list.setAttribute("aria-label", "搜索建议");
      this.status = Object.assign(document.createElement("span"), { className: "visually-hidden" });
      this.status.setAttribute("role", "status");
      input.form.append(this.list, this.status);
      Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id, autocomplete: "off" })
        .forEach(([name, value]) => input.setAttribute(name, value));
      this.at = -1;
      input.addEventListener("input", (event) => { if (!event.isComposing) this.wait(); });
      input.addEventListener("compositionend", () => this.wait());
      input.addEventListener("keydown", (event) => this.key(event));
      input.addEventListener("blur", () => this.close());
      input.form.addEventListener("submit", () => this.close());
      // Pressing an offer must not take the focus from the field first: the list would be gone before the click.
      this.list.addEventListener("pointerdown", (event) => event.preventDefault());
      this.list.addEventListener("mousedown", (event) => event.preventDefault());
      this.list.addEventListener("click", (event) => {
        const option = event.target.closest("[role=option]");
        if (option) this.take(this.items[[...this.list.children].indexOf(option)]);
      });
    }

    wait() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.update(), PAUSE);
    }

    async update() {
      this.asking?.abort();
      const text = this.input.value.trim();
      if (!text) return this.close();
      this.asking = new AbortController();
      let items;
      try {
        items = await ask(this.input.dataset.suggest, text, this.asking.signal);
      } catch {
        return undefined; // A newer question, or no network: what is typed can still be searched for.
      }
      if (text !== this.input.value.trim() || document.activeElement !== this.input) return undefined;
      return items.length ? this.show(items) : this.close();
    }

    show(items) {
      this.items = items;
      this.at = -1;
      this.list.replaceChildren(...items.map((item, number) => {
        const option = Object.assign(document.createElement("li"), { className: "suggestion", id: `${this.list.id}-${number}` });
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        const kind = Object.assign(document.createElement("small"), { className: "suggestion-kind", textContent: item.kind });
        option.append(Object.assign(document.createElement("span"), { textContent: item.text }), kind);
        return option;
      }));
      this.list.hidden = false;
      this.input.setAttribute("aria-expanded", "true");
      this.input.removeAttribute("aria-activedescendant");
      this.status.textContent = `有 ${items.length} 条建议，按上下键选择`;
    }

    close() {
      clearTimeout(this.timer);
      this.asking?.abort();
      this.list.hidden = true;
      this.at = -1;
      this.input.setAttribute("aria-expanded", "false");
      this.input.removeAttribute("aria-activedescendant");
      this.status.textContent = "";
    }

    key(event) {
      if (event.isComposing) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (this.list.hidden) this.update();
        else this.move(event.key === "ArrowDown" ? 1 : -1);
      } else if (event.key === "Escape" && !this.list.hidden) {
        event.preventDefault();
        event.stopPropagation();
        this.close();
      } else if (event.key === "Enter" && !this.list.hidden && this.at >= 0) {
        event.preventDefault();
        this.take(this.items[this.at]);
      }
    }

    // Round from the last to the field itself and on to the first.
    move(step) {
      const options = [...this.list.children];
      const places = options.length + 1;
      this.at = ((this.at + 1 + step + places) % places) - 1;
      options.forEach((option, number) => option.setAttribute("aria-selected", String(number === this.at)));
      if (this.at < 0) return this.input.removeAttribute("aria-activedescendant");
      this.input.setAttribute("aria-activedescendant", options[this.at].id);
      return options[this.at].scrollIntoView({ block: "nearest" });
    }

    take(item) {
      this.close();
      if (item.words) {
        this.input.value = item.words;
        this.input.form.requestSubmit();
      } else {
        window.location.assign(item.href);
      }
    }
  }
  document.querySelectorAll("input[data-suggest]").forEach((input, number) => new Suggestions(input, number));
})();
