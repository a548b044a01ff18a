// An LMS in one page: scorm-again keeps the data, this logs every call and what it answered.
const [version, modeless] = new URLSearchParams(location.search).keys();
const old = version === "1.2";
const api = old ? new Scorm12API({ autocommit: false }) : new Scorm2004API({ autocommit: false });
const given = JSON.parse(sessionStorage.getItem("given") ?? "{}");
const saved = JSON.parse(sessionStorage.getItem("saved") ?? "null");
const log = [];

api.loadFromJSON({ ...(saved ?? {}), ...given }, "");

const prefix = old ? "LMS" : "";
const names = ["Initialize", "GetValue", "SetValue", "Commit", old ? "Finish" : "Terminate", "GetLastError", "GetErrorString", "GetDiagnostic"];
const told = {};
for (const name of names.map((one) => prefix + one))
  told[name] = (...values) => {
    const answer = modeless && /\bmode$|lesson_mode$/.test(values[0]) ? "" : api[name](...values);
    if (!name.includes("Error")) log.push([name, ...values, answer]);
    if (/Commit|Finish|Terminate/.test(name)) sessionStorage.setItem("saved", JSON.stringify(api.renderCMIToJSONObject().cmi));
    return answer;
  };
window[old ? "API" : "API_1484_11"] = told;
Object.assign(window, { lms: api, log });
