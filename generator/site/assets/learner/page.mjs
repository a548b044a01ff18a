// What the learner's pages share: their words, dates as the reader writes them, and which part of them shows.
import { Words } from "../composer/words.mjs";

const DAY = 864e5;

export class LearnerPage {
  constructor(root) {
    this.root = root;
    this.words = new Words(root);
    this.catalogue = JSON.parse(root.querySelector("script[type='application/json']").textContent);
    const language = `${root.closest("[lang]")?.lang || "en"}-u-nu-latn`;
    this.near = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
    this.date = new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" });
    for (const waiting of document.querySelectorAll("[data-waiting]")) waiting.remove();
  }

  part(name) {
    return document.querySelector(`[data-part="${name}"]`);
  }

  /** A day as a date. */
  on(day) {
    return this.date.format(new Date(day * DAY));
  }

  /** A day to come as the time until then; beyond two months, as a date. */
  when(day, today) {
    return day - today > 60 ? this.on(day) : this.near.format(day - today, "day");
  }

  /** Fill the part that a word is named after; without values, empty it. */
  say(name, values) {
    this.part(name).textContent = values ? this.words.say(name, values) : "";
  }
}

/** Call `follow` when another tab has changed something of the course. */
export function followTabs(course, follow) {
  addEventListener("storage", ({ key }) => {
    if (key === null || key.split(":")[2] === course) follow();
  });
}
