// Quizzes put together from the envelope and the fragments of a format, byte for byte as fragments.py does.

const MARK = /\uf0f0([^\uf0f1]*)\uf0f1/g;
const ESCAPES = {
  xml: (value) => value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;"),
  path: (value) => value.replaceAll("/", "//").replaceAll("<", "‹").replaceAll(">", "›"),
};
// The characters that no file should hold, and those that marks are made of (quiz.py: clean).
const FORBIDDEN = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g;
const UNWRITABLE = /[\ud800-\udfff\ufffe\uffff\uf0f0\uf0f1]/gu;
const EDGES = /^[^\S\ufeff]+|[^\S\ufeff]+$/g; // what Python strips

/** The title as files hold it: what was typed, or `own` where that is nothing. */
export function titled(typed, own) {
  return typed.replace(FORBIDDEN, "").replace(UNWRITABLE, "\ufffd").replace(/[ \t\n]+/g, " ").replace(EDGES, "") || own;
}

/**
 * The files of a quiz, by name, as bytes. `course` holds { stem, title, decimal }; `fragments` are those of the
 * items that the format carries, in their order, and `points` what each is worth.
 */
export async function assemble(course, title, envelope, fragments, points) {
  const shared = shares(course, titled(title, course.title), points);
  const own = fragments.map((_, place) => ({
    ...shared,
    number: shown(course, place + 1),
    ...worth("points", course, points[place]),
  }));
  const items = (slot, between) => slotted(slot, fragments, own).join(between);
  const files = {};
  for (const [path, text] of Object.entries(envelope.files)) files[fill(path, shared)] = fill(text, shared, items);
  fragments.forEach((fragment, place) => {
    for (const [path, text] of Object.entries(fragment.files)) files[path] = fill(text, own[place]);
  });
  return envelope.zipped ? { [fill(envelope.zipped, shared)]: await zip(files) } : encoded(files);
}

function slotted(slot, fragments, own) {
  let before = "";
  return fragments.flatMap((fragment, place) => {
    const lead = !slot && fragment.lead !== before ? fragment.lead : "";
    before = fragment.lead;
    const text = lead + (fragment.slots[slot] ?? "");
    return text ? [fill(text, own[place])] : [];
  });
}

function shares(course, title, points) {
  const count = points.length;
  const total = points.reduce((sum, each) => sum + each, 0);
  const counts = { count: String(count), "count-shown": shown(course, count) };
  return { title, stem: course.stem, ...counts, ...worth("total", course, total) };
}

function worth(name, course, points) {
  return { [name]: String(Number(points.toPrecision(10))), [`${name}-shown`]: shown(course, points) };
}

function shown({ decimal }, value) {
  return String(Number(value.toFixed(6))).replace(".", decimal);
}

function fill(text, values, items = () => "") {
  return text.replace(MARK, (_, inner) => {
    const [name, ...more] = inner.split("|");
    if (name.startsWith("*")) return items(name.slice(1), ...more);
    return more.reduce((value, escape) => ESCAPES[escape](value), values[name]);
  });
}

function encoded(files) {
  const encoder = new TextEncoder();
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [name, encoder.encode(text)]));
}

/** A zip without compression: two deflaters never agree. */
async function zip(files) {
  const { zipSync } = await import("../vendor/fflate-0.8.3.mjs");
  const options = { level: 0, mtime: new Date(1980, 0, 1), os: 3, attrs: 0o644 << 16 };
  const members = Object.entries(encoded(files)).sort(([one], [other]) => (one < other ? -1 : 1));
  return zipSync(Object.fromEntries(members.map(([name, bytes]) => [name, [bytes, options]])));
}
