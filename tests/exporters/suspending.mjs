// Reads cases from standard input, and writes what is kept of each and what is read back.
import { readFileSync } from "node:fs";
import { Suspended } from "../../generator/player/assets/lms/suspend.mjs";

const { items, shapes, limit, states } = JSON.parse(readFileSync(0, "utf8"));
const kept = new Suspended(items, new Map(Object.entries(shapes)), limit);
const made = states.map((state) => kept.write(state)).map((text) => ({ text, state: kept.read(text) }));
process.stdout.write(JSON.stringify(made));
