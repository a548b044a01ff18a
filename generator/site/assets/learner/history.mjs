// The learner's own history: a small record a question, in this browser and nowhere else.
import { answered, blank, dayOf, read } from "./record.mjs";

/**
 * In localStorage, as it reads, changes and writes in one step: two tabs lose nothing. What cannot be kept lives as
 * long as the page.
 */
export class History {
  static #all = {};

  memory = new Map();

  constructor(course) {
    Object.assign(this, { course, prefix: `fiches:history:${course}:` });
  }

  /** A page has one history of a course. */
  static of(course) {
    return (this.#all[course] ??= new History(course));
  }

  /** The record of a question; undefined, and left alone, if a newer site wrote it. */
  get(item) {
    const text = this.text(this.prefix + item);
    const record = text === null ? blank() : read(text);
    if (record === "newer") return undefined;
    if (record !== "broken") return record;
    this.keep(`fiches:aside:${this.course}:${item}`, text);
    this.keep(this.prefix + item, null);
    return blank();
  }

  /** Change the record of a question; return whether the browser kept it. */
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

  /** Keep a text, or take it away if it is null; return whether the browser did. */
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

/** Say, where the page has a place for it, that nothing is kept. */
export function tellUnkept() {
  const place = document.querySelector("[data-unkept]");
  const words = place?.querySelector("template");
  if (words) place.replaceChildren(words.content);
}

addEventListener("fiches:answer", ({ target, detail }) => {
  const history = History.of(target.dataset.course);
  if (!history.change(detail.item, (record) => answered(record, detail, dayOf()))) tellUnkept();
});
