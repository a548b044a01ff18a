// Answers in the few characters that an LMS keeps: an entry is a key made of the item's id, and the places of what was chosen.

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const VERSION = "1";
const LONG = 60;
const bytes = (text) => new TextEncoder().encode(text).length;

/** Keeps the answers to `items`, whose shapes say in which order ids are counted, in at most `limit` bytes. */
export class Suspended {
  #items = new Map();
  #keys = new Map();

  constructor(items, shapes, limit) {
    Object.assign(this, { shapes, limit });
    for (const item of items) {
      const key = unused(item.id, this.#items);
      this.#items.set(key, item);
      this.#keys.set(item.id, key);
    }
  }

  /** The state as text. Where it would not fit, drafts go first, then whole entries: long ones, and the oldest. */
  write(state) {
    const lines = Object.entries(state)
      .filter(([id]) => this.#keys.has(id))
      .map(([id, entry]) => this.#line(id, entry));
    let size = bytes(VERSION) + lines.reduce((sum, { text }) => sum + bytes(text), 0);
    const cut = (line, text) => {
      size -= bytes(line.text) - bytes(text);
      line.text = text;
    };
    for (const shorter of [({ brief }) => brief, () => ""])
      for (const least of [LONG, 0])
        for (const line of lines) if (size > this.limit && bytes(line.text) > least) cut(line, shorter(line));
    return VERSION + lines.map(({ text }) => text).join("");
  }

  #line(id, entry) {
    const key = this.#keys.get(id);
    const { write } = this.#form(this.#items.get(key));
    // Opened hints are paid after a resume too; an entry without a response is hints and nothing else.
    const hints = entry.hints ? `!${entry.hints % 10}` : "";
    const made = (given) => `;${hints}${key}${given.response === undefined ? "" : write(given)}`;
    return { text: made(entry), brief: made({ ...entry, draft: "" }) };
  }

  /** The state that a text tells; what it does not know is left out. */
  read(text) {
    const [version, ...lines] = text.split(";");
    if (version !== VERSION) return {};
    const entries = lines.map((line) => {
      const [, hints, key, rest] = /^(?:!(\d))?(.{3})(.*)$/s.exec(line) ?? [];
      const item = this.#items.get(key);
      return item && [item.id, { ...((rest || !hints) && this.#form(item).read(rest)), ...(hints && { hints: Number(hints) }) }];
    });
    return Object.fromEntries(entries.filter(Boolean));
  }

  #form(item) {
    return FORMS[item.kind](item, this.shapes.get(item.id));
  }
}

// Each writes an entry and reads it back.
const FORMS = {
  choice: (item, { elements }) => listed(elements),
  order: (item, { elements }) => listed(elements),
  text: () => TYPED,
  numeric: () => TYPED,
  match: (item, { elements, targets }) =>
    pairs(elements, "", {
      write: (id, value) => digit(targets, value) || ".".repeat(width(targets)),
      read: (text) => cut(text, width(targets)),
      value: (id, text) => pick(targets, text),
    }),
  gap: ({ gaps }) =>
    pairs(Object.keys(gaps), ",", {
      write: (id, value = "") => (gaps[id].credits ? digit(Object.keys(gaps[id].credits), value) : escaped(value)),
      read: (text) => text.split(","),
      value: (id, text) => (gaps[id].credits ? pick(Object.keys(gaps[id].credits), text) : plain(text)),
    }),
  free({ rubric }) {
    const met = listed(Object.keys(rubric));
    return {
      write: (entry) => `${met.write(entry)},${escaped(entry.draft ?? "")}`,
      read(text) {
        const [marks, draft = ""] = text.split(",");
        return { ...met.read(marks), draft: plain(draft) };
      },
    };
  },
};

const TYPED = { write: ({ response }) => escaped(response), read: (text) => ({ response: plain(text) }) };

const listed = (ids) => ({
  write: ({ response }) => response.map((id) => digit(ids, id)).join(""),
  read: (text) => ({ response: cut(text, width(ids)).map((place) => pick(ids, place)).filter(Boolean) }),
});

const pairs = (ids, between, { write, read, value }) => ({
  write: ({ response }) => ids.map((id) => write(id, response[id])).join(between),
  read(text) {
    const parts = read(text);
    const given = ids.map((id, place) => [id, parts[place] && value(id, parts[place])]);
    return { response: Object.fromEntries(given.filter(([, found]) => found)) };
  },
});

const width = (ids) => (ids.length > DIGITS.length ? 2 : 1);

function digit(ids, id) {
  const place = ids.indexOf(id);
  if (place < 0) return "";
  return (width(ids) > 1 ? DIGITS[Math.floor(place / DIGITS.length)] : "") + DIGITS[place % DIGITS.length];
}

const pick = (ids, text) => ids[[...text].reduce((place, sign) => place * DIGITS.length + DIGITS.indexOf(sign), 0)];
const cut = (text, size) => text.match(new RegExp(`.{${size}}`, "gs")) ?? [];

/** Three characters that no other item has. */
function unused(id, taken) {
  let hash = 0x811c9dc5;
  for (const sign of id) hash = Math.imul(hash ^ sign.codePointAt(0), 0x01000193) >>> 0;
  for (; ; hash = (hash + 1) >>> 0) {
    const key = [0, 6, 12].map((shift) => DIGITS[((hash ^ (hash >>> 14)) >>> shift) & 63]).join("");
    if (!taken.has(key)) return key;
  }
}

// What parts entries, and what no LMS should be given: controls, and halves of characters.
const escaped = (text) =>
  text
    .replace(/\p{Cs}/gu, "\ufffd")
    .replace(/[%,;\x00-\x1f\x7f]/g, (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, "0")}`);
const plain = (text) => text.replace(/%([0-9a-f]{2})/g, (_, code) => String.fromCharCode(parseInt(code, 16)));
