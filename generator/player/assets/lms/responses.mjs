// A response as an interaction of an LMS: its type, what was given and what is right, in ids or in words.
import { number } from "../quiz/scoring.mjs";

/** `{ type, given, right }`: lists of ids, of pairs or of words; of a number, `right` is the range that is accepted. */
export function interaction(item, { response, draft = "" }, decimal) {
  switch (item.kind) {
    case "choice":
      return { type: "choice", given: response, right: keys(item) };
    case "order":
      return { type: "sequencing", given: response, right: item.order };
    case "match":
      return { type: "matching", given: Object.entries(response), right: Object.entries(item.targets) };
    case "text":
      return { type: "fill-in", given: [response], right: [best(item.answers, text)] };
    case "gap":
      return filled(Object.entries(item.gaps), response);
    case "numeric":
      return { type: "numeric", given: number(response, decimal), right: range(item.answers) };
    case "free":
      return { type: "long-fill-in", given: [draft] };
  }
}

const text = (answer) => answer.text;

function keys({ multiple, credits }) {
  const all = Object.entries(credits);
  const worth = multiple ? Number.MIN_VALUE : Math.max(...Object.values(credits));
  return all.filter(([, credit]) => credit >= worth).map(([id]) => id).slice(0, multiple ? undefined : 1);
}

const best = (answers, what) => what(answers.reduce((one, other) => (other.credit > one.credit ? other : one)));
const range = (answers) => best(answers, ({ value, tolerance }) => [value - tolerance, value + tolerance, value]);

function filled(gaps, response) {
  const right = ([, { credits, answers }]) => (credits ? keys({ credits })[0] : best(answers, text));
  return { type: "fill-in", given: gaps.map(([id]) => response[id] ?? ""), right: gaps.map(right) };
}

/** A number as every LMS reads it: no exponent, at most seven decimals. */
export const decimals = (value) => value.toFixed(7).replace(/\.?0+$/, "");

/** A text on one line, of at most `size` characters and without halves of one. */
export const line = (said, size) =>
  said.replace(/[\x00-\x1f\x7f]+/g, " ").trim().slice(0, size).replace(/\p{Cs}/gu, "");

/** The response and the right one as SCORM 2004 and xAPI spell them. */
export function spelled({ type, given, right }, size = 250) {
  const spell = SPELL[type] ?? ((parts) => parts.join("[,]"));
  return { response: spell(given, size), pattern: right && spell(right, size) };
}

const words = (parts, size) => parts.map((part) => line(part, size).replaceAll("[,]", "[, ]")).join("[,]");

const SPELL = {
  matching: (parts) => parts.map((pair) => pair.join("[.]")).join("[,]"),
  numeric: (value) => (Array.isArray(value) ? value.slice(0, 2).map(decimals).join("[:]") : decimals(value ?? 0)),
  "fill-in": words,
  "long-fill-in": ([draft]) => line(draft, 4000),
};
