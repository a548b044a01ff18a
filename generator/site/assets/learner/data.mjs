// The learner's data in her own hands: saved as a file, read from one, erased.
import { checked, erase, put, taken } from "./transfer.mjs";

const MOST = 20e6; // bytes; a history of years is far below

export class Data {
  /** `changed` is called when what is kept is no longer the same. */
  constructor(page, changed) {
    this.page = page;
    this.changed = changed;
    const box = page.part("data");
    this.form = box.querySelector("form");
    this.dialog = box.querySelector("dialog");
    const press = (name, then) => box.querySelector(`[data-do="${name}"]`).addEventListener("click", then);
    press("export", () => this.#export());
    press("erase", () => this.dialog.showModal());
    press("sure", () => this.#erase());
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#import();
    });
    box.hidden = false;
  }

  #say(name, values = {}) {
    this.page.part("data-say").textContent = this.page.words.say(name, values);
  }

  #export() {
    const { history, catalogue } = this.page;
    const file = new Blob([JSON.stringify(taken(history), null, 1)], { type: "application/json" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = `fiches-${catalogue.course}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    this.#say("exported", { file: link.download });
  }

  async #import() {
    const [file] = this.form.elements.file.files;
    if (!file || file.size > MOST) return this.#say("wrong-file");
    const { history } = this.page;
    const found = checked(await file.text(), history.course);
    if (typeof found === "string") return this.#say(found);
    if (!put(history, found, this.form.elements.how.value === "replace")) return this.#say("no-room");
    this.form.reset();
    this.changed();
    return this.#say(found.skipped ? "imported-partly" : "imported", { n: found.items.size, skipped: found.skipped });
  }

  #erase() {
    this.dialog.close();
    erase(this.page.history);
    this.changed();
    this.#say("erased");
  }
}
