// Reads a batch of responses and texts from standard input and writes what the page's script makes of them.
import { readFileSync } from "node:fs";
import { judge, normalise, number } from "../../generator/player/assets/quiz/scoring.mjs";

const batch = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(
  JSON.stringify({
    judge: batch.judge.map(([item, response, decimal]) => judge(item, response, decimal)),
    normalise: batch.normalise.map((text) => normalise(text)),
    number: batch.number.map(([text, decimal]) => number(text, decimal)),
  }),
);
