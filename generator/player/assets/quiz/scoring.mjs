// What a response to an item earns: the same rules as generator/scoring.py, held together by tests/scoring/cases.json.

const EPSILON = 1e-9;
const SPACES = /[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;
const INVISIBLE = /[\xad\u200b-\u200f\u2060\ufeff]/g;
const MARKS = /[\u0300-\u036f\u064b-\u0652]/g;

/** The score of a response, from 0 to 1; `decimal` is the decimal separator of the locale. */
export const score = (item, response, decimal = ".") => judge(item, response, decimal).score;

/** The score and, for each element of the response, what it earned and the id of the answer that it matched. */
export function judge(item, response, decimal = ".") {
  const found = RULES[item.kind](item, response, decimal);
  const earned = Math.min(1, Math.max(0, found.score));
  return { score: item.partial ? earned : Number(earned >= 1 - EPSILON), parts: found.parts };
}

const RULES = {
  choice({ multiple, credits }, response) {
    const chosen = ids(response);
    const picked = Object.keys(credits).filter((id) => chosen.includes(id));
    if (!multiple) {
      const parts = picked.map((id) => part(id, credits[id], id));
      return { score: parts.length === 1 ? parts[0].credit : 0, parts };
    }
    const parts = picked.map((id) => part(id, Number(credits[id] > 0), id));
    const right = sum(parts.map(({ credit }) => credit));
    const keys = Object.values(credits).filter((credit) => credit > 0).length;
    return { score: keys ? (right - (parts.length - right)) / keys : 0, parts };
  },
  match({ targets }, response) {
    const given = pairs(response);
    return mean(Object.entries(targets).map(([id, target]) => part(id, Number(given[id] === target), id)));
  },
  order({ order }, response) {
    const given = ids(response);
    return mean(order.map((id, place) => part(id, Number(given[place] === id), id)));
  },
  text: ({ answers }, response) => mean([typed("answer", answers, response)]),
  numeric({ answers }, response, decimal) {
    const value = typeof response === "string" ? number(response, decimal) : null;
    const hit = value !== null && answers.find((one) => Math.abs(one.value - value) <= one.tolerance + EPSILON);
    return mean([hit ? part("answer", hit.credit, hit.id) : part("answer", 0)]);
  },
  gap({ gaps }, response) {
    const filled = pairs(response);
    return mean(
      Object.entries(gaps).map(([id, gap]) => {
        const found = gap.credits ? picked(id, gap.credits, filled[id]) : typed(id, gap.answers, filled[id]);
        return { ...found, feedback: found.feedback && `${id}/${found.feedback}` };
      }),
    );
  },
  free({ rubric }, response) {
    const met = ids(response);
    const total = sum(Object.values(rubric));
    const earned = sum(Object.keys(rubric).map((id) => (met.includes(id) ? rubric[id] : 0)));
    return { score: total ? earned / total : 0, parts: [] };
  },
};

const part = (id, credit, feedback = null) => ({ id, credit, feedback });
const sum = (numbers) => numbers.reduce((total, one) => total + one, 0);
const mean = (parts) => ({ score: parts.length ? sum(parts.map((one) => one.credit)) / parts.length : 0, parts });
const ids = (response) => (Array.isArray(response) ? response : []);
// Without a prototype, so that an id such as "constructor" finds nothing that it was not given.
const pairs = (response) =>
  Object.assign(Object.create(null), typeof response === "object" && !Array.isArray(response) ? response : {});
const picked = (id, credits, value) =>
  typeof value === "string" && Object.hasOwn(credits, value) ? part(id, credits[value], value) : part(id, 0);

function typed(id, answers, value) {
  const said = typeof value === "string" ? normalise(value) : "";
  const hit = said && answers.find((one) => normalise(one.text) === said);
  return hit ? part(id, hit.credit, hit.id) : part(id, 0);
}

/** The text without what a typed answer is not judged on: case, accents, harakat, spacing, final period. */
export function normalise(text) {
  const bare = text.replace(INVISIBLE, "").normalize("NFKD").replace(MARKS, "");
  const lower = bare.normalize("NFC").toLowerCase().replaceAll("ς", "σ");
  const spaced = trim(lower.replace(/[\u2018\u2019\u02bc]/g, "'").replace(SPACES, " "));
  return spaced.replace(/\.$/, "").replace(/ +$/, "");
}

/** The number that a learner typed, or null. */
export function number(text, decimal = ".") {
  const plain = trim(text.replace(INVISIBLE, "").replace(SPACES, " "))
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => digit.charCodeAt(0) & 15)
    .replace("\u2212", "-")
    .replace(/['\u2019]/g, "\u066c")
    .replace(/([0-9]) (?=[0-9])/g, "$1\u066c");
  const shape = /^([+-]?) *([0-9.,\u066b\u066c]+)$/.exec(plain);
  if (!shape) return null;
  const [, sign, body] = shape;
  const mark = decimalMark(body, decimal);
  const cut = mark ? body.lastIndexOf(mark) : body.length;
  const whole = body.slice(0, cut);
  const fraction = body.slice(cut + 1);
  if (!/^(\d+|\d{1,3}([.,\u066c])\d{3}(\2\d{3})*|)$/.test(whole) || !/^\d*$/.test(fraction) || !(whole || fraction))
    return null;
  return Number(`${sign}${whole.replace(/[.,\u066c]/g, "") || 0}.${fraction || 0}`);
}

function decimalMark(body, decimal) {
  if (body.includes("\u066b")) return "\u066b";
  const last = body.lastIndexOf(",") > body.lastIndexOf(".") ? "," : ".";
  if (!body.includes(last)) return "";
  if (body.includes("\u066c") || (body.includes(".") && body.includes(","))) return last;
  if (body.indexOf(last) !== body.lastIndexOf(last)) return "";
  const native = decimal === "," ? "," : ".";
  return last !== native && /^[1-9]\d{0,2}[.,]\d{3}$/.test(body) ? "" : last;
}

const trim = (text) => text.replace(/^ +| +$/g, "");
