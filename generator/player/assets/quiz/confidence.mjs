// How sure the learner says to be before each answer is checked, and what that is worth at the end.

// With these, to say what one really thinks pays best.
const WRONG = [0, 0, -2, -6];
const SURE = 3;

/** The points of an answer: right, its level; half right stands half-way. */
export const worth = (level, raw) => raw * level + (1 - raw) * WRONG[level];

/** `{ levels: [{ level, count, share }], points, most, errors }` of `[{ confidence, raw }]`; an error is sure, and wrong. */
export function calibrated(answers) {
  const told = answers.filter(({ confidence }) => confidence);
  const sum = (numbers) => numbers.reduce((total, one) => total + one, 0);
  const levels = [1, 2, 3].map((level) => {
    const raws = told.filter(({ confidence }) => confidence === level).map(({ raw }) => raw);
    return { level, count: raws.length, share: sum(raws) / raws.length };
  });
  return {
    levels,
    points: sum(told.map(({ confidence, raw }) => worth(confidence, raw))),
    most: told.length * SURE,
    errors: told.filter(({ confidence, raw }) => confidence === SURE && raw < 1 - 1e-9),
  };
}

/** Asks before each answer of a quiz, and reports once all are given. */
export class Confidence {
  #boxes = new Map();

  constructor(quiz, linked) {
    Object.assign(this, { quiz, linked, report: quiz.querySelector("[data-report]") });
    for (const name of ["fiches:score", "fiches:answer"]) quiz.addEventListener(name, () => this.tell());
  }

  /** Asks, or no longer does. */
  set(on) {
    this.on = on;
    // What an author assesses by a rubric is not right or wrong.
    for (const question of this.quiz.questions.filter(({ item }) => item.kind !== "free")) {
      if (on && !this.#boxes.has(question)) this.#boxes.set(question, this.#box(question));
      const box = this.#boxes.get(question);
      if (!box) continue;
      box.hidden = !on;
      this.#fill(box, question);
    }
    this.tell();
  }

  #box(question) {
    const box = this.quiz.word("sure-box");
    question.actions.before(box);
    question.form.addEventListener("fiches:filled", () => this.#fill(box, question));
    for (const input of box.querySelectorAll("input")) input.disabled = Boolean(question.form.dataset.state);
    return box;
  }

  #fill(box, question) {
    for (const one of box.querySelectorAll("input")) one.checked = Number(one.value) === question.entry?.confidence;
  }

  tell() {
    const asked = this.quiz.active.filter(({ item }) => item.kind !== "free");
    const answers = asked.map((question) => ({ question, raw: question.raw, confidence: question.entry?.confidence }));
    const { levels, points, most, errors } = calibrated(answers);
    const over = !asked[0]?.quiet && (this.ended || asked.every(({ done }) => done));
    this.report.hidden = !this.on || !over || !most;
    const percent = new Intl.NumberFormat(`${this.quiz.language}-u-nu-latn`, { style: "percent" });
    for (const { level, count, share } of levels)
      this.quiz.slots(this.report, { [`count-${level}`]: count, [`share-${level}`]: count ? percent.format(share) : "–" });
    this.quiz.slots(this.report, { points, most });
    const box = this.report.querySelector("[data-errors]");
    box.hidden = !errors.length;
    box.querySelector("[data-list]").replaceChildren(...this.linked(errors.map(({ question }) => question)));
  }
}
