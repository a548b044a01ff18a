// <fiches-quiz>: brings the questions inside it to life, adds up their score and keeps the answers.
import { Question } from "./question.mjs";
import { LocalStore } from "./store.mjs";

export { LocalStore };

/**
 * Fires `fiches:answer` { item, response, score, points } (and `draft`, of a free answer) and `fiches:score`
 * { score, total, done, count }. Set `store` to keep the answers elsewhere, before or after this module is loaded.
 */
export class FichesQuiz extends HTMLElement {
  #questions = [];
  #store;

  connectedCallback() {
    addEventListener("storage", this);
    if (this.#questions.length) return;
    if (Object.hasOwn(this, "store")) {
      this.#store = this.store;
      delete this.store;
    }
    const { decimal, items } = JSON.parse(this.querySelector("script").textContent);
    const language = this.closest("[lang]")?.lang || "en";
    this.numbers = new Intl.NumberFormat(`${language}-u-nu-latn`, { maximumFractionDigits: 2 });
    const seam = { decimal, word: (...name) => this.#word(...name), changed: (question) => this.#changed(question) };
    this.#questions = items.map((item) => new Question(this.querySelector(`[data-item="${item.id}"]`), item, seam));
    this.querySelector("[data-do=reset]").addEventListener("click", () => this.reset());
    this.#restore();
  }

  disconnectedCallback() {
    removeEventListener("storage", this);
  }

  /** Another tab has answered: follow it. */
  handleEvent({ key }) {
    if (key === null || key === this.store.key) this.#restore();
  }

  get store() {
    const { course, quiz } = this.dataset;
    return (this.#store ??= new LocalStore(`fiches:1:${course}:${quiz}`));
  }

  set store(store) {
    this.#store = store;
    this.#restore();
  }

  /** The points earned and to be earned, the questions checked and in all. */
  get result() {
    const all = this.#questions;
    const add = (numbers) => numbers.reduce((sum, one) => sum + one, 0);
    return {
      score: add(all.map(({ score, item }) => score * item.points)),
      total: add(all.map(({ item }) => item.points)),
      done: all.filter(({ entry }) => entry).length,
      count: all.length,
    };
  }

  reset() {
    this.store.save({});
    for (const question of this.#questions) question.clear();
    this.#tell();
    this.#fire("score", this.result);
    this.querySelector("fieldset :is(input, select, textarea, button:not([hidden] *))").focus();
  }

  #restore() {
    const state = this.store.load();
    for (const question of this.#questions) question.restore(state[question.item.id]);
    this.#tell();
  }

  #changed(question) {
    const { item, entry, score } = question;
    // Read again before writing, because another tab may have answered in between.
    this.store.save({ ...this.store.load(), [item.id]: entry });
    this.#fire("answer", { item: item.id, ...entry, score, points: item.points });
    this.#tell();
    this.#fire("score", this.result);
  }

  #fire(name, detail) {
    this.dispatchEvent(new CustomEvent(`fiches:${name}`, { bubbles: true, detail }));
  }

  #tell() {
    const { result } = this;
    const box = this.querySelector("[data-total]");
    box.hidden = !result.done;
    this.#slots(box, result);
  }

  #word(name, values = {}) {
    const word = this.querySelector("[data-words]").content.querySelector(`[data-word="${name}"]`).cloneNode(true);
    this.#slots(word, values);
    return word;
  }

  #slots(element, values) {
    for (const slot of element.querySelectorAll("[data-slot]")) {
      const value = values[slot.dataset.slot];
      slot.textContent = typeof value === "number" ? this.numbers.format(value) : value;
    }
  }
}

customElements.define("fiches-quiz", FichesQuiz);
