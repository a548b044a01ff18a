// The pure modules of the learner's pages: records, schedule, mastery, and data taken out and put back.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as library from "../../generator/site/assets/vendor/ts-fsrs-5.4.2.mjs";

const FOLDER = "../../generator/site/assets/learner";
const { answered, blank, dayOf, placed, read } = await import(`${FOLDER}/record.mjs`);
const { algorithm, interleave, memory, plan, rated, rating } = await import(`${FOLDER}/schedule.mjs`);
const { betrayed, mastery, together } = await import(`${FOLDER}/mastery.mjs`);
const transfer = await import(`${FOLDER}/transfer.mjs`);
globalThis.addEventListener = () => {};
const { History } = await import(`${FOLDER}/history.mjs`);

const DAY = 20_000;
const fsrs = algorithm(library);
const record = (...a) => ({ v: 1, a, m: {} });
const days = (...list) => list.map((day) => [day, 1]);

/** What localStorage is to a page: `room` is how many texts it takes. */
function storage(room = Infinity) {
  const kept = new Map();
  const made = {
    getItem: (key) => kept.get(key) ?? null,
    setItem(key, text) {
      if (!kept.has(key) && kept.size >= room) throw new Error("full");
      kept.set(key, String(text));
    },
    removeItem: (key) => kept.delete(key),
  };
  globalThis.localStorage = new Proxy(made, { ownKeys: () => [...kept.keys()], getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }) });
  return kept;
}

test("a day is the learner's own", () => {
  const at = (minutes) => Object.assign(new Date("2026-03-01T23:30:00Z"), { getTimezoneOffset: () => minutes });
  assert.equal(dayOf(at(-60)), dayOf(at(0)) + 1);
  assert.equal(dayOf(at(300)), dayOf(at(0)));
});

test("the first answer of a day counts", () => {
  const once = answered(blank(), { score: 0, confidence: 2, misconceptions: ["line"] }, DAY);
  assert.deepEqual(once, { v: 1, a: [[DAY, 0, 2]], m: { line: DAY } });
  const twice = answered(once, { score: 1, misconceptions: ["tube"] }, DAY);
  assert.deepEqual(twice, { v: 1, a: [[DAY, 0, 2]], m: { line: DAY, tube: DAY } });
  assert.deepEqual(answered(twice, { score: 1 / 3 }, DAY + 1).a, [[DAY, 0, 2], [DAY + 1, 0.333]]);
});

test("of an answer that learners judge themselves, the last counts, and their rating stays", () => {
  const first = answered(blank(), { score: 0, draft: "…" }, DAY);
  const own = { ...first, a: rated(first.a, 2, DAY) };
  assert.deepEqual(answered(own, { score: 1, draft: "…" }, DAY).a, [[DAY, 1, null, 2]]);
});

test("a guess before reading is no attempt, but betrays what it betrays", () => {
  assert.deepEqual(answered(blank(), { score: 0, mode: "pretest", misconceptions: ["line"] }, DAY), { v: 1, a: [], m: { line: DAY } });
});

test("attempts stay in order when a clock was set back", () => {
  assert.deepEqual(placed(days(DAY, DAY + 9), [DAY + 1, 0]), [[DAY, 1], [DAY + 1, 0], [DAY + 9, 1]]);
});

for (const [name, text] of Object.entries({
  "no JSON": "{",
  "no record": "7",
  "null": "null",
  "no version": '{"a":[],"m":{}}',
  "a version that never was": '{"v":-3,"a":[],"m":{}}',
  "a score above 1": `{"v":1,"a":[[${DAY},2]],"m":{}}`,
  "a day twice": `{"v":1,"a":[[${DAY},1],[${DAY},0]],"m":{}}`,
  "a rating of 5": `{"v":1,"a":[[${DAY},1,null,5]],"m":{}}`,
  "no days of misconceptions": `{"v":1,"a":[],"m":{"line":"yesterday"}}`,
})) test(`read: ${name}`, () => assert.equal(read(text), "broken"));

test("read: what was written, what an older version wrote, what a newer one did", () => {
  const kept = { v: 1, a: [[DAY, 0.5, 3, 1], [DAY + 1, 1]], m: { line: DAY } };
  assert.deepEqual(read(JSON.stringify(kept)), kept);
  const steps = { 0: ({ seen }) => ({ v: 1, a: seen.map((day) => [day, 1]), m: {} }) };
  assert.deepEqual(read(`{"v":0,"seen":[${DAY}]}`, steps), record([DAY, 1]));
  assert.equal(read('{"v":2}'), "newer");
});

test("the rating is the learner's own, or follows from score and confidence", () => {
  const cases = [[[DAY, 0.4], 1], [[DAY, 0.5], 2], [[DAY, 0.99], 2], [[DAY, 1], 3], [[DAY, 1, 2], 3], [[DAY, 1, 3], 4], [[DAY, 1, null, 2], 2]];
  for (const [attempt, expected] of cases) assert.equal(rating(attempt), expected);
});

test("due dates are those of FSRS-6 with its own parameters", () => {
  const due = (...attempts) => memory(attempts, fsrs).due - attempts.at(-1)[0];
  assert.deepEqual([1, 2, 3, 4].map((own) => due([DAY, 1, null, own])), [1, 1, 2, 8]);
  assert.equal(due(...days(DAY, DAY + 2)), 11);
  assert.equal(due(...days(DAY, DAY + 2, DAY + 13)), 46);
  assert.ok(due([DAY, 1], [DAY + 2, 0]) < 3);
  assert.equal(memory([], fsrs), undefined);
});

test("the same attempts as the library's own cards", () => {
  const cards = library.fsrs({ enable_fuzz: false, enable_short_term: false });
  let card = library.createEmptyCard(new Date(DAY * 864e5));
  const attempts = [];
  let day = DAY;
  for (const own of [3, 3, 1, 2, 3, 4, 3]) {
    attempts.push([day, 1, null, own]);
    ({ card } = cards.next(card, new Date(day * 864e5), own));
    assert.ok(Math.abs(memory(attempts, fsrs).stability - card.stability) < 1e-6);
    day = memory(attempts, fsrs).due;
  }
});

const SHEETS = [{ items: ["one.a", "one.b", "one.c"] }, { items: ["two.a", "two.b"] }, { items: ["three.a"] }];

test("what is due comes first, the most nearly forgotten first, sheets in turn", () => {
  const known = new Map([
    ["one.a", record([DAY - 3, 1])],
    ["one.b", record([DAY - 30, 1])],
    ["two.a", record([DAY - 2, 1])],
    ["two.b", record([DAY, 1])],
  ]);
  const found = plan(SHEETS, known, DAY, 3, fsrs);
  assert.deepEqual(found.due, ["one.b", "two.a", "one.a"]);
  assert.deepEqual(found.fresh, ["three.a", "one.c"]); // two.b was new today: of three, two are left
  assert.equal(found.next, DAY + 2);
});

test("new questions: sheets that were begun first, then in reading order; a pace of none", () => {
  const begun = new Map([["two.a", record([DAY - 1, 1])]]);
  assert.deepEqual(plan(SHEETS, begun, DAY, 3, fsrs).fresh, ["two.b", "one.a", "one.b"]);
  assert.deepEqual(plan(SHEETS, new Map(), DAY, 2, fsrs).fresh, ["one.a", "one.b"]);
  assert.deepEqual(plan(SHEETS, new Map(), DAY, 0, fsrs), { due: [], fresh: [], next: undefined });
});

test("what the course no longer asks is never planned", () => {
  assert.deepEqual(plan([], new Map([["gone.a", record([DAY - 9, 1])]]), DAY, 5, fsrs), { due: [], fresh: [], next: undefined });
});

test("interleaving keeps all, in order, and no two of a sheet together where it can", () => {
  assert.deepEqual(interleave(["a.1", "a.2", "a.3", "b.1", "c.1"]), ["a.1", "b.1", "a.2", "c.1", "a.3"]);
  assert.deepEqual(interleave(["a.1", "a.2"]), ["a.1", "a.2"]);
  assert.deepEqual(interleave(["a.1", "b.1"], "a.9"), ["b.1", "a.1"]);
  assert.deepEqual(interleave([]), []);
});

test("an objective is reached on the second day with a right answer, whatever the question", () => {
  assert.deepEqual(mastery([blank()]), { days: 0, state: "new" });
  assert.deepEqual(mastery([record([DAY, 0.9])]), { days: 0, state: "begun" });
  assert.deepEqual(mastery([record([DAY, 1]), record([DAY, 1])]), { days: 1, state: "begun" });
  assert.deepEqual(mastery([record([DAY, 1]), record([DAY + 1, 1])]), { days: 2, state: "done" });
  assert.equal(together(["done", "done"]), "done");
  assert.equal(together(["done", "new"]), "begun");
  assert.equal(together(["new", "new"]), "new");
  assert.equal(together([]), "new");
});

test("a misconception is mended by a later right answer to what betrayed it", () => {
  const one = { v: 1, a: [[DAY, 0], [DAY + 2, 1]], m: { line: DAY } };
  const other = { v: 1, a: [[DAY + 1, 0]], m: { tube: DAY + 1 } };
  assert.deepEqual(betrayed([one, other]), [{ id: "tube", day: DAY + 1, open: true }, { id: "line", day: DAY, open: false }]);
  assert.deepEqual(betrayed([one, { ...other, m: { line: DAY + 1 } }]), [{ id: "line", day: DAY + 1, open: true }]);
});

test("two histories make the same one, whichever came first, and as often as one likes", () => {
  const one = { v: 1, a: [[DAY, 1, 3], [DAY + 2, 0.5]], m: { line: DAY } };
  const other = { v: 1, a: [[DAY, 0, 2], [DAY + 1, 1, null, 2]], m: { line: DAY + 1, tube: DAY } };
  const both = transfer.merged(one, other);
  assert.deepEqual(both, { v: 1, a: [[DAY, 0, 2], [DAY + 1, 1, null, 2], [DAY + 2, 0.5]], m: { line: DAY + 1, tube: DAY } });
  assert.deepEqual(transfer.merged(other, one), both);
  assert.deepEqual(transfer.merged(both, one), both);
});

test("taken out, erased and put back, everything is as before", () => {
  const kept = storage();
  const history = new History("demo");
  history.change("one.a", () => record([DAY, 1]));
  transfer.setPace(history, 10);
  kept.set("fiches:1:demo:one", '{"one.a":{"response":["x"]}}');
  kept.set("fiches:1:demo:one:settings", '{"mode":"exam"}');
  kept.set("fiches:1:other:one", "{}");
  kept.set("theirs", "x");
  const before = new Map(kept);
  const text = JSON.stringify(transfer.taken(history));
  transfer.erase(history);
  assert.deepEqual([...kept.keys()], ["fiches:1:other:one", "theirs"]);
  const found = transfer.checked(text, "demo");
  assert.equal(transfer.put(history, found, true), true);
  assert.deepEqual(new Map([...kept].sort()), new Map([...before].sort()));
  assert.equal(transfer.put(history, found, false), true);
  assert.deepEqual(new Map([...kept].sort()), new Map([...before].sort()));
});

test("merging adds, replacing replaces", () => {
  storage();
  const history = new History("demo");
  history.change("one.b", () => record([DAY, 1]));
  const found = transfer.checked(JSON.stringify({ format: "fiches-history", version: 1, course: "demo", items: { "one.a": record([DAY, 0]) } }), "demo");
  transfer.put(history, found, false);
  assert.deepEqual([...transfer.records(history).keys()], ["one.a", "one.b"]);
  transfer.put(history, found, true);
  assert.deepEqual([...transfer.records(history).keys()], ["one.a"]);
});

test("without room for a whole file, everything stays as it was", () => {
  const kept = storage(2);
  const history = new History("demo");
  history.change("one.a", () => record([DAY, 1]));
  const items = Object.fromEntries(["one.a", "one.b", "one.c"].map((id) => [id, record([DAY + 1, 0])]));
  const found = transfer.checked(JSON.stringify({ format: "fiches-history", version: 1, course: "demo", items }), "demo");
  for (const replace of [true, false]) {
    assert.equal(transfer.put(history, found, replace), false);
    assert.deepEqual([...kept], [["fiches:history:demo:one.a", JSON.stringify(record([DAY, 1]))]]);
    assert.deepEqual(history.get("one.b"), blank());
  }
});

test("a file is read only if it is one of ours, and only what is whole in it", () => {
  const file = (change) => JSON.stringify({ format: "fiches-history", version: 1, course: "demo", items: {}, ...change });
  for (const text of ["", "7", "null", "[]", "{}", file({ items: 3 }), file({ format: "x" })]) assert.equal(transfer.checked(text, "demo"), "wrong-file");
  assert.equal(transfer.checked(file({ version: 2 }), "demo"), "newer-file");
  assert.equal(transfer.checked(file({ course: "other" }), "demo"), "other-course");
  const items = { "one.a": record([DAY, 1]), "one.b": { v: 1, a: 3, m: {} }, "<b>": blank(), "x:y": blank(), __proto__: null };
  const answers = { "fiches:1:demo:one": "{}", "fiches:1:demo:two": "no JSON", "fiches:1:other:one": "{}", "fiches:history:demo:one.b": "{}", "theirs": "{}" };
  const found = transfer.checked(file({ items, answers, pace: 1e9 }), "demo");
  assert.deepEqual([...found.items.keys()], ["one.a"]);
  assert.deepEqual(found.answers, [["fiches:1:demo:one", "{}"]]);
  assert.equal(found.skipped, 3);
  assert.equal(found.pace, undefined);
});

test("what cannot be read is set aside, what a newer site wrote is left alone", () => {
  const kept = storage();
  const history = new History("demo");
  kept.set("fiches:history:demo:one.a", "{oops");
  kept.set("fiches:history:demo:one.b", '{"v":2,"better":true}');
  assert.deepEqual([...transfer.records(history)], []);
  assert.equal(transfer.asides(history), 1);
  assert.equal(kept.get("fiches:aside:demo:one.a"), "{oops");
  assert.equal(history.change("one.b", () => record([DAY, 1])), true);
  assert.equal(kept.get("fiches:history:demo:one.b"), '{"v":2,"better":true}');
  assert.deepEqual(transfer.taken(history).aside, { "one.a": "{oops" });
});

test("blocked storage: everything works for as long as the page lives", () => {
  Object.defineProperty(globalThis, "localStorage", { configurable: true, get: () => { throw new Error("blocked"); } });
  const history = new History("demo");
  assert.equal(history.change("one.a", () => record([DAY, 1])), false);
  assert.deepEqual([...transfer.records(history).keys()], ["one.a"]);
  assert.equal(transfer.pace(history), 5);
  transfer.erase(history);
  assert.deepEqual([...transfer.records(history)], []);
  Object.defineProperty(globalThis, "localStorage", { configurable: true, writable: true, value: undefined });
});
