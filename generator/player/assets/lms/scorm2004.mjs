// SCORM 2004, 4th edition: ids as they are, a scaled score, and ending told apart from passing.
import { decimals, line, spelled } from "./responses.mjs";
import { run } from "./scorm.mjs";

const language = document.documentElement.lang;
const span = (seconds) => `PT${Math.floor(seconds * 100) / 100}S`;

export const dialect = {
  api: "API_1484_11",
  calls: {
    open: "Initialize", get: "GetValue", set: "SetValue", commit: "Commit", close: "Terminate",
    error: "GetLastError",
  },
  size: 64000,
  mode: "cmi.mode",
  exit: { "cmi.exit": "suspend" },
  passed: (get) => get("cmi.success_status") === "passed",
  completed: (get) => get("cmi.completion_status") === "completed",
  begun: (get) =>
    get("cmi.completion_status") === "completed" ? {} : { "cmi.completion_status": "incomplete" },
  mastery(get) {
    const score = get("cmi.scaled_passing_score");
    return score === "" ? undefined : Number(score);
  },
  time: (seconds) => ({ "cmi.session_time": span(seconds) }),
  score: ({ share, completed, passed, progress }) => ({
    "cmi.score.min": 0,
    "cmi.score.max": 100,
    "cmi.score.raw": decimals(share * 100),
    "cmi.score.scaled": decimals(share),
    "cmi.progress_measure": decimals(progress),
    "cmi.completion_status": completed || passed ? "completed" : "incomplete",
    "cmi.success_status": passed ? "passed" : completed ? "failed" : "unknown",
  }),
  answer({ id, type, given, right, prompt, score, points, seconds }) {
    const { response, pattern } = spelled({ type, given, right });
    return {
      id,
      type,
      timestamp: new Date().toISOString().replace(/\d(?=Z$)/, ""),
      ...(pattern && { "correct_responses.0.pattern": pattern }),
      weighting: decimals(points),
      learner_response: response,
      result: score > 1 - 1e-9 ? "correct" : score > 0 ? decimals(score) : "incorrect",
      latency: span(seconds),
      description: `{lang=${language}}${line(prompt, 240)}`,
    };
  },
};

run(dialect);
