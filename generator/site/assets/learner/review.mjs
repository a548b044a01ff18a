// The page "Réviser": what is due today in all sheets, one question at a time.
import "../quiz/fiches-quiz.mjs";
import { History, tellUnkept } from "./history.mjs";
import { LearnerPage, followTabs } from "./page.mjs";
import { dayOf } from "./record.mjs";
import { RATINGS, algorithm, memory, plan, rated, rating } from "./schedule.mjs";
import { Sheets } from "./sheets.mjs";
import { asides, pace, records, setPace } from "./transfer.mjs";

class Review extends LearnerPage {
  #sheets = new Sheets();
  #waiting = [];
  #again = new Set(); // questions that were missed today, asked once more at the end
  #item;
  #score;

  constructor(root, fsrs) {
    super(root);
    this.fsrs = fsrs;
    this.history = History.of(this.catalogue.course);
    this.owners = new Map(this.catalogue.sheets.flatMap((sheet) => sheet.items.map((item) => [item, sheet])));
    for (const button of root.querySelectorAll("[data-do=start]")) button.addEventListener("click", () => this.#start());
    root.querySelector("[data-do=next]").addEventListener("click", () => this.#next());
    this.part("rating").addEventListener("change", ({ target }) => this.#rate(Number(target.value)));
    this.#setUp(root.querySelector("[data-pace]"));
    addEventListener("fiches:answer", ({ detail }) => this.#answered(detail)); // after the history, which came first
    followTabs(this.catalogue.course, () => this.part("session").hidden && this.#plan());
    this.#plan();
    root.hidden = false;
  }

  #setUp(choice) {
    const now = pace(this.history);
    choice.value = String(now);
    if (!choice.value) choice.add(new Option(this.words.numbers.format(now), now, true, true)); // from an imported file
    choice.addEventListener("change", () => {
      if (!setPace(this.history, Number(choice.value))) tellUnkept();
      this.#plan();
    });
  }

  #show(name) {
    for (const part of ["start", "session", "over"]) this.part(part).hidden = part !== name;
  }

  /** Find what there is to do today, and say it. */
  #plan() {
    this.day = dayOf();
    const { sheets } = this.catalogue;
    const { due, fresh, next } = plan(sheets, records(this.history), this.day, pace(this.history), this.fsrs);
    this.#waiting = [...due, ...fresh];
    this.say("plan", { due: due.length, fresh: fresh.length });
    this.say("nothing", !this.#waiting.length && {});
    this.say("next-due", next !== undefined && { when: this.when(next, this.day) });
    this.say("aside", asides(this.history) && { n: asides(this.history) });
    for (const button of this.root.querySelectorAll("[data-do=start]")) button.hidden = !this.#waiting.length;
  }

  #start() {
    this.#plan();
    Object.assign(this, { place: 0, right: 0, total: this.#waiting.length });
    this.#again.clear();
    this.say("not-loaded", false);
    this.#show("session");
    this.#next();
  }

  async #next() {
    this.#settle();
    for (let item = this.#waiting.shift(); item !== undefined; item = this.#waiting.shift()) {
      const sheet = this.owners.get(item);
      const quiz = this.#told(item) ? undefined : await this.#sheets.quiz(sheet.address, item).catch(() => null);
      if (quiz) return this.#ask(item, sheet, quiz);
      this.total--;
      if (quiz === null) this.#leave(sheet);
    }
    return this.#over();
  }

  /** Count the question that was asked; one that was missed comes back once more. */
  #settle() {
    const item = this.#item;
    this.#item = undefined;
    if (item === undefined || this.#score === undefined || this.#again.has(item)) return;
    this.right += this.#score >= 1;
    if (rating(this.#attempt(item) ?? [this.day, this.#score]) > 1) return;
    this.#again.add(item);
    this.#waiting.push(item);
    this.total++;
  }

  #attempt(item) {
    return this.history.get(item)?.a.find(([day]) => day === this.day);
  }

  /** Whether a question was answered meanwhile, in another tab. */
  #told(item) {
    return this.#attempt(item) && !this.#again.has(item);
  }

  /** The sheet cannot be read now: its questions are left for later. */
  #leave(sheet) {
    const left = this.#waiting.filter((item) => this.owners.get(item) !== sheet);
    this.total -= this.#waiting.length - left.length;
    this.#waiting = left;
    this.say("not-loaded", { sheet: sheet.title });
  }

  #ask(item, sheet, quiz) {
    this.#item = item;
    this.#score = undefined;
    this.day = dayOf();
    this.say("place", { n: ++this.place, total: this.total });
    this.say("comes-back", false);
    Object.assign(this.part("sheet"), { textContent: sheet.title, href: sheet.address });
    this.part("rating").hidden = true;
    this.part("question").replaceChildren(quiz);
    this.part("place").focus();
    // The next question's sheet is read meanwhile.
    if (this.#waiting.length) this.#sheets.load(this.owners.get(this.#waiting[0]).address).catch(() => {});
  }

  /** The history has kept the answer: say when the question comes back, and let the learner change that. */
  #answered({ item, score, draft }) {
    if (item !== this.#item || (this.#score !== undefined && draft === undefined)) return;
    this.#score = score;
    const attempt = this.#attempt(item);
    if (!attempt || this.#again.has(item)) return;
    const { a } = this.history.get(item);
    RATINGS.forEach((name, place) => {
      const { due } = memory(rated(a, place + 1, this.day), this.fsrs);
      this.part(`when-${name}`).textContent = this.when(due, this.day);
    });
    this.part("rating").hidden = false;
    this.#chosen(rating(attempt));
  }

  #chosen(value) {
    this.part("rating").querySelector(`[value="${value}"]`).checked = true;
    this.say("comes-back", { when: this.part(`when-${RATINGS[value - 1]}`).textContent });
  }

  #rate(value) {
    if (!this.history.change(this.#item, (record) => ({ ...record, a: rated(record.a, value, this.day) }))) tellUnkept();
    this.#chosen(value);
  }

  #over() {
    this.part("question").replaceChildren();
    this.#plan();
    this.say("result", { right: this.right, total: this.place - this.#again.size });
    this.#show("over");
    this.part("over-title").focus();
  }
}

new Review(document.querySelector("[data-review]"), algorithm(await import("../vendor/ts-fsrs-5.4.2.mjs")));
