// SCORM 1.2: short signs instead of ids, a score out of 100, and one status for both ending and passing.
import { decimals, line } from "./responses.mjs";
import { run } from "./scorm.mjs";

const SIGNS = "abcdefghijklmnopqrstuvwxyz0123456789";
const PLACES = "123456789abcdefghijklmnopqrstuvwxyz0";
const LONGEST = 255;

const sign = (ids, id) => SIGNS[ids.indexOf(id) % SIGNS.length] ?? "";
const list = (ids, given) => given.map((id) => sign(ids, id)).join(",");
const words = (parts) => line(parts.join(", "), LONGEST);

// The elements of an answer by their place on the page: letters, and for what is matched 1.a,2.c.
const SPELL = {
  choice: (given, { elements }) => list(elements, given),
  sequencing: (given, { elements }) => list(elements, given),
  matching: (given, { elements, targets }) =>
    given.map(([id, target]) => `${PLACES[elements.indexOf(id) % PLACES.length]}.${sign(targets, target)}`).join(","),
  numeric: (given) => decimals((Array.isArray(given) ? given[2] : given) ?? 0),
  "fill-in": words,
  "long-fill-in": words,
};

const two = (value) => String(value).padStart(2, "0");
const span = (seconds) => {
  const whole = Math.min(Math.floor(seconds), 9999 * 3600);
  const clock = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60].map(two);
  return `${clock[0].padStart(4, "0")}:${clock[1]}:${clock[2]}.${two(Math.floor((seconds % 1) * 100))}`;
};
const clock = (now = new Date()) => [now.getHours(), now.getMinutes(), now.getSeconds()].map(two).join(":");

export const dialect = {
  api: "API",
  calls: {
    open: "LMSInitialize", get: "LMSGetValue", set: "LMSSetValue", commit: "LMSCommit", close: "LMSFinish",
    error: "LMSGetLastError",
  },
  size: 4096,
  mode: "cmi.core.lesson_mode",
  exit: { "cmi.core.exit": "suspend" },
  passed: (get) => get("cmi.core.lesson_status") === "passed",
  completed: () => false, // “failed” may be what the LMS makes of a session that was left half-way
  begun: (get) =>
    ["", "not attempted", "browsed"].includes(get("cmi.core.lesson_status")) ? { "cmi.core.lesson_status": "incomplete" } : {},
  mastery(get) {
    const score = get("cmi.student_data.mastery_score");
    return score === "" ? undefined : Number(score) / 100;
  },
  time: (seconds) => ({ "cmi.core.session_time": span(seconds) }),
  score: ({ share, completed, passed }) => ({
    "cmi.core.score.min": 0,
    "cmi.core.score.max": 100,
    "cmi.core.score.raw": decimals(share * 100),
    "cmi.core.lesson_status": passed ? "passed" : completed ? "failed" : "incomplete",
  }),
  answer({ id, type, given, right, shape, score, points, seconds }) {
    const spell = (parts) => SPELL[type](parts, shape);
    return {
      id,
      type: type === "long-fill-in" ? "fill-in" : type,
      time: clock(),
      ...(right && { "correct_responses.0.pattern": line(spell(right), LONGEST) }),
      student_response: line(spell(given), LONGEST),
      result: score > 1 - 1e-9 ? "correct" : score > 0 ? decimals(score) : "wrong",
      weighting: decimals(points),
      latency: span(seconds),
    };
  },
};

run(dialect);
