// The list of all items: filtered, and ticked where an item is chosen.

const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

export class List {
  #root;
  #form;
  #words;
  #sheets;
  #items;

  /** `changed(uids, chosen, name)` is told which items were ticked or not, and the name of the only one. */
  constructor(root, words, changed) {
    this.#root = root;
    this.#words = words;
    this.#form = root.querySelector("[data-filters]");
    this.#sheets = [...root.querySelectorAll("details[data-sheet]")];
    this.#items = new Map([...root.querySelectorAll("[data-item]")].map((row) => [row.dataset.item, described(row)]));
    root.querySelector("[data-list]").disabled = false;
    for (const { row, uid, prompt, box } of this.#items.values()) {
      row.addEventListener("change", () => changed([uid], box.checked, prompt));
    }
    for (const sheet of this.#sheets) {
      sheet.querySelector("[data-all]").hidden = false;
      sheet.querySelector("[data-do=all]").addEventListener("click", () => changed(this.#addable(sheet), true));
    }
    this.#form.addEventListener("input", () => this.filter());
    this.#form.addEventListener("submit", (event) => event.preventDefault());
    this.#form.addEventListener("reset", () => setTimeout(() => this.filter()));
    this.filter();
  }

  /** The own points of each item, by uid. */
  get points() {
    return new Map([...this.#items.values()].map(({ uid, points }) => [uid, points]));
  }

  name(uid) {
    const { prompt, sheet } = this.#items.get(uid);
    return { entry: prompt, sheet };
  }

  /** Tick the items that are chosen, and count them sheet by sheet. */
  tick(uids) {
    const chosen = new Set(uids);
    for (const { uid, box } of this.#items.values()) box.checked = chosen.has(uid);
    for (const sheet of this.#sheets) {
      const total = sheet.querySelectorAll("[data-item]").length;
      const n = sheet.querySelectorAll("[data-item] input:checked").length;
      sheet.querySelector("[data-count]").textContent = this.#words.say("count", { n, total });
      sheet.toggleAttribute("data-some", n > 0);
    }
  }

  filter() {
    this.#narrow(this.#form.elements.sheet.value);
    const { words: typed, ...wanted } = Object.fromEntries(new FormData(this.#form));
    const words = folded(typed).split(/\s+/).filter(Boolean);
    const filtered = Boolean(words.length || Object.values(wanted).some(Boolean));
    let n = 0;
    for (const item of this.#items.values()) n += !(item.row.hidden = !suits(item, wanted, words));
    for (const each of this.#sheets) {
      each.hidden = !each.querySelector("[data-item]:not([hidden])");
      each.open = filtered && !each.hidden;
    }
    this.#root.querySelector("[data-found]").textContent = this.#words.say("found", { n });
  }

  /** Offer the objectives of one sheet only, once a sheet is asked for. */
  #narrow(sheet) {
    const { objective } = this.#form.elements;
    for (const group of objective.querySelectorAll("optgroup")) {
      group.hidden = group.disabled = Boolean(sheet) && group.dataset.sheet !== sheet;
    }
    if (objective.selectedOptions[0]?.parentElement.disabled) objective.value = "";
  }

  #addable(sheet) {
    return [...sheet.querySelectorAll("[data-item]:not([hidden])")].map((row) => row.dataset.item);
  }
}

function described(row) {
  const { item: uid, ask, level, bloom, objective, points } = row.dataset;
  const details = row.closest("details");
  const sheet = details.querySelector("h3").textContent;
  return {
    row, uid, ask, level, sheet,
    points: Number(points),
    prompt: row.querySelector("[data-prompt]").textContent,
    box: row.querySelector("input"),
    goals: [bloom, objective],
    id: details.dataset.sheet,
    text: folded(`${sheet} ${row.textContent}`),
  };
}

function suits(item, { sheet, ask, level, objective }, words) {
  return (
    (!sheet || item.id === sheet) &&
    (!ask || item.ask === ask) &&
    (!level || item.level === level) &&
    (!objective || item.goals.includes(objective)) &&
    words.every((word) => item.text.includes(word))
  );
}
