// One item on the page: reads and writes its fields, and shows a verdict beside each answer.
import { judge, normalise, number } from "./scoring.mjs";

const CONTROLS = "input, select, textarea, button";
const verdict = (credit) => (credit > 1 - 1e-9 ? "right" : credit > 0 ? "partly" : "wrong");

export class Question {
  /** What was last checked: `{ response }`, and the `draft` of a free answer; undefined before. */
  entry;
  #marked = false;

  constructor(form, item, { decimal, word, changed }) {
    Object.assign(this, { form, item, decimal, word, changed });
    for (const name of ["actions", "answer", "verdict", "explanation", "order"]) this[name] = this.#one(`[data-${name}]`);
    [this.check, this.retry] = ["check", "retry"].map((name) => this.#one(`[data-do=${name}]`));
    this.hints = [...form.querySelectorAll(".fi-hint")];
    this.actions.hidden = false;
    if (this.order) this.#prepareOrder();
    this.#listen();
    this.#rest();
  }

  #one(selector) {
    return this.form.querySelector(selector);
  }

  #listen() {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!this.#marked) this.submit();
    });
    this.form.addEventListener("input", ({ target }) => {
      if (target.name === "met") this.#keep();
      else this.#unmark();
    });
    this.form.addEventListener("click", ({ target }) => this.#click(target.closest("[data-do]")));
    this.hints.forEach((hint, place) =>
      hint.addEventListener("toggle", () => {
        if (hint.open && this.hints[place + 1]) this.hints[place + 1].hidden = false;
      }),
    );
  }

  #click(button) {
    const what = button?.dataset.do;
    if (what === "retry") this.#again();
    if (what === "up" || what === "down") this.#move(button, what);
  }

  /** The learner's answer, in the form that scoring expects. */
  get response() {
    const fields = new FormData(this.form);
    const { kind, targets, gaps } = this.item;
    if (kind === "choice") return fields.getAll("choice");
    if (kind === "free") return fields.getAll("met");
    if (kind === "order") return [...this.order.children].map((entry) => entry.dataset.element);
    if (kind === "text" || kind === "numeric") return fields.get("answer");
    const given = Object.keys(targets ?? gaps).map((id) => [id, fields.get(id)]);
    return Object.fromEntries(given.filter(([, value]) => value));
  }

  #fill({ response, draft }) {
    const { kind } = this.item;
    if (kind === "order") this.#arrange(response);
    else if (kind === "text" || kind === "numeric") this.form.elements.answer.value = response;
    else if (kind === "choice" || kind === "free") {
      for (const box of this.form.querySelectorAll("[name=choice], [name=met]")) box.checked = response.includes(box.value);
      if (kind === "free") this.form.elements.draft.value = draft ?? "";
    } else for (const [id, value] of Object.entries(response)) this.form.elements.namedItem(id).value = value;
  }

  get #draft() {
    return this.form.elements.draft.value;
  }

  /** What keeps the answer from being checked, as the name of a word. */
  get #lack() {
    const { response } = this;
    if (this.item.kind === "free") return this.#draft.trim() ? "" : "empty";
    if (this.item.kind === "numeric" && response.trim()) return number(response, this.decimal) === null ? "no-number" : "";
    const said = typeof response === "string" ? normalise(response) : Object.keys(response);
    return said.length ? "" : "empty";
  }

  submit() {
    const lack = this.#lack;
    if (lack) {
      this.verdict.replaceChildren(this.word(lack));
      this.#one(`fieldset :is(${CONTROLS})`).focus();
      return;
    }
    this.#keep();
    this.#show();
    if (this.item.kind !== "free") this.retry.focus();
    else {
      this.answer.open = true;
      this.answer.querySelector("summary").focus();
    }
  }

  #keep() {
    this.entry = { response: this.response, ...(this.item.kind === "free" && { draft: this.#draft }) };
    this.changed(this);
  }

  get score() {
    return this.entry ? judge(this.item, this.entry.response, this.decimal).score : 0;
  }

  #show() {
    this.#unmark();
    this.answer.hidden = false;
    if (this.item.kind === "free") return;
    const found = judge(this.item, this.entry.response, this.decimal);
    const state = verdict(found.score);
    this.#marked = true;
    this.check.hidden = true;
    this.retry.hidden = false;
    this.form.dataset.state = this.verdict.dataset.state = state;
    this.verdict.replaceChildren(this.word(state));
    const replies = found.parts.map((part) => this.#mark(part));
    // Focus moves to this button, which then reads every reply aloud.
    this.retry.setAttribute("aria-describedby", replies.map(({ id }) => id).join(" "));
    if (state === "right" && this.explanation) this.actions.after(copy(this.explanation));
  }

  #mark({ id, credit, feedback }) {
    const element = this.#one(`[data-element="${id}"]`);
    const reply = document.createElement("div");
    reply.className = "fi-reply";
    reply.id = `${this.form.id}--${id}--reply`;
    reply.dataset.state = element.dataset.state = verdict(credit);
    const label = element.querySelector("[aria-label]:not(button)");
    const under = this.#one(`[data-reply="${id}"]`);
    if (under) reply.append(label.getAttribute("aria-label"), " ");
    const word = document.createElement("strong");
    word.className = "fi-verdict";
    word.append(this.word(verdict(credit)));
    reply.append(word);
    const said = feedback && this.answer.querySelector(`[data-for="${feedback}"]`);
    if (said) reply.append(" ", copy(said));
    if (credit > 0) reply.querySelector(".fi-idea")?.remove();
    (under ?? element).append(reply);
    for (const control of described(element)) control.setAttribute("aria-describedby", reply.id);
    return reply;
  }

  #unmark() {
    this.verdict.replaceChildren();
    if (!this.#marked) return;
    this.#marked = false;
    this.check.hidden = false;
    this.retry.hidden = true;
    for (const marked of [this.form, this.verdict, ...this.form.querySelectorAll("[data-element]")]) delete marked.dataset.state;
    for (const added of this.form.querySelectorAll(".fi-reply, .fi-item > [data-explanation]")) added.remove();
    for (const control of this.form.querySelectorAll("fieldset [aria-describedby]")) control.removeAttribute("aria-describedby");
  }

  /** Leaves what was right, takes away what was wrong, and goes to it. */
  #again() {
    const wrong = [...this.form.querySelectorAll("[data-element][data-state]:not([data-state=right])")];
    this.#unmark();
    for (const field of wrong.flatMap((part) => [...part.querySelectorAll("input, select")]))
      if (field.type === "radio" || field.type === "checkbox") field.checked = false;
      else if (field.type !== "text") field.value = "";
    const next = (wrong[0] ?? this.form).querySelector(`:is(${CONTROLS}):not([hidden], [hidden] *)`);
    next.focus();
    if (next.type === "text") next.select();
  }

  /** Shows a kept entry, or the untouched item if there is none. */
  restore(entry) {
    if (JSON.stringify(entry) === JSON.stringify(this.entry)) return;
    this.clear();
    if (!entry) return;
    try {
      this.#fill(entry);
      this.entry = entry;
      this.#show();
    } catch {
      this.clear(); // kept by an older edition of the item: it is asked again
    }
  }

  /** Makes the item as it was before anyone touched it. */
  clear() {
    this.entry = undefined;
    this.form.reset();
    if (this.order) this.order.replaceChildren(...this.shown);
    this.#unmark();
    this.#rest();
  }

  #rest() {
    this.answer.hidden = true;
    this.answer.open = false;
    this.hints.forEach((hint, place) => Object.assign(hint, { open: false, hidden: place > 0 }));
  }

  #prepareOrder() {
    this.shown = [...this.order.children];
    for (const entry of this.shown) {
      entry.querySelector("select").hidden = true;
      entry.querySelector(".fi-order__moves").hidden = false;
    }
    this.order.addEventListener("keydown", (event) => {
      const what = { ArrowUp: "up", ArrowDown: "down" }[event.key];
      if (!what || !event.target.dataset.do) return;
      event.preventDefault();
      this.#move(event.target, what);
    });
  }

  #arrange(ids) {
    const places = ids.map((id) => this.shown.find((entry) => entry.dataset.element === id));
    this.order.replaceChildren(...new Set([...places, ...this.shown].filter(Boolean)));
  }

  #move(button, what) {
    const entry = button.closest("li");
    const other = what === "up" ? entry.previousElementSibling : entry.nextElementSibling;
    if (!other) return;
    this.#unmark();
    if (what === "up") other.before(entry);
    else other.after(entry);
    button.focus();
    const entries = [...this.order.children];
    const text = entry.querySelector(".fi-order__text").textContent;
    this.verdict.replaceChildren(this.word("moved", { entry: text, n: entries.indexOf(entry) + 1, total: entries.length }));
  }
}

const described = (element) => (element.hasAttribute("role") ? [element] : element.querySelectorAll(CONTROLS));

/** A copy that can stand beside its original: no id twice. */
function copy(original) {
  const made = original.cloneNode(true);
  for (const element of [made, ...made.querySelectorAll("[id]")]) element.removeAttribute("id");
  return made;
}
