// Makes what the page would make of choices: node assembled.mjs STORE OUT < choices; writes files, prints losses.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { Choice } from "../../generator/site/assets/composer/choice.mjs";
import { Store } from "../../generator/site/assets/composer/store.mjs";

const [, , folder, out] = process.argv;
const choices = JSON.parse(readFileSync(0, "utf8"));
const said = [];
for (const [number, { locale, own, fragment, formats }] of choices.entries()) {
  const store = new Store(async (path) => JSON.parse(readFileSync(`${folder}/${locale}/${path}`, "utf8")));
  const choice = new Choice(new Map(Object.entries(own)));
  choice.read(fragment);
  for (const format of formats) {
    mkdirSync(`${out}/${number}/${format}`, { recursive: true });
    const files = await store.make(format, choice.title, choice.items);
    for (const [name, bytes] of Object.entries(files)) writeFileSync(`${out}/${number}/${format}/${name}`, bytes);
  }
  said.push({ again: String(choice), items: choice.items, losses: await store.losses(choice.items) });
}
process.stdout.write(JSON.stringify(said));
