// The page's own words: they stand in its templates, with slots for what only the script knows.

/** Fill the slots of an element with values by name; numbers are written by `numbers`. */
export function fill(element, values, numbers) {
  for (const slot of element.querySelectorAll("[data-slot]")) {
    const value = values[slot.dataset.slot];
    slot.textContent = typeof value === "number" ? numbers.format(value) : value;
  }
  return element;
}

export class Words {
  #words;

  constructor(root) {
    const language = root.closest("[lang]")?.lang || "en";
    this.numbers = new Intl.NumberFormat(`${language}-u-nu-latn`);
    this.#words = root.querySelector("[data-words]").content;
  }

  say(name, values = {}) {
    const word = this.#words.querySelector(`[data-word="${name}"]`).cloneNode(true);
    return fill(word, values, this.numbers).textContent;
  }

  /** A copy of what a template holds, with its slots filled. */
  copy(template, values) {
    return fill(template.content.firstElementChild.cloneNode(true), values, this.numbers);
  }
}
