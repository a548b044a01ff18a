// Runs the shared cases against the script that the page and the packages grade with.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { judge, normalise, number } from "../../generator/player/assets/quiz/scoring.mjs";

const cases = JSON.parse(readFileSync(new URL("cases.json", import.meta.url), "utf8"));

for (const { name, item, response, decimal, score, parts } of cases.judge) {
  test(name, () => {
    const found = judge(cases.items[item], response, decimal);
    assert.ok(Math.abs(found.score - score) < 1e-9, `${found.score} instead of ${score}`);
    if (parts) assert.deepEqual(found.parts.map((one) => [one.id, one.credit, one.feedback]), parts);
  });
}

for (const [typed, bare] of cases.normalise) test(`normalise ${JSON.stringify(typed)}`, () => assert.equal(normalise(typed), bare));

for (const [typed, decimal, value] of cases.number)
  test(`number ${JSON.stringify(typed)} ${decimal}`, () => assert.equal(number(typed, decimal), value));
