// Judge an H5P package as a platform that has the libraries: node h5p_check.mjs PACKAGE FOLDER
import { readFileSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const require = createRequire(path.join(import.meta.dirname, "..", "package.json"));
const H5P = require("@lumieducation/h5p-server");
const Validator = require("@lumieducation/h5p-server/build/src/PackageValidator").default;
const yauzl = createRequire(require.resolve("@lumieducation/h5p-server"))("yauzl-promise");

const [file, folder] = process.argv.slice(2);
const config = new H5P.H5PConfig(new H5P.fsImplementations.InMemoryStorage());
const validator = new Validator(config, undefined);
await validator.validateFileSizes(file);

const zip = await yauzl.open(file);
for await (const entry of zip) {
  const stream = await entry.openReadStream();
  const target = path.join(folder, entry.filename);
  mkdirSync(path.dirname(target), { recursive: true });
  const parts = [];
  for await (const part of stream) parts.push(part);
  writeFileSync(target, Buffer.concat(parts));
}
await zip.close();
await validator.validateExtractedPackage(folder, true, false);

// What the server finds in the content when it saves it: the libraries and the files that it uses.
const head = JSON.parse(readFileSync(path.join(folder, "h5p.json"), "utf8"));
const content = JSON.parse(readFileSync(path.join(folder, "content", "content.json"), "utf8"));
const used = content.questions.map((question) => H5P.LibraryName.fromUberName(question.library, { useWhitespace: true }));
const listed = head.preloadedDependencies.map((library) => H5P.LibraryName.toUberName(library));
console.log(JSON.stringify({ listed, used: used.map((library) => H5P.LibraryName.toUberName(library)) }));
