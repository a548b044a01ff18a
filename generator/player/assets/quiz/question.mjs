// One item on the page: reads and writes its fields, and shows a verdict beside each answer.
import { judge, normalise, number } from "./scoring.mjs";

const CONTROLS = "input, select, textarea, button";
const RIGHT = 1 - 1e-9;
const verdict = (credit) => (credit > RIGHT ? "right" : credit > 0 ? "partly" : "wrong");

/** What an answer earns once its hints are paid: each takes a share `cost` of the item's points. The only rule about hints. */
export const paid = (score, hints, cost) => Math.max(0, score - hints * cost);

export class Question {
  /** What is kept: `{ response, draft, hints, confidence }`, each only where there is one; undefined before. */
  entry;
  /** In an exam, answers are kept as they are given, and nothing is said of them. */
  quiet = false;
  #marked = false;
  #hints = 0;

  constructor(form, item, { decimal, cost, word, changed }) {
    Object.assign(this, { form, item, decimal, cost, word, changed });
    for (const name of ["actions", "answer", "verdict", "explanation", "order"]) this[name] = this.#one(`[data-${name}]`);
    [this.check, this.retry] = ["check", "retry"].map((name) => this.#one(`[data-do=${name}]`));
    this.hints = [...form.querySelectorAll(".fi-hint")];
    for (const shown of [this.actions, ...form.querySelectorAll("[data-cost]")]) shown.hidden = false;
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
      if (!this.#marked && !this.quiet) this.submit();
    });
    this.form.addEventListener("input", ({ target }) => {
      if (target.name === "met") this.#keep(true);
      else this.touched();
    });
    this.form.addEventListener("click", ({ target }) => this.#click(target.closest("[data-do]")));
    this.hints.forEach((hint, place) => hint.addEventListener("toggle", () => hint.open && this.#opened(place + 1)));
  }

  #click(button) {
    const what = button?.dataset.do;
    if (what === "retry") this.#again();
    if (what === "up" || what === "down") this.move(button.closest("li"), what === "up" ? -1 : 1);
  }

  /** A hint costs from when it is opened, unless the item is already answered right. */
  #opened(count) {
    if (this.hints[count]) this.hints[count].hidden = false;
    if (count <= this.#hints || this.raw > RIGHT) return;
    this.#hints = count;
    this.entry = { ...this.entry, hints: count };
    this.changed(this);
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
    const sure = this.#one("[data-sure]:not([hidden])");
    if (lack || (sure && !this.sure)) {
      this.say(this.word(lack || "sure-first"));
      (lack ? this.#one(`fieldset :is(${CONTROLS})`) : sure.querySelector("input")).focus();
      return;
    }
    this.#keep(true);
    this.show();
    if (this.item.kind !== "free") this.retry.focus();
    else {
      this.answer.open = true;
      this.answer.querySelector("summary").focus();
    }
  }

  /** How sure the learner says to be: 1, 2 or 3. */
  get sure() {
    return Number(this.#one("[data-sure]:not([hidden]) :checked")?.value);
  }

  #keep(checked = false) {
    const entry = { response: this.response };
    if (this.item.kind === "free") entry.draft = this.#draft;
    if (this.#hints) entry.hints = this.#hints;
    if (this.sure) entry.confidence = this.sure;
    this.entry = !checked && this.#lack === "empty" ? undefined : entry;
    this.changed(this, checked);
  }

  get done() {
    return this.entry?.response !== undefined;
  }

  get verdicts() {
    return this.done ? judge(this.item, this.entry.response, this.decimal) : { score: 0, parts: [] };
  }

  /** The score of the answer by itself, from 0 to 1. */
  get raw() {
    return this.verdicts.score;
  }

  get score() {
    return paid(this.raw, this.entry?.hints ?? 0, this.cost);
  }

  get right() {
    return this.raw > RIGHT;
  }

  /** The wrong ideas that the answer betrays. */
  get misconceptions() {
    const ideas = this.verdicts.parts.filter(({ credit }) => credit <= 0).map((part) => this.#said(part)?.dataset.idea);
    return [...new Set(ideas.filter(Boolean))];
  }

  /** What is said of an element's answer; a pair's stands under its own id. */
  #said({ id, feedback }) {
    const key = feedback ?? (this.item.kind === "match" ? id : "");
    return this.answer.querySelector(`[data-for="${key}"]`);
  }

  /** Shows the verdict on what is kept. */
  show() {
    this.#unmark();
    this.answer.hidden = false;
    if (this.item.kind === "free") return;
    const found = this.verdicts;
    const state = verdict(found.score);
    this.#marked = true;
    this.check.hidden = true;
    this.retry.hidden = false;
    this.form.dataset.state = this.verdict.dataset.state = state;
    this.say(this.word(this.done ? state : "no-answer"));
    const replies = found.parts.map((part) => this.#mark(part));
    // Focus moves to this button, which then reads every reply aloud.
    this.retry.setAttribute("aria-describedby", replies.map(({ id }) => id).join(" "));
    if (state === "right" && this.explanation) this.actions.after(copy(this.explanation));
    for (const box of this.form.querySelectorAll("[data-sure] input")) box.disabled = true;
  }

  #mark(part) {
    const { id, credit } = part;
    const element = this.#one(`[data-element="${id}"]`);
    const reply = document.createElement("div");
    reply.className = "fi-reply";
    reply.id = `${this.form.id}--${id}--reply`;
    reply.dataset.state = element.dataset.state = verdict(credit);
    const under = this.#one(`[data-reply="${id}"]`);
    if (under) reply.append(element.querySelector("[aria-label]:not(button)").getAttribute("aria-label"), " ");
    const word = document.createElement("strong");
    word.className = "fi-verdict";
    word.append(this.word(verdict(credit)));
    reply.append(word);
    const said = this.#said(part);
    if (said) reply.append(" ", copy(said));
    else if (credit <= 0 && element.querySelector("input[type=text]")) reply.append(" ", this.word(this.#nudge));
    if (credit > 0) reply.querySelector(".fi-idea")?.remove();
    (under ?? element).append(reply);
    for (const control of described(element)) control.setAttribute("aria-describedby", reply.id);
    return reply;
  }

  /** What helps after an answer that nobody foresaw. */
  get #nudge() {
    return !this.quiet && this.hints[this.#hints] ? "see-hint" : "see-why";
  }

  /** To be called after any change of the answer. */
  touched() {
    this.#unmark();
    if (this.quiet) this.#keep();
  }

  /** Says something where assistive technology hears it at once. */
  say(...nodes) {
    this.verdict.replaceChildren(...nodes);
  }

  #unmark() {
    this.say();
    if (!this.#marked) return;
    this.#marked = false;
    this.check.hidden = false;
    this.retry.hidden = true;
    for (const marked of [this.form, this.verdict, ...this.form.querySelectorAll("[data-element]")]) delete marked.dataset.state;
    for (const added of this.form.querySelectorAll(".fi-reply, .fi-item > [data-explanation]")) added.remove();
    for (const control of this.form.querySelectorAll("fieldset [aria-describedby]")) control.removeAttribute("aria-describedby");
    for (const box of this.form.querySelectorAll("[data-sure] input")) box.disabled = false;
  }

  /** Leaves what was right, takes away what was wrong, and goes to it. */
  #again() {
    const wrong = [...this.form.querySelectorAll("[data-element][data-state]:not([data-state=right])")];
    this.#unmark();
    for (const field of wrong.flatMap((part) => [...part.querySelectorAll("input, select")]))
      if (field.type === "radio" || field.type === "checkbox") field.checked = false;
      else if (field.type !== "text") field.value = "";
    this.form.dispatchEvent(new Event("fiches:filled"));
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
      this.#reopen(Number(entry.hints) || 0);
      if (entry.response !== undefined) this.#fill(entry);
      this.entry = entry;
      if (this.done && !this.quiet) this.show();
    } catch {
      this.clear(); // kept by an older edition of the item: it is asked again
    }
    this.form.dispatchEvent(new Event("fiches:filled"));
  }

  #reopen(count) {
    this.#hints = count;
    this.hints.forEach((hint, place) => Object.assign(hint, { open: place < count, hidden: place > count }));
  }

  /** Makes the item as it was before anyone touched it. */
  clear() {
    this.entry = undefined;
    this.form.reset();
    if (this.order) this.order.replaceChildren(...this.shown);
    this.#unmark();
    this.#rest();
    this.form.dispatchEvent(new Event("fiches:filled"));
  }

  #rest() {
    this.answer.hidden = true;
    this.answer.open = false;
    this.#reopen(0);
  }

  #prepareOrder() {
    this.shown = [...this.order.children];
    for (const entry of this.shown) {
      entry.querySelector("select").hidden = true;
      entry.querySelector(".fi-order__moves").hidden = false;
    }
    this.order.addEventListener("keydown", (event) => {
      const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (!step || event.target.type !== "button") return;
      event.preventDefault();
      this.move(event.target.closest("li"), step);
    });
  }

  #arrange(ids) {
    const places = ids.map((id) => this.shown.find((entry) => entry.dataset.element === id));
    this.order.replaceChildren(...new Set([...places, ...this.shown].filter(Boolean)));
  }

  /** Takes an entry of an order some places further, and says where it is. */
  move(entry, step) {
    const others = [...this.order.children];
    const to = others.indexOf(entry) + step;
    if (!others[to]) return;
    others.splice(to - step, 1);
    const focused = document.activeElement;
    this.order.insertBefore(entry, others[to] ?? null);
    if (entry.contains(focused)) focused.focus();
    this.touched();
    const text = entry.querySelector(".fi-order__text").textContent;
    this.say(this.word("moved", { entry: text, n: to + 1, total: others.length + 1 }));
  }
}

const described = (element) => (element.hasAttribute("role") ? [element] : element.querySelectorAll(CONTROLS));

/** A copy that can stand beside its original: no id twice. */
function copy(original) {
  const made = original.cloneNode(true);
  for (const element of [made, ...made.querySelectorAll("[id]")]) element.removeAttribute("id");
  return made;
}
