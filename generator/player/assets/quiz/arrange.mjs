// Matching, ordering, categorising by hand: drag a thing to its place, or tap it and then its place; Escape gives up.
// The fields below still hold the answer: drop-down lists, and the order of the entries.
import { dressed } from "./dress.mjs";

const FAR = 6; // pixels: less is a tap
const EDGE = 60; // of the window, where a drag scrolls

export async function arrange(question, box) {
  await dressed;
  const kind = box.dataset.arrange === "order" ? Order : box.dataset.arrange === "categories" ? Categories : Pairs;
  new kind(question, box).begin();
}

class Arranged {
  #held; // the thing that was picked, by a tap or a key
  #drag;

  constructor(question, box) {
    Object.assign(this, { question, box });
  }

  begin() {
    const { question, box } = this;
    const focused = box.querySelector(":focus");
    this.prepare();
    focused?.focus(); // it moved
    box.classList.add("fi-arranged");
    box.addEventListener("pointerdown", (event) => this.#press(event));
    box.addEventListener("click", (event) => this.#tap(event), true);
    box.addEventListener("keydown", (event) => event.key === "Escape" && (this.#held || this.#drag) && this.#drop(event));
    for (const name of ["input", "fiches:filled"]) question.form.addEventListener(name, () => this.sync());
    this.sync();
  }

  sync() {}

  get #free() {
    return !this.box.closest("fieldset").disabled;
  }

  // Dragging: a grip by any pointer; with a mouse, the words beside it too.
  #press(event) {
    const grip = event.target.closest("[data-grip]");
    const words = event.pointerType === "mouse" && event.target.closest(".fi-row__text, .fi-order__text");
    const thing = this.thing(grip ?? (words || null));
    if (!thing || event.button || !this.#free) return;
    if (words) event.preventDefault(); // no text is selected
    const { pointerId, clientX: x, clientY: y } = event;
    this.#drag = { thing, x, y, moved: false, ended: new AbortController() };
    const { signal } = this.#drag.ended;
    const mine = (act) => (one) => one.pointerId === pointerId && act(one);
    addEventListener("pointermove", mine((one) => this.#pull(one)), { signal });
    addEventListener("pointerup", mine((one) => this.#release(one)), { signal });
    addEventListener("pointercancel", mine(() => this.#let()), { signal });
    addEventListener("keydown", (one) => one.key === "Escape" && this.#drop(one), { signal });
  }

  #pull({ clientX, clientY }) {
    const drag = this.#drag;
    const [x, y] = [clientX - drag.x, clientY - drag.y];
    if (!drag.moved && Math.hypot(x, y) < FAR) return;
    if (!drag.moved) this.#pick(null);
    drag.moved = true;
    drag.thing.dataset.dragged = "";
    drag.thing.style.translate = `${x}px ${y}px`;
    this.#mark(this.#under(clientX, clientY));
    scrollBy(0, clientY < EDGE ? -8 : clientY > innerHeight - EDGE ? 8 : 0);
  }

  #release({ clientX, clientY }) {
    const { thing, moved } = this.#drag;
    const place = moved && this.#under(clientX, clientY);
    this.#let();
    if (!moved) return;
    // The click that ends a drag.
    addEventListener("click", swallow, { capture: true, once: true });
    setTimeout(() => removeEventListener("click", swallow, true));
    if (place) this.put(thing, place);
  }

  #let() {
    const { thing, ended } = this.#drag;
    ended.abort();
    delete thing.dataset.dragged;
    thing.style.translate = "";
    this.#drag = undefined;
    this.#mark(null);
  }

  #under(x, y) {
    const hit = document.elementsFromPoint(x, y).filter((one) => this.box.contains(one) && !this.#drag.thing.contains(one));
    return hit.map((one) => this.place(one)).find((place) => place && place !== this.#drag.thing) ?? null;
  }

  #mark(place) {
    for (const one of this.box.querySelectorAll("[data-over]")) delete one.dataset.over;
    if (place) place.dataset.over = "";
  }

  // Tapping, Enter and Space: first the thing, then its place.
  #tap(event) {
    if (!this.#free) return;
    const grip = event.target.closest("[data-grip]");
    const place = this.#held && this.place(event.target);
    if (place && place !== this.#held && !event.target.closest("[data-do]:not([data-do=place])")) {
      event.preventDefault();
      event.stopPropagation();
      const held = this.#held;
      this.#pick(null);
      this.put(held, place);
      this.settle(held, place).focus();
    } else if (grip) {
      const thing = this.thing(grip);
      this.#pick(thing === this.#held ? null : thing);
    }
  }

  #drop(event) {
    event.preventDefault();
    if (this.#drag) this.#let();
    this.#pick(null);
    this.question.say(this.question.word("dropped"));
  }

  #pick(thing) {
    this.#held = thing;
    this.box.toggleAttribute("data-picking", Boolean(thing));
    for (const grip of this.box.querySelectorAll("[data-grip]"))
      grip.ariaPressed = String(Boolean(thing) && this.thing(grip) === thing);
    for (const button of this.box.querySelectorAll("[data-do=place]")) button.hidden = !thing;
    if (thing) this.question.say(this.question.word("grabbed", { entry: this.name(thing) }));
  }

  /** A button that takes a thing. */
  grip(entry, shown = "") {
    const made = button("fi-grip", shown, shown ? "" : this.question.word("grab", { entry }).textContent);
    made.dataset.grip = "";
    made.ariaPressed = "false";
    return made;
  }

  /** A button that is a place for as long as something is held. */
  spot(entry) {
    const made = button("fi-spot", this.question.word("place-here").textContent, this.question.word("place-at", { entry }).textContent);
    made.dataset.do = "place";
    made.hidden = true;
    return made;
  }

  /** Gives a row its target, by its list. */
  choose(row, value) {
    const list = row.querySelector("select");
    list.value = value;
    list.dispatchEvent(new Event("input", { bubbles: true }));
    const target = list.selectedOptions[0].textContent;
    this.question.say(this.question.word("pair", { source: words(row), target }));
  }
}

/** Entries with grips; their place is another entry's. */
class Order extends Arranged {
  prepare() {
    for (const entry of this.box.children) entry.prepend(this.grip(words(entry)));
  }

  thing = (from) => from?.closest("li");
  place = (from) => from.closest("[data-order] > li");
  name = (entry) => words(entry);
  settle = (entry) => entry.querySelector("[data-grip]");

  put(entry, at) {
    const all = [...this.box.children];
    this.question.move(entry, all.indexOf(at) - all.indexOf(entry));
  }
}

/** Targets as cards, and the rows that they are taken to. */
class Pairs extends Arranged {
  prepare() {
    this.rows = [...this.box.querySelectorAll(".fi-row")];
    const [first] = this.rows;
    const bank = document.createElement("div");
    bank.className = "fi-bank";
    for (const { value, textContent } of [...first.querySelectorAll("option")].filter((option) => option.value)) {
      const card = this.grip(textContent, textContent);
      card.value = value;
      card.dir = "auto";
      bank.append(card);
    }
    first.before(bank);
    this.cards = [...bank.children];
    const listed = this.box.querySelector(".fi-targets");
    if (listed) listed.hidden = true; // the cards say it
    for (const row of this.rows) row.append(this.spot(words(row)));
  }

  thing = (from) => from?.closest(".fi-bank [data-grip]");
  place = (from) => from.closest(".fi-row");
  name = (card) => card.textContent;
  settle = (card, row) => row.querySelector("select");
  put = (card, row) => this.choose(row, card.value);

  sync() {
    const used = new Set(this.rows.map((row) => row.querySelector("select").value));
    for (const card of this.cards) card.toggleAttribute("data-used", used.has(card.value));
  }
}

/** Rows that are taken to one of some boxes, and stand in it. */
class Categories extends Arranged {
  prepare() {
    this.rows = [...this.box.querySelectorAll(".fi-row")];
    const options = [...this.rows[0].querySelectorAll("option")].filter((option) => option.value);
    this.zones = new Map(options.map(({ value, textContent }) => [value, this.#zone(value, textContent)]));
    this.start = document.createElement("div");
    this.start.append(...this.rows);
    const zones = document.createElement("div");
    zones.className = "fi-zones";
    zones.append(...this.zones.values());
    this.box.append(this.start, zones);
    const listed = this.box.querySelector(".fi-targets");
    if (listed) listed.hidden = true; // the boxes are named after it
    for (const row of this.rows) row.prepend(this.grip(words(row)));
    this.box.addEventListener("focusout", () => setTimeout(() => this.sync()));
  }

  #zone(value, name) {
    const zone = document.createElement("div");
    zone.className = "fi-zone";
    zone.dataset.zone = value;
    Object.assign(zone, { role: "group", ariaLabel: name });
    const title = document.createElement("p");
    title.append(name);
    title.dir = "auto";
    zone.append(title, this.spot(name));
    return zone;
  }

  thing = (from) => from?.closest(".fi-row");
  // The grip of a row that stands in a box takes the row; it is no place.
  place = (from) => (from.closest("[data-grip]") ? null : from.closest("[data-zone]"));
  name = (row) => words(row);
  settle = (row) => row.querySelector("[data-grip]");
  put = (row, zone) => this.choose(row, zone.dataset.zone);

  /** Each row stands where its list says; one whose list is in use waits until it is left. */
  sync() {
    for (const row of this.rows) {
      const list = row.querySelector("select");
      const home = this.zones.get(list.value) ?? this.start;
      if (row.parentElement !== home && list !== document.activeElement) home.append(row);
    }
  }
}

function button(kind, shown, name) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: kind });
  if (name) made.ariaLabel = name;
  made.append(shown);
  return made;
}

const words = (row) => row.querySelector(".fi-row__text, .fi-order__text").textContent.trim();

function swallow(event) {
  event.preventDefault();
  event.stopPropagation();
}
