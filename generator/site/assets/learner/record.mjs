// What is remembered of a question, { v, a, m }: a version, attempts as [day, score, confidence?, rating?], oldest
// first, and the last day of each misconception betrayed. Days are local, from 1970.

export const VERSION = 1;
const STEPS = {}; // by version, what makes the next of it

export const blank = () => ({ v: VERSION, a: [], m: {} });

export const dayOf = (date = new Date()) => Math.floor((date - date.getTimezoneOffset() * 6e4) / 864e5);

/** The record in a text, brought up to date; or "newer", or "broken". */
export function read(text, steps = STEPS) {
  try {
    let record = JSON.parse(text);
    while (record.v < VERSION) record = steps[record.v](record);
    if (record.v > VERSION) return "newer";
    if (valid(record)) return record;
  } catch {}
  return "broken";
}

const whole = (value, least, most) => Number.isInteger(value) && value >= least && value <= most;
const isDay = (value) => whole(value, 1, 1e6);
const isAttempt = ([day, score, sure, rating]) =>
  isDay(day) && score >= 0 && score <= 1 && whole(sure ?? 1, 1, 3) && whole(rating ?? 1, 1, 4);

const valid = ({ v, a, m }) =>
  v === VERSION &&
  a.every((attempt, place) => isAttempt(attempt) && !(attempt[0] <= a[place - 1]?.[0])) &&
  Object.values(m).every(isDay);

/**
 * The record after an answer. The first of a day counts: later ones have seen the feedback. Where learners judge
 * themselves (`draft`), the last does. A pretest betrays misconceptions only.
 */
export function answered(record, { score, confidence, misconceptions = [], mode, draft }, day) {
  const m = { ...record.m };
  for (const id of misconceptions) m[id] = day;
  const before = record.a.find((attempt) => attempt[0] === day);
  if (mode === "pretest" || (before && draft === undefined)) return { ...record, m };
  const made = [day, Math.round(score * 1e3) / 1e3, confidence ?? null, before?.[3] ?? null];
  while (made.at(-1) === null) made.pop();
  return { ...record, a: placed(record.a, made), m };
}

/** Attempts with one more, in order; it replaces that of its day. */
export const placed = (attempts, made) =>
  [...attempts.filter(([day]) => day !== made[0]), made].sort(([one], [other]) => one - other);
