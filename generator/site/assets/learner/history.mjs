// The learner's history: a record a question, kept in this browser only.
import { answered, blank, dayOf, read } from "./record.mjs";

/**
 * In localStorage, which reads and writes in one step: two tabs lose nothing. What it refuses lives as long as the page.
 */
export class History {
  static #all = {};

  memory = new Map();

  constructor(course) {
    Object.assign(this, { course, prefix: `fiches:history:${course}:` });
  }

  static of(course) {
    return (this.#all[course] ??= new History(course));
  }

  /** A record; undefined, and left alone, if a newer site wrote it. */
  get(item) {
    const text = this.text(this.prefix + item);
    const record = text === null ? blank() : read(text);
    if (record === "newer") return undefined;
    if (record !== "broken") return record;
    if (this.keep(`fiches:aside:${this.course}:${item}`, text)) this.keep(this.prefix + item, null);
    return blank();
  }

  /** Change a record; return whether it was kept. */
  change(item, make) {
    const record = this.get(item);
    return !record || this.keep(this.prefix + item, JSON.stringify(make(record)));
  }

  text(key) {
    if (this.memory.has(key)) return this.memory.get(key);
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  }

  /** Keep a text, null takes it away; return whether that was done. */
  keep(key, text) {
    try {
      if (text === null) localStorage.removeItem(key);
      else localStorage.setItem(key, text);
      this.memory.delete(key);
      return true;
    } catch {
      this.memory.set(key, text);
      return false;
    }
  }
}

/** Say that nothing is kept. */
export function tellUnkept() {
  const place = document.querySelector("[data-unkept]");
  const words = place?.querySelector("template");
  if (words) place.replaceChildren(words.content);
}

addEventListener("fiches:answer", ({ target, detail }) => {
  const history = History.of(target.dataset.course);
  if (!history.change(detail.item, (record) => answered(record, detail, dayOf()))) tellUnkept();
});
