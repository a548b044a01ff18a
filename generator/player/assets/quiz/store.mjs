// Where a quiz keeps its answers. Anything with `load()` and `save(state)` will do: a package may talk to its LMS.

/** Keeps a state in this browser; where that is forbidden or full, for as long as the page lives. */
export class LocalStore {
  #memory = {};
  #forgetful = false;

  constructor(key) {
    this.key = key;
  }

  load() {
    if (this.#forgetful) return this.#memory;
    try {
      return record(JSON.parse(localStorage.getItem(this.key)));
    } catch {
      return this.#memory;
    }
  }

  save(state) {
    this.#memory = state;
    try {
      if (Object.keys(state).length) localStorage.setItem(this.key, JSON.stringify(state));
      else localStorage.removeItem(this.key);
      this.#forgetful = false;
    } catch {
      this.#forgetful = true;
    }
  }
}

const record = (value) => (value && typeof value === "object" && !Array.isArray(value) ? value : {});
