// When each question comes back (FSRS decides), and in which order questions are asked.

import { placed } from "./record.mjs";

export const RATINGS = ["again", "hard", "good", "easy"];
const [AGAIN, HARD, GOOD, EASY] = [1, 2, 3, 4];
const SURE = 3;

/** The algorithm that `ts-fsrs` makes, in whole days and without chance: the same answers give the same dates. */
export const algorithm = ({ fsrs }) => fsrs({ enable_fuzz: false, enable_short_term: false });

/** The rating of an attempt, from 1 to 4: the learner's own, or what her score and her confidence tell. */
export function rating([, score, confidence, own]) {
  if (own) return own;
  if (score < 0.5) return AGAIN;
  if (score < 1) return HARD;
  return confidence === SURE ? EASY : GOOD;
}

/** Attempts with the learner's own rating, from 1 to 4, of that of a day, if there is one. */
export function rated(attempts, own, day) {
  const before = attempts.find((attempt) => attempt[0] === day);
  return before ? placed(attempts, [day, before[1], before[2] ?? null, own]) : attempts;
}

/** What attempts left in memory: { last, stability, due }, days both; undefined without an attempt. */
export function memory(attempts, fsrs) {
  let state = null;
  let last;
  for (const attempt of attempts) {
    state = fsrs.next_state(state, state ? attempt[0] - last : 0, rating(attempt));
    last = attempt[0];
  }
  return state ? { last, stability: state.stability, due: last + fsrs.next_interval(state.stability, 0) } : undefined;
}

/**
 * What is to be asked on a day: { due, fresh, next }. `sheets` are [{ items }] in the order of the course, `records`
 * maps questions to their records, `pace` is the number of new questions a day; `next` is the first due day to come.
 */
export function plan(sheets, records, day, pace, fsrs) {
  const items = sheets.flatMap((sheet) => sheet.items);
  const known = new Map(items.map((item) => [item, memory(records.get(item)?.a ?? [], fsrs)]));
  const seen = items.filter((item) => known.get(item));
  const recall = (item) => fsrs.forgetting_curve(Math.max(0, day - known.get(item).last), known.get(item).stability);
  const forgotten = seen.filter((item) => known.get(item).due <= day).sort((one, other) => recall(one) - recall(other));
  const due = interleave(forgotten);
  const later = seen.map((item) => known.get(item).due).filter((date) => date > day);
  const today = seen.filter((item) => records.get(item).a[0][0] === day).length;
  return {
    due,
    fresh: interleave(unseen(sheets, known).slice(0, Math.max(0, pace - today)), due.at(-1)),
    next: later.length ? Math.min(...later) : undefined,
  };
}

/** Questions never asked: first those of the sheets that were begun, in turn, then the others in reading order. */
function unseen(sheets, known) {
  const left = sheets.map(({ items }) => items.filter((item) => !known.get(item)));
  const begun = left.filter((items, place) => items.length < sheets[place].items.length);
  const longest = Math.max(0, ...begun.map((items) => items.length));
  const turns = Array.from({ length: longest }, (_, turn) => begun.flatMap((items) => items.slice(turn, turn + 1)));
  return [...turns.flat(), ...left.filter((items) => !begun.includes(items)).flat()];
}

const sheetOf = (item) => item.split(".")[0];

/** The same questions, as much in the same order as lets no two of one sheet follow each other, nor the one `after`. */
export function interleave(items, after = "") {
  const waiting = [...items];
  const made = [];
  while (waiting.length) {
    const other = waiting.findIndex((item) => sheetOf(item) !== sheetOf(made.at(-1) ?? after));
    made.push(...waiting.splice(Math.max(0, other), 1));
  }
  return made;
}
