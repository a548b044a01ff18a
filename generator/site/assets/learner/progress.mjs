// The page "Ma progression": what the history says about objectives, sheets and misconceptions.
import { Data } from "./data.mjs";
import { History } from "./history.mjs";
import { DAYS, betrayed, mastery, together } from "./mastery.mjs";
import { LearnerPage, followTabs } from "./page.mjs";
import { blank, dayOf } from "./record.mjs";
import { algorithm, plan } from "./schedule.mjs";
import { asides, pace, records } from "./transfer.mjs";

const SIGNS = { new: "○", begun: "◐", done: "✓" };
const SVG = "http://www.w3.org/2000/svg";

class Progress extends LearnerPage {
  constructor(root) {
    super(root);
    this.history = History.of(this.catalogue.course);
    new Data(this, () => this.show());
    followTabs(this.catalogue.course, () => this.show());
    this.show();
    root.hidden = false;
  }

  show() {
    this.known = records(this.history);
    const { sheets } = this.catalogue;
    const objectives = sheets.flatMap((sheet) => this.#sheet(sheet));
    const items = sheets.flatMap((sheet) => sheet.items);
    const seen = items.filter((item) => this.known.get(item)?.a.length).length;
    const done = objectives.filter((state) => state === "done").length;
    this.say("seen", { n: seen, total: items.length });
    this.say("reached", { n: done, total: objectives.length });
    this.say("aside", asides(this.history) && { n: asides(this.history) });
    this.#misconceptions();
    this.#due();
  }

  /** What is due needs the scheduler, which comes when the rest of the page is there. */
  async #due() {
    const fsrs = algorithm(await import("../vendor/ts-fsrs-5.4.2.mjs"));
    const { due } = plan(this.catalogue.sheets, this.known, dayOf(), pace(this.history), fsrs);
    this.say("due", { n: due.length });
  }

  #sheet({ id, objectives }) {
    const states = Object.entries(objectives).map(([name, items]) => {
      const { days, state } = mastery(items.map((item) => this.known.get(item) ?? blank()));
      const row = document.querySelector(`[data-objective="${id}.${name}"]`);
      mark(row.querySelector("[data-state]"), state, this.words.say(`state-${state}`));
      row.querySelector("[data-days]").textContent = this.words.say("days", { n: Math.min(days, DAYS), total: DAYS });
      return state;
    });
    const state = together(states);
    const box = document.querySelector(`details[data-sheet="${id}"]`);
    const values = { n: states.filter((each) => each === "done").length, total: states.length };
    mark(box.querySelector("summary [data-state]"), state, this.words.say("reached", values));
    this.#node(id, state);
    return states;
  }

  /** Colour a sheet of the map, with a sign in its corner and its state in its name. */
  #node(id, state) {
    const node = document.querySelector(`.fi-d-map [data-concept="${id}"]`);
    node.dataset.mastery = state;
    const title = this.part(`title-${id}`).textContent;
    node.setAttribute("aria-label", this.words.say("node", { title, state: this.words.say(`state-${state}`) }));
    node.querySelector(".fi-d-map-sign")?.remove();
    const box = node.querySelector("rect");
    const sign = document.createElementNS(SVG, "text");
    sign.setAttribute("class", "fi-d-map-sign");
    sign.setAttribute("text-anchor", "middle");
    sign.setAttribute("x", Number(box.getAttribute("x")) + (document.dir === "rtl" ? 0 : Number(box.getAttribute("width"))));
    sign.setAttribute("y", Number(box.getAttribute("y")) + 5);
    sign.textContent = SIGNS[state];
    node.append(sign);
  }

  #misconceptions() {
    const list = this.part("misconceptions");
    const found = betrayed([...this.known.values()]).filter(({ id }) => this.#idea(id));
    for (const line of list.children) line.hidden = true;
    for (const { id, day, open } of found) {
      const line = this.#idea(id);
      line.hidden = false;
      line.querySelector("[data-when]").textContent = this.words.say(open ? "open" : "mended", { date: this.on(day) });
      list.append(line); // last betrayed first
    }
    this.part("no-misconceptions").hidden = found.length > 0;
  }

  #idea(id) {
    return [...this.part("misconceptions").children].find((line) => line.dataset.misconception === id);
  }
}

function mark(element, state, word) {
  element.dataset.state = state;
  element.textContent = word;
}

new Progress(document.querySelector("[data-progress]"));
