// The ways to take a quiz beyond practice: exam, pretest, mistakes only, mixed, shared by a link, on paper.
import { Confidence } from "./confidence.mjs";
import "./dress.mjs";
import { LocalStore } from "./store.mjs";
import { fresh, given, mixed, read, written } from "./shuffle.mjs";

const PRETEST = 3;

/** The name of an item within its quiz, as links write it. */
const short = ({ item }) => item.id.slice(item.id.indexOf(".") + 1);

export class Modes {
  /** `{ mode, seed, items, minutes, confidence, end, ended, link }`: what is not set is left out. */
  settings = {};
  #parts = {};

  constructor(quiz) {
    Object.assign(this, { quiz, kept: new LocalStore(`${quiz.key}:settings`), stores: { practice: quiz.store } });
    for (const name of ["options", "told", "exam", "missing", "after", "known", "total", "link", "copied"])
      this.#parts[name] = quiz.querySelector(`[data-${name}]`);
    this.form = this.#parts.options.querySelector("form");
    this.fields = this.form.elements;
    this.groups = Array.from(quiz.querySelectorAll(".fi-group"), (group) => ({ group, forms: [...group.querySelectorAll("[data-item]")] }));
    this.choices = quiz.questions.map(({ form }) => [...form.querySelectorAll("fieldset > [data-element]")]);
    this.confidence = new Confidence(quiz, (questions) => this.#links(questions));
    this.timer = new Timer(quiz, () => this.#end(true));
    this.#listen();
    const kept = this.kept.load();
    if (Object.keys(kept).length) {
      this.#apply(kept);
      this.#fill(kept);
    }
    for (const button of this.form.querySelectorAll("button")) button.disabled = false;
  }

  #listen() {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.begin(this.#asked);
      this.#parts.options.open = false;
      this.#goTo(this.#parts.told);
    });
    this.fields.shuffle.addEventListener("change", () => (this.fields.seed.value ||= fresh()));
    this.quiz.addEventListener("input", () => this.#miss([]));
    const acts = {
      share: () => this.#share(),
      print: () => this.#print(),
      finish: () => this.#finish(),
      anyway: () => this.#end(),
      whole: () => this.#leave(this.#parts.told),
      read: () => this.#leave(document.querySelector(`[data-pretest="${this.quiz.dataset.quiz}"] summary`)),
    };
    this.quiz.addEventListener("click", ({ target }) => acts[target.closest("[data-do]")?.dataset.do]?.());
  }

  /** Takes the quiz as the address says, once. */
  link() {
    const told = read(location.hash);
    if (!told || this.settings.link === location.hash) return;
    const settings = { ...told, link: location.hash };
    if (told.mode !== "exam" || !told.minutes) {
      this.begin(settings);
      return this.#goTo(this.#parts.told);
    }
    // Time runs only once the learner says so.
    this.waiting = settings;
    this.#fill(settings);
    this.quiz.dataset.waiting = "";
    this.#parts.options.open = true;
    this.form.querySelector("[data-do=begin]").focus();
  }

  /** What the fields say. */
  get #asked() {
    const { mode, seed, count, minutes, shuffle, confidence } = this.fields;
    const mix = shuffle.checked || Number(count.value) ? Number(seed.value) || fresh() : undefined;
    const all = mixed(mix, this.quiz.questions, short).map(short);
    const items = this.waiting?.items ?? (Number(count.value) ? all.slice(0, Number(count.value)) : undefined);
    return given({
      mode: mode.value,
      seed: mix,
      items: items?.length < all.length && items,
      minutes: mode.value === "exam" && Number(minutes.value),
      confidence: confidence.checked,
    });
  }

  #fill({ mode = "practice", seed, items, minutes, confidence }) {
    const { fields } = this;
    fields.mode.value = mode === "exam" ? mode : "practice";
    fields.shuffle.checked = Boolean(seed);
    fields.confidence.checked = Boolean(confidence);
    const values = { seed, minutes, count: seed && items?.length };
    for (const [name, value] of Object.entries(values)) fields[name].value = value ?? "";
  }

  /** Begins anew; what practice has kept stays. */
  begin(settings) {
    const { mode, minutes } = settings;
    this.waiting = undefined;
    delete this.quiz.dataset.waiting;
    if (!settings.link) forget();
    if (mode !== "practice") this.#store(mode).save({});
    if (mode === "pretest") settings.items ??= this.#sample();
    this.#apply(given({ ...settings, end: mode === "exam" && minutes && Date.now() + minutes * 60_000 }));
  }

  // One each for as long as the page lives: where nothing can be kept, they remember.
  #store(mode) {
    return (this.stores[mode] ??= new LocalStore(`${this.quiz.key}:${mode}`));
  }

  #sample() {
    const judged = this.quiz.questions.filter(({ item }) => item.kind !== "free");
    return mixed("pretest", judged, short).slice(0, PRETEST).map(short);
  }

  #apply(settings) {
    const { quiz } = this;
    const { mode = "practice", seed, ended = false, confidence = false } = (this.settings = settings);
    const known = quiz.questions.filter((question) => settings.items?.some((name) => [short(question), question.item.id].includes(name)));
    const asked = new Set((known.length ? known : quiz.questions).map(({ item }) => item.id));
    quiz.asked = (id) => asked.has(id);
    Object.assign(quiz.dataset, { mode, taken: ended ? "ended" : mode === "practice" ? "" : "quiet" });
    quiz.mode = mode;
    // A pretest never says which answers are right: that is what the sheet is for.
    for (const question of quiz.questions) this.#set(question, mode === "pretest" || (mode === "exam" && !ended), mode !== "practice" && ended);
    this.#order(seed);
    quiz.store = this.#store(mode);
    if (mode === "exam" && ended) for (const question of quiz.active) question.show();
    this.confidence.ended = mode === "exam" && ended;
    this.confidence.set(confidence && mode !== "pretest");
    this.timer.set(ended ? undefined : settings.end);
    this.#tell(mode, seed, ended);
    this.kept.save(mode === "practice" && !seed && !settings.items && !confidence && !settings.link ? {} : settings);
  }

  #set(question, quiet, locked) {
    question.clear();
    question.quiet = quiet;
    question.form.hidden = !this.quiz.asked(question.item.id);
    question.form.querySelector("fieldset").disabled = locked;
  }

  #order(seed) {
    const { quiz } = this;
    const groups = mixed(seed, this.groups, ({ forms }) => forms[0].dataset.item);
    const start = document.createComment("");
    quiz.querySelector(".fi-group").before(start);
    start.replaceWith(...groups.map(({ group }) => group));
    for (const { group, forms } of groups) {
      group.append(...mixed(seed, forms, ({ dataset }) => dataset.item));
      group.hidden = forms.every(({ hidden }) => hidden);
    }
    // Two choices are yes and no, or true and false: they stay.
    for (const options of this.choices)
      if (options.length > 2) options[0].parentElement.append(...mixed(seed, options, (one) => `${one.closest("form").id}/${one.dataset.element}`));
    const numbers = [...quiz.querySelectorAll("[data-item]:not([hidden]) .fi-item__number")];
    for (const [place, number] of numbers.entries()) number.textContent = quiz.numbers.format(place + 1);
  }

  #tell(mode, seed, ended) {
    const { told, exam, after, known } = this.#parts;
    const { quiz } = this;
    const words = [mode !== "practice" && quiz.word(mode), seed && quiz.word("order", { n: String(seed) })].filter(Boolean);
    told.replaceChildren(...words);
    exam.hidden = mode === "practice" || ended;
    this.#miss([]);
    after.hidden = mode === "practice" ? !this.settings.items : mode === "exam" && !ended;
    known.hidden = after.querySelector("[data-do=read]").hidden = mode !== "pretest" || !ended;
    quiz.slots(known, { n: quiz.active.filter(({ right }) => right).length, total: quiz.active.length });
    quiz.tell();
  }

  #finish() {
    const left = this.quiz.active.filter(({ done }) => !done);
    if (!left.length) return this.#end();
    this.#miss(left);
    this.#parts.missing.focus();
  }

  #miss(left) {
    const { missing, exam } = this.#parts;
    missing.hidden = exam.querySelector("[data-do=anyway]").hidden = !left.length;
    exam.querySelector("[data-do=finish]").hidden = left.length > 0;
    missing.querySelector("[data-list]").replaceChildren(...this.#links(left));
  }

  #end(late = false) {
    const { quiz } = this;
    this.#apply({ ...this.settings, ended: true });
    for (const question of quiz.active.filter(({ done }) => done)) quiz.answered(question);
    quiz.fire("score", quiz.result);
    if (late) this.#parts.told.append(quiz.word("time-over"));
    this.#goTo(quiz.mode === "exam" ? this.#parts.total.querySelector("p") : this.#parts.known);
  }

  /** Asks again what was not right, and nothing else. */
  wrong() {
    const { quiz, settings } = this;
    const left = quiz.active.filter(({ done, right }) => !right && (done || settings.ended));
    const state = { ...this.stores.practice.load() };
    for (const { item } of left) delete state[item.id];
    this.stores.practice.save(state);
    const { seed, confidence } = settings;
    this.begin(given({ mode: "practice", items: left.map(short), seed, confidence }));
    this.#goTo(this.#parts.told);
  }

  #leave(next) {
    this.begin({ mode: "practice" });
    this.#fill({});
    this.#goTo(next ?? this.#parts.told);
  }

  #goTo(place) {
    if (!place.matches("summary")) place.tabIndex = -1;
    place.focus({ preventScroll: true });
    place.scrollIntoView({ block: "center" });
  }

  #links(questions) {
    const shown = [...this.quiz.querySelectorAll("[data-item]")].filter((form) => questions.some((one) => one.form === form));
    return shown.map((form) => {
      const link = Object.assign(document.createElement("a"), { href: `#${form.id}`, className: "fi-number" });
      link.append(form.querySelector(".fi-item__number").textContent);
      return link;
    });
  }

  async #share() {
    const { link, copied } = this.#parts;
    const address = location.href.split("#")[0] + written(this.#asked);
    link.hidden = false;
    this.fields.link.value = address;
    this.fields.link.select();
    copied.replaceChildren();
    try {
      await navigator.clipboard.writeText(address);
      copied.replaceChildren(this.quiz.word("copied"));
    } catch {
      // not allowed here: the link is selected
    }
  }

  #print() {
    const { dataset } = document.documentElement;
    const folded = this.quiz.questions.map(({ answer: { hidden, open }, answer }) => () => Object.assign(answer, { hidden, open }));
    dataset.fiPrint = this.fields.key.checked ? "key" : "blank";
    if (this.fields.key.checked) for (const { answer } of this.quiz.questions) Object.assign(answer, { hidden: false, open: true });
    const restore = () => {
      delete dataset.fiPrint;
      for (const fold of folded) fold();
    };
    addEventListener("afterprint", restore, { once: true });
    print();
  }
}

/** Takes from the address what no longer holds. */
function forget() {
  if (location.hash.startsWith("#quiz=")) history.replaceState(history.state, "", location.pathname + location.search);
}

const SAID = [600, 300, 60, 30]; // seconds

/** The time that is left: shown each second, said aloud when it grows short, and never stopped. */
class Timer {
  #every;
  #last;

  constructor(quiz, over) {
    Object.assign(this, { quiz, over, shown: quiz.querySelector("[data-time]"), soon: quiz.querySelector("[data-soon]") });
  }

  /** Counts down to a moment, in milliseconds of the clock; to none, it stops. */
  set(end) {
    clearInterval(this.#every);
    this.shown.hidden = !end;
    this.soon.replaceChildren();
    this.#last = undefined;
    if (!end) return;
    // By the clock, so that a page that sleeps or is loaded again gains nothing.
    this.#every = setInterval(() => this.#tick(end), 500);
    this.#tick(end);
  }

  #tick(end) {
    const left = Math.max(0, Math.ceil((end - Date.now()) / 1000));
    const time = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    this.quiz.slots(this.shown, { time });
    if (SAID.some((mark) => this.#last > mark && left <= mark)) this.soon.replaceChildren(this.quiz.word("time-left", { time }));
    this.#last = left;
    if (left) return;
    clearInterval(this.#every);
    // Not within the call that sets it: the page may just be loading.
    queueMicrotask(this.over);
  }
}
