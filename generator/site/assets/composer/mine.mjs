// The chosen items: their order, their points, and the title of the quiz.
import { allowed } from "./choice.mjs";

export class Mine {
  #root;
  #list;
  #words;
  #rows = new Map();
  #act;

  /** `name(uid)` gives the words for an item; `act` holds what its buttons and fields do. */
  constructor(root, words, name, act) {
    this.#root = root;
    this.#words = words;
    this.name = name;
    this.#act = act;
    this.#list = root.querySelector("[data-chosen]");
    this.title = root.querySelector("[name=title]");
    this.title.addEventListener("input", () => act.title(this.title.value));
    root.hidden = false;
    const copy = root.querySelector("[data-do=copy]");
    copy.hidden = !navigator.clipboard;
    for (const button of root.querySelectorAll("[data-actions] button")) {
      button.addEventListener("click", () => act[button.dataset.do]());
    }
  }

  /** Show a choice; what has the focus keeps it. */
  show({ items, title }) {
    const focused = document.activeElement;
    this.#list.replaceChildren(...items.map(({ uid, points }) => this.#row(uid, points)));
    if (this.#list.contains(focused)) focused.focus();
    if (this.title.value !== title) this.title.value = title;
    this.#root.querySelector("[data-empty]").hidden = items.length > 0;
    this.#root.querySelector("[data-actions]").hidden = !items.length;
    this.#root.querySelector("[data-total]").hidden = !items.length;
  }

  /** Give the focus to what is left where an item was: the next one, or the one before it, or the heading. */
  focus(place = 0) {
    const rows = this.#list.children;
    const row = rows[Math.min(place, rows.length - 1)];
    (row?.querySelector("[data-do=remove]") ?? this.#root.querySelector("h2")).focus();
  }

  #row(uid, points) {
    if (!this.#rows.has(uid)) this.#rows.set(uid, this.#made(uid));
    const row = this.#rows.get(uid);
    const input = row.querySelector("input");
    if (input !== document.activeElement || Number(input.value) !== points) input.value = points;
    input.removeAttribute("aria-invalid");
    return row;
  }

  #made(uid) {
    const row = this.#words.copy(this.#root.querySelector("[data-chosen-item]"), this.name(uid));
    const input = row.querySelector("input");
    input.addEventListener("change", () => {
      const points = Number(input.value);
      if (allowed(points)) this.#act.weigh(uid, points);
      else this.#act.wrong(input);
    });
    for (const button of row.querySelectorAll("button")) {
      button.addEventListener("click", () => this.#act[button.dataset.do](uid));
    }
    return row;
  }
}
