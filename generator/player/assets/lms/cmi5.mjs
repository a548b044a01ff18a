// cmi5 (quartz): statements to the LRS that the launch names, and the answers in its State API.
import {
  decimal, elapsed, identify, items, latency, leaving, mastery as own, play, prompt, quiz, shapes,
} from "./page.mjs";
import { decimals, interaction, line, spelled } from "./responses.mjs";

const CMI5 = "https://w3id.org/xapi/cmi5/context";
const VERBS = "http://adlnet.gov/expapi/verbs/";
const LARGEST = 30_000; // characters that a request which outlives its page may surely hold
const language = document.documentElement.lang || "und";

const launch = Object.fromEntries(new URLSearchParams(location.search));
const KEPT = `fiches:cmi5:${launch.fetch}`;

const random = () => crypto.getRandomValues(new Uint8Array(16));
function uuid(bytes = random()) {
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** What this browser's tab knows of the session: its token can be fetched only once. */
const remembered = {
  get() {
    try {
      return JSON.parse(sessionStorage.getItem(KEPT)) ?? {};
    } catch {
      return {};
    }
  },
  set(values) {
    try {
      sessionStorage.setItem(KEPT, JSON.stringify({ ...this.get(), ...values }));
    } catch {
      // forbidden here: a reload will find no token and play without the LMS
    }
  },
};

class Lrs {
  #sending = Promise.resolve();
  #waiting = [];

  constructor(token, actor) {
    Object.assign(this, { token, actor });
  }

  request(path, params, init = {}) {
    const address = new URL(launch.endpoint.replace(/\/*$/, "/") + path, location.href);
    for (const [name, value] of Object.entries(params)) address.searchParams.set(name, value);
    const headers = { Authorization: `Basic ${this.token}`, "X-Experience-API-Version": "1.0.3" };
    if (init.body) headers["Content-Type"] = "application/json";
    return fetch(address, { ...init, headers, keepalive: (init.body ?? "").length < LARGEST });
  }

  #document(stateId) {
    const { activityId, registration } = launch;
    return ["activities/state", { activityId, registration, agent: JSON.stringify(this.actor), stateId }];
  }

  async read(path, params) {
    const answer = await this.request(path, params);
    return answer.ok ? answer.json() : null;
  }

  state(id) {
    return this.read(...this.#document(id));
  }

  keep(id, value) {
    this.#next(() => this.request(...this.#document(id), { method: "PUT", body: JSON.stringify(value) }));
  }

  /** Sends statements in their order; what the network loses goes with the next. */
  send(...statements) {
    this.#waiting.push(...statements);
    this.#next(() => this.#flush());
  }

  /** Sends all that waits at once, because the page is going away. */
  last(statement) {
    this.#waiting.push(statement);
    this.#flush();
  }

  #next(task) {
    this.#sending = this.#sending.then(task).catch(() => {});
  }

  async #flush() {
    const batch = this.#waiting.splice(0);
    if (!batch.length) return;
    const unsent = () => this.#waiting.unshift(...batch);
    try {
      const { ok, status } = await this.request("statements", {}, { method: "POST", body: JSON.stringify(batch) });
      if (!ok && status >= 500) unsent();
    } catch {
      unsent();
    }
  }
}

class Session {
  #kept = { answers: {}, completed: false, passed: false };
  #share = 0;
  #finished = false;

  constructor(lrs, data) {
    Object.assign(this, { lrs, data, writes: (data.launchMode ?? "Normal") === "Normal" });
    this.mastery = data.masteryScore ?? own;
  }

  async open() {
    this.#kept = { ...this.#kept, ...(await this.lrs.state("fiches")) };
    if (!remembered.get().begun) this.lrs.send(this.#defined("initialized", {}));
    remembered.set({ begun: true, back: this.data.returnURL });
  }

  listen() {
    leaving(() => {}, () => this.#close());
    if (!this.writes) return;
    quiz.addEventListener("fiches:answer", ({ detail }) => this.#answered(detail));
    quiz.addEventListener("fiches:score", ({ detail }) => this.#scored(detail));
  }

  load() {
    return this.#kept.answers;
  }

  save(answers) {
    this.#keep({ answers });
  }

  #keep(values) {
    this.#kept = { ...this.#kept, ...values };
    if (this.writes) this.lrs.keep("fiches", this.#kept);
  }

  #statement(verb, id, object, context, result) {
    const { contextTemplate: template = {} } = this.data;
    const activities = { ...template.contextActivities };
    if (context.category) activities.category = [...[activities.category ?? []].flat(), ...context.category];
    return {
      id: uuid(),
      actor: this.lrs.actor,
      verb: { id, display: { en: verb } },
      object,
      result,
      context: {
        ...template,
        registration: launch.registration,
        contextActivities: activities,
        extensions: { ...template.extensions, ...context.extensions },
      },
      timestamp: new Date().toISOString(),
    };
  }

  /** A statement that cmi5 defines; those that move the learner on say so. */
  #defined(verb, result, extensions) {
    const moves = ["completed", "passed", "failed"].includes(verb);
    const category = ["cmi5", ...(moves ? ["moveon"] : [])].map((name) => ({ id: `${CMI5}/categories/${name}` }));
    const about = { objectType: "Activity", id: launch.activityId };
    const spent = verb === "initialized" ? undefined : { ...result, duration: span(elapsed()) };
    return this.#statement(verb, VERBS + verb, about, { category, extensions }, spent);
  }

  #answered({ item: id, score, points, ...entry }) {
    const item = items.find((one) => one.id === id);
    const told = interaction(item, entry, decimal);
    const { response, pattern } = spelled(told, 4000);
    const definition = {
      type: "http://adlnet.gov/expapi/activities/cmi.interaction",
      interactionType: told.type,
      description: { [language]: line(prompt(item), 1000) },
      ...(pattern && { correctResponsesPattern: [pattern] }),
      ...components(told.type, shapes.get(id)),
    };
    const object = { objectType: "Activity", id: `urn:x-fiches:${identify(item)}`, definition };
    const scored = { scaled: exact(score), raw: exact(score * points), min: 0, max: points };
    const result = { response, success: score > 1 - 1e-9, score: scored, duration: span(latency(id)) };
    this.lrs.send(this.#statement("answered", `${VERBS}answered`, object, {}, result));
  }

  #scored({ score, total, done, count }) {
    this.#share = total ? score / total : 0;
    this.#finished = done === count;
    if (!this.#finished) return;
    if (!this.#kept.completed) {
      this.lrs.send(this.#defined("completed", { completion: true }));
      this.#keep({ completed: true });
    }
    if (!this.#kept.passed && this.#share >= this.mastery - 1e-9) {
      this.lrs.send(this.#judged("passed"));
      this.#keep({ passed: true });
    }
  }

  #judged(verb) {
    const extensions = { [`${CMI5}/extensions/masteryscore`]: this.mastery };
    return this.#defined(verb, { success: verb === "passed", score: { scaled: exact(this.#share) } }, extensions);
  }

  /** A session ends with one verdict at most: until it ends, who has failed may still pass. */
  #close() {
    remembered.set({ ended: true });
    if (this.writes && this.#finished && !this.#kept.passed) this.lrs.send(this.#judged("failed"));
    this.lrs.last(this.#defined("terminated", {}));
  }
}

const span = (seconds) => `PT${Math.floor(seconds * 100) / 100}S`;
const exact = (value) => Number(decimals(value));
const described = (ids) => ids.map((id) => ({ id }));

function components(type, { elements, targets }) {
  if (type === "choice" || type === "sequencing") return { choices: described(elements) };
  return type === "matching" ? { source: described(elements), target: described(targets) } : {};
}

async function opened() {
  const { token, ended, back } = remembered.get();
  // A session that has ended takes no more statements: the LMS launches another.
  if (ended && /^https?:/.test(back)) location.replace(back);
  if (ended) return null;
  if (token) return token;
  const answer = await fetch(launch.fetch, { method: "POST" });
  const fetched = (await answer.json())["auth-token"] ?? null;
  if (fetched) remembered.set({ token: fetched });
  return fetched;
}

async function session() {
  if (!["endpoint", "fetch", "actor", "registration", "activityId"].every((name) => launch[name])) return null;
  const token = await opened();
  if (!token) return null;
  const lrs = new Lrs(token, JSON.parse(launch.actor));
  const data = await lrs.state("LMS.LaunchData");
  // Asked for because cmi5 wants it; the page speaks one language whatever the learner prefers.
  await lrs.read("agents/profile", { agent: JSON.stringify(lrs.actor), profileId: "cmi5LearnerPreferences" });
  const made = new Session(lrs, data ?? {});
  await made.open();
  return made;
}

const made = await session().catch(() => null);
await play(made ?? undefined);
made?.listen();
