// The formats: what each would lose of the choice, and the file that it makes of it.

export class Files {
  #root;
  #words;
  #store;
  #asked = 0;

  /** `choice()` gives what is chosen now: { title, items }. */
  constructor(root, words, store, choice) {
    this.#root = root;
    this.#words = words;
    this.#store = store;
    this.choice = choice;
    for (const row of root.querySelectorAll("[data-format]")) {
      row.querySelector("[data-do=download]").addEventListener("click", () => this.#download(row.dataset.format));
    }
  }

  /** Tell what each format would lose; an answer that comes too late is dropped. */
  async show({ items }) {
    this.#root.hidden = !items.length;
    const asked = ++this.#asked;
    if (!items.length) return;
    try {
      const losses = await this.#store.losses(items);
      if (asked === this.#asked) for (const [name, lost] of Object.entries(losses)) this.#tell(name, lost);
    } catch {
      this.#say("failed");
    }
  }

  #tell(name, { carried, losses }) {
    const row = this.#root.querySelector(`[data-format="${name}"]`);
    const details = row.querySelector("[data-lost]");
    row.querySelector("[data-none]").hidden = carried > 0;
    row.querySelector("[data-do=download]").disabled = !carried;
    row.querySelector("[data-lossless]").hidden = losses.length > 0;
    details.hidden = !losses.length;
    details.querySelector("[data-slot=n]").textContent = this.#words.numbers.format(losses.length);
    details.querySelector("ul").replaceChildren(...losses.map((loss) => this.#loss(loss)));
  }

  #loss(loss) {
    const line = this.#words.copy(this.#root.querySelector("[data-loss]"), loss);
    line.querySelector("[data-some]").hidden = !loss.items;
    return line;
  }

  async #download(format) {
    const { title, items } = this.choice();
    try {
      const files = await this.#store.make(format, title, items);
      for (const [name, bytes] of Object.entries(files)) save(name, bytes);
      this.#say("made", { file: Object.keys(files).join(", ") });
    } catch {
      this.#say("failed");
    }
  }

  #say(name, values) {
    this.#root.querySelector("[data-say]").textContent = this.#words.say(name, values);
  }
}

function save(name, bytes) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
