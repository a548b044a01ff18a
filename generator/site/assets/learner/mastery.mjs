// What a history says about objectives, sheets and misconceptions.

/** Right on so many different days, an objective is reached. */
export const DAYS = 2;

const right = ([, score]) => score >= 1;

/** How far an objective is, from the records of the questions that assess it: { days, state }. */
export function mastery(records) {
  const days = new Set(records.flatMap(({ a }) => a.filter(right).map(([day]) => day))).size;
  return { days, state: days >= DAYS ? "done" : records.some(({ a }) => a.length) ? "begun" : "new" };
}

/** The state of a sheet, from those of its objectives. */
export function together(states) {
  if (states.length && states.every((state) => state === "done")) return "done";
  return states.every((state) => state === "new") ? "new" : "begun";
}

/** The misconceptions betrayed, last first: { id, day, open }; open until what betrayed one is answered right later. */
export function betrayed(records) {
  const found = new Map();
  for (const { a, m } of records) {
    for (const [id, day] of Object.entries(m)) {
      const open = !a.some((attempt) => right(attempt) && attempt[0] > day);
      const before = found.get(id) ?? { id, day: 0, open: false };
      found.set(id, { id, day: Math.max(day, before.day), open: open || before.open });
    }
  }
  return [...found.values()].sort((one, other) => other.day - one.day || (one.id < other.id ? -1 : 1));
}
