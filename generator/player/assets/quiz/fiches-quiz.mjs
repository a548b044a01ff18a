// <fiches-quiz>: brings the questions inside it to life, adds up their score and keeps the answers.
//
// It fires, and both bubble:
// - `fiches:answer`, for every answer that is checked, and for each at the end of an exam or of a pretest:
//   { item, response, draft?, score, raw, hints, confidence?, points, mode, misconceptions }. `raw` is what the answer
//   earns by itself and `score` what is left once the hints are paid, both from 0 to 1; `mode` is "practice", "exam" or
//   "pretest"; `misconceptions` are the ids of the wrong ideas that the answer betrays; `draft` is a free answer's text.
// - `fiches:score`, whenever the total changes: { score, total, done, count, mode }.
//
// What is kept in this browser, by item: { response?, draft?, hints?, confidence? }, under `fiches:1:<course>:<quiz>`
// (practice), and apart from it under the same name and `:exam` or `:pretest`; `:settings` keeps how the quiz is set up.
// A state without hints or confidence, as earlier editions kept it, reads as it always did.
import { Question } from "./question.mjs";
import { LocalStore } from "./store.mjs";

export { LocalStore };

/** Set `store` to keep the answers elsewhere, before or after this module is loaded. */
export class FichesQuiz extends HTMLElement {
  /** The questions, in the order of the page; `asked` says which of them this quiz asks. */
  questions = [];
  asked = () => true;
  mode = "practice";
  #store;
  #modes;

  connectedCallback() {
    for (const name of ["storage", "hashchange"]) addEventListener(name, this);
    if (this.questions.length) return;
    if (Object.hasOwn(this, "store")) {
      this.#store = this.store;
      delete this.store;
    }
    const { decimal, hint, items } = JSON.parse(this.querySelector(":scope > script").textContent);
    this.language = this.closest("[lang]")?.lang || "en";
    this.numbers = new Intl.NumberFormat(`${this.language}-u-nu-latn`, { maximumFractionDigits: 2 });
    const changed = (question, checked) => this.#changed(question, checked);
    const seam = { decimal, cost: hint, word: (...name) => this.word(...name), changed };
    this.questions = items.map((item) => new Question(this.querySelector(`[data-item="${item.id}"]`), item, seam));
    this.querySelector("[data-do=reset]").addEventListener("click", () => this.reset());
    this.querySelector("[data-do=wrong]")?.addEventListener("click", () => this.modes((modes) => modes.wrong()));
    this.#restore();
    this.#offer();
    this.#watch();
  }

  disconnectedCallback() {
    for (const name of ["storage", "hashchange"]) removeEventListener(name, this);
  }

  /** Another tab has answered, or a link says how this quiz is to be set up: follow it. */
  handleEvent({ type, key }) {
    if (type === "hashchange") this.#linked();
    else if (key === null || key === this.store.key) this.#restore();
  }

  /** The ways to take the quiz, loaded when they are first wanted; `then` is given them. */
  modes(then = () => {}) {
    this.#modes ??= import("./modes.mjs").then(({ Modes }) => new Modes(this));
    return this.#modes.then(then);
  }

  get #options() {
    return this.querySelector("[data-options]");
  }

  #offer() {
    const options = this.#options;
    if (!options) return;
    options.hidden = false;
    options.addEventListener("toggle", () => this.modes(), { once: true });
    if (Object.keys(new LocalStore(`${this.key}:settings`).load()).length) this.modes((modes) => modes.link());
    else this.#linked();
  }

  #linked() {
    if (location.hash.startsWith("#quiz=") && this.#options) this.modes((modes) => modes.link());
  }

  /** Makes what can be arranged ready for hands as it comes near. */
  #watch() {
    const near = new IntersectionObserver(
      (seen) => {
        for (const { target } of seen.filter(({ isIntersecting }) => isIntersecting)) {
          near.unobserve(target);
          const question = this.questions.find(({ form }) => form.contains(target));
          import("./arrange.mjs").then(({ arrange }) => arrange(question, target));
        }
      },
      { rootMargin: "50%" },
    );
    for (const target of this.querySelectorAll("[data-arrange]")) near.observe(target);
  }

  /** The name under which this browser keeps the quiz. */
  get key() {
    const { course, quiz } = this.dataset;
    return `fiches:1:${course}:${quiz}`;
  }

  get store() {
    return (this.#store ??= new LocalStore(this.key));
  }

  set store(store) {
    this.#store = store;
    this.#restore();
  }

  get active() {
    return this.questions.filter(({ item }) => this.asked(item.id));
  }

  /** The points earned and to be earned, the questions checked and in all. */
  get result() {
    const all = this.active;
    const add = (numbers) => numbers.reduce((sum, one) => sum + one, 0);
    return {
      score: add(all.map(({ score, item }) => score * item.points)),
      total: add(all.map(({ item }) => item.points)),
      done: all.filter(({ done }) => done).length,
      count: all.length,
      mode: this.mode,
    };
  }

  reset() {
    const state = { ...this.store.load() };
    for (const { item } of this.active) delete state[item.id];
    this.store.save(state);
    for (const question of this.active) question.clear();
    this.tell();
    this.fire("score", this.result);
    this.querySelector("[data-item]:not([hidden]) fieldset :is(input, select, textarea, button:not([hidden] *))").focus();
  }

  #restore() {
    const state = this.store.load();
    for (const question of this.questions) question.restore(state[question.item.id]);
    this.tell();
  }

  #changed(question, checked) {
    const { item, entry } = question;
    // Read again before writing, because another tab may have answered in between.
    const state = { ...this.store.load() };
    if (state[item.id]?.response === undefined) delete state[item.id]; // kept in the order of first answers
    this.store.save({ ...state, [item.id]: entry });
    if (checked) this.answered(question);
    this.tell();
    if (!question.quiet) this.fire("score", this.result);
  }

  /** Tells the page what was answered. */
  answered({ item, entry, score, raw, misconceptions }) {
    this.fire("answer", { item: item.id, hints: 0, ...entry, score, raw, points: item.points, mode: this.mode, misconceptions });
  }

  fire(name, detail) {
    this.dispatchEvent(new CustomEvent(`fiches:${name}`, { bubbles: true, detail }));
  }

  /** Shows the total. */
  tell() {
    const { result } = this;
    const box = this.querySelector("[data-total]");
    const quiet = this.questions[0]?.quiet;
    box.hidden = quiet || !result.done;
    const wrong = this.querySelector("[data-do=wrong]");
    if (wrong) wrong.hidden = !this.#options || !this.active.some(({ done, right }) => done && !right);
    this.slots(box, result);
  }

  /** A word of the page, its slots filled. */
  word(name, values = {}) {
    const found = Array.from(this.querySelectorAll("template"), ({ content }) => content.querySelector(`[data-word="${name}"]`));
    const word = found.find(Boolean).cloneNode(true);
    this.slots(word, values);
    return word;
  }

  slots(element, values) {
    for (const slot of element.querySelectorAll("[data-slot]")) {
      const value = values[slot.dataset.slot];
      if (value !== undefined) slot.textContent = typeof value === "number" ? this.numbers.format(value) : value;
    }
  }
}

customElements.define("fiches-quiz", FichesQuiz);
