// The quiz of this page, for whoever keeps its answers: what it asks, and how long each answer took.

export const quiz = document.querySelector("fiches-quiz");
const { decimal, items } = JSON.parse(quiz.querySelector("script").textContent);
export { decimal, items };

/** The share of the points that passes, where the LMS does not say another. */
export const mastery = Number(document.querySelector("main").dataset.mastery);

// A page that is read in the quiz's place would end it.
for (const link of document.querySelectorAll('a[href^="http"]')) Object.assign(link, { target: "_blank", rel: "noopener" });

const form = (item) => quiz.querySelector(`[data-item="${item.id}"]`);
const values = (fields, name) => [...new Set(Array.from(fields, (field) => field.getAttribute(name)).filter(Boolean))];

/** By item: its elements and what they may be given, as ids in the order in which they are shown. */
export const shapes = new Map(
  items.map((item) => {
    const elements = values(form(item).querySelectorAll("fieldset [data-element]"), "data-element");
    return [item.id, { elements, targets: values(form(item).querySelectorAll("fieldset :is(option, [type=radio])"), "value") }];
  }),
);

/** The permanent id of an item in this locale. */
export const identify = (item) => form(item).parentElement.id;

/** The question in plain characters. */
export function prompt(item) {
  const legend = form(item).querySelector("legend").cloneNode(true);
  for (const extra of legend.querySelectorAll(".fi-item__number, small")) extra.remove();
  return legend.textContent.trim().replace(/\s+/g, " ");
}

const opened = performance.now();
const begun = new Map();

quiz.addEventListener("focusin", ({ target }) => {
  const { item } = target.closest("[data-item]")?.dataset ?? {};
  if (item && !begun.has(item)) begun.set(item, performance.now());
});

/** The seconds since the learner first came to an item; the next call counts from now. */
export function latency(item) {
  const since = begun.get(item) ?? opened;
  begun.set(item, performance.now());
  return (performance.now() - since) / 1000;
}

/** The seconds since the page was opened. */
export const elapsed = () => (performance.now() - opened) / 1000;

/** Starts the quiz; without a store, it keeps its answers in this browser. */
export async function play(store) {
  if (store) quiz.store = store;
  await import("../quiz/fiches-quiz.mjs");
}

/** Calls `ended` when the page goes away, and `hidden` whenever it may never come back. */
export function leaving(hidden, ended) {
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && hidden());
  addEventListener("pagehide", ended);
  // A page that comes back from the browser's cache has closed its session: it opens another.
  addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
}
