// Runs the shared cases: node cases.mjs CASES; prints the files of each, as text.
import { readFileSync } from "node:fs";
import { assemble } from "../../generator/site/assets/composer/assemble.mjs";

const course = { stem: "demo-composed.fr", title: "Mon quiz", decimal: "," };
const made = [];
for (const { title, points, envelope, fragments } of JSON.parse(readFileSync(process.argv[2], "utf8"))) {
  const files = await assemble(course, title, { zipped: "", ...envelope }, fragments, points);
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  made.push(Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, decoder.decode(bytes)])));
}
process.stdout.write(JSON.stringify(made));
