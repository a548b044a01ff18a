// What both SCORMs share: finding the LMS, keeping the answers there, and telling it the score.
import { decimal, elapsed, identify, items, latency, leaving, mastery, play, prompt, quiz, shapes } from "./page.mjs";
import { interaction } from "./responses.mjs";
import { Suspended } from "./suspend.mjs";

const DEEPEST = 500;
const ALREADY_INITIALIZED = "103";

/** The object named `name` of this window, of those around it, or of the one that opened them. */
export function find(name, from = window, depth = 0) {
  if (depth > DEEPEST) return null;
  try {
    if (from[name]) return from[name];
  } catch {
    // a window of another origin
  }
  const next = from.parent !== from ? from.parent : from.opener;
  return next ? find(name, next, depth + 1) : null;
}

/** Plays the quiz in an LMS that speaks `dialect` (see scorm12.mjs), or without one. */
export async function run(dialect) {
  const api = find(dialect.api);
  const session = api && new Session(api, dialect);
  if (!session?.open()) return play();
  await play(session);
  session.listen();
}

class Session {
  #state = {};
  #places = new Map();
  #passed;
  #completed;

  constructor(api, dialect) {
    Object.assign(this, { api, dialect });
    this.suspended = new Suspended(items, shapes, dialect.size);
  }

  #call(what, ...values) {
    return String(this.api[this.dialect.calls[what]](...values) ?? "");
  }

  #get(name) {
    const value = this.#call("get", name);
    return value === "null" || value === "undefined" ? "" : value;
  }

  #set(values) {
    if (this.writes) for (const [name, value] of Object.entries(values)) this.#call("set", name, String(value));
  }

  /** Begins the session, and returns whether the LMS lets us. */
  open() {
    if (this.#call("open", "") === "false" && this.#call("error") !== ALREADY_INITIALIZED) return false;
    // An empty mode is a normal one: some LMS leave it out.
    this.writes = !["review", "browse"].includes(this.#get(this.dialect.mode));
    this.#state = this.suspended.read(this.#get("cmi.suspend_data"));
    const get = (name) => this.#get(name);
    this.#passed = this.dialect.passed(get);
    this.#completed = this.dialect.completed(get);
    this.mastery = this.dialect.mastery(get) ?? mastery;
    this.#set(this.dialect.begun(get));
    return true;
  }

  listen() {
    quiz.addEventListener("fiches:answer", ({ detail }) => this.#answered(detail));
    quiz.addEventListener("fiches:score", ({ detail }) => this.#scored(detail));
    leaving(() => this.#commit(), () => this.#close());
    this.#commit();
  }

  load() {
    return this.#state;
  }

  save(state) {
    this.#state = state;
    this.#set({ "cmi.suspend_data": this.suspended.write(state) });
  }

  #answered({ item: id, score, points, ...entry }) {
    const item = items.find((one) => one.id === id);
    const where = `cmi.interactions.${this.#place(id)}`;
    const told = { ...interaction(item, entry, decimal), shape: shapes.get(id), seconds: latency(id) };
    const values = this.dialect.answer({ ...told, id: identify(item), prompt: prompt(item), score, points });
    this.#set(Object.fromEntries(Object.entries(values).map(([name, value]) => [`${where}.${name}`, value])));
  }

  /** An item's interaction has its place among the answers, so that it is found again when the quiz is resumed. */
  #place(id) {
    if (!this.#places.has(id)) {
      const count = Number(this.#get("cmi.interactions._count")) || 0;
      const answered = Object.keys(this.#state).filter((one) => this.#state[one]?.response !== undefined);
      const place = answered.indexOf(id);
      const taken = [...this.#places.values()].includes(place);
      this.#places.set(id, taken || place > count ? count : place);
    }
    return this.#places.get(id);
  }

  #scored({ score, total, done, count }) {
    const share = total ? score / total : 0;
    // Neither is taken back when the learner starts again to practise; the score is always the page's.
    this.#completed ||= done === count;
    this.#passed ||= done === count && share >= this.mastery - 1e-9;
    this.#set(this.dialect.score({ share, completed: this.#completed, passed: this.#passed, progress: done / count }));
    this.#commit();
  }

  #commit() {
    if (!this.writes) return;
    this.#set(this.dialect.time(elapsed()));
    this.#call("commit", "");
  }

  #close() {
    this.#set(this.dialect.exit);
    this.#commit();
    this.writes = false; // a page that goes away is hidden once more
    this.#call("close", "");
  }
}
