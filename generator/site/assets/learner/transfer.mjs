// A learner's data as one value: taken out, checked, merged, put back, erased.
import { VERSION, blank, placed, read } from "./record.mjs";

export const FORMAT = "fiches-history";
const PACES = 50;
const isRecord = (value) => Boolean(value) && typeof value === "object" && !Array.isArray(value);
// Ids as sheets write them: they become keys, and nothing else.
const OWN = /^fiches:(history|aside|pace):/;
const ID = /^[\w-]+(\.[\w-]+)*$/;
const paceKey = (history) => `fiches:pace:${history.course}`;

/** Every key that is kept and begins so. */
function keys(history, prefix) {
  const found = new Set(history.memory.keys());
  try {
    for (const key of Object.keys(localStorage)) found.add(key);
  } catch {
    // blocked: there are only those in memory
  }
  return [...found].filter((key) => key.startsWith(prefix) && history.text(key) !== null).sort();
}

const everything = (history) => keys(history, "fiches:").filter((key) => key.split(":")[2] === history.course);

/** The records of all questions, by question. */
export function records(history) {
  const items = keys(history, history.prefix).map((key) => key.slice(history.prefix.length));
  const found = items.map((item) => [item, history.get(item)]);
  return new Map(found.filter(([item, record]) => record && history.text(history.prefix + item) !== null)); // some were set aside
}

/** New questions a day. */
export function pace(history) {
  const text = history.text(paceKey(history));
  return text !== null && /^\d+$/.test(text) && Number(text) <= PACES ? Number(text) : 5;
}

export const setPace = (history, value) => history.keep(paceKey(history), String(value));

/** The number of records that could not be read. */
export const asides = (history) => keys(history, `fiches:aside:${history.course}:`).length;

/** Everything that is kept of a learner in a course, as a value for JSON. */
export function taken(history) {
  const texts = (found, cut = 0) => Object.fromEntries(found.map((key) => [key.slice(cut), history.text(key)]));
  const aside = `fiches:aside:${history.course}:`;
  return {
    format: FORMAT,
    version: VERSION,
    course: history.course,
    pace: pace(history),
    items: Object.fromEntries(records(history)),
    answers: texts(everything(history).filter((key) => !OWN.test(key))), // what the quizzes show again
    aside: texts(keys(history, aside), aside.length),
  };
}

/** What a file holds: { items, answers, pace, skipped }, or the name of what is wrong with it. */
export function checked(text, course, steps) {
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    return "wrong-file";
  }
  if (!isRecord(value) || value.format !== FORMAT || !isRecord(value.items)) return "wrong-file";
  if (value.version > VERSION) return "newer-file";
  if (value.course !== course) return "other-course";
  const found = Object.entries(value.items).map(([id, item]) => [id, read(JSON.stringify(item), steps)]);
  const items = found.filter(([id, record]) => ID.test(id) && isRecord(record));
  const answers = Object.entries(isRecord(value.answers) ? value.answers : {});
  return {
    items: new Map(items),
    answers: answers.filter(([key, kept]) => isAnswers(key, kept, course)),
    pace: Number.isInteger(value.pace) && value.pace >= 0 && value.pace <= PACES ? value.pace : undefined,
    skipped: found.length - items.length,
  };
}

function isAnswers(key, kept, course) {
  if (OWN.test(key) || !/^fiches:[^:]+:[^:]+(:[\w.-]+)+$/.test(key) || key.split(":")[2] !== course) return false;
  try {
    return isRecord(JSON.parse(kept));
  } catch {
    return false;
  }
}

/** Two records of one question as one; of a day that both know, the attempt that helps most: the less good one. */
export function merged(one, other) {
  const known = new Map(one.a.map((attempt) => [attempt[0], attempt]));
  let a = one.a;
  for (const attempt of other.a) {
    const before = known.get(attempt[0]);
    if (!before || order(attempt, before) < 0) a = placed(a, attempt);
  }
  const m = { ...one.m };
  for (const [id, day] of Object.entries(other.m)) m[id] = Math.max(day, m[id] ?? 0);
  return { ...one, a, m };
}

/** A total order of attempts, so that it does not matter which of two histories came first. */
const order = (one, other) =>
  [1, 2, 3].map((place) => (one[place] ?? 0) - (other[place] ?? 0)).find((difference) => difference) ?? 0;

/** Put back what `checked` found, over what is here or instead of it; return whether all of it was kept. */
export function put(history, found, replace) {
  const before = everything(history).map((key) => [key, history.text(key)]);
  if (replace) erase(history);
  const texts = [...found.items].map(([item, record]) => {
    const here = replace ? blank() : history.get(item);
    return [history.prefix + item, here && JSON.stringify(merged(here, record))];
  });
  const answers = found.answers.filter(([key]) => replace || history.text(key) === null);
  const all = [...texts.filter(([, text]) => text), ...answers];
  if (found.pace !== undefined && (replace || !before.length)) all.push([paceKey(history), String(found.pace)]);
  if (all.every(([key, text]) => history.keep(key, text))) return true;
  for (const [key] of all) history.keep(key, null); // no room for all of it: as before
  for (const [key, text] of before) history.keep(key, text);
  return false;
}

/** Take away everything that is kept of a learner in a course. */
export function erase(history) {
  for (const key of everything(history)) history.keep(key, null);
}
