// <fiches-composer>: items of all sheets picked, put in order and made into files, without leaving the browser.
import { Choice } from "./choice.mjs";
import { Files } from "./files.mjs";
import { List } from "./list.mjs";
import { Mine } from "./mine.mjs";
import { Store } from "./store.mjs";
import { Words } from "./words.mjs";

/** The choice is kept in the fragment of the address, so that a link or a bookmark brings it back. */
export class FichesComposer extends HTMLElement {
  #choice;
  #list;
  #mine;
  #files;
  #words;

  connectedCallback() {
    addEventListener("hashchange", this);
    if (this.#choice) return;
    const part = (name) => this.querySelector(`[data-${name}]`);
    this.#words = new Words(this);
    this.#list = new List(this, this.#words, (...change) => this.#picked(...change));
    this.#choice = new Choice(this.#list.points);
    this.#mine = new Mine(part("mine"), this.#words, (uid) => this.#list.name(uid), this.#actions());
    const store = new Store((path) => read(new URL(`${this.dataset.store}/${path}`, document.baseURI)));
    this.#files = new Files(part("files"), this.#words, store, () => this.#choice);
    this.#restore();
  }

  disconnectedCallback() {
    removeEventListener("hashchange", this);
  }

  /** The reader went back, or opened a link to another choice; the anchors of the page leave the choice as it is. */
  handleEvent() {
    if (/^#?$|^#(items|title)=/.test(location.hash)) this.#restore();
    else this.#keep();
  }

  #restore() {
    this.#choice.read(location.hash.slice(1));
    this.#show();
  }

  #keep(push = false) {
    const fragment = String(this.#choice);
    const address = `${location.pathname}${location.search}${fragment && `#${fragment}`}`;
    history[push ? "pushState" : "replaceState"](null, "", address);
  }

  #show() {
    const { items, uids, total } = this.#choice;
    this.#list.tick(uids);
    this.#mine.show(this.#choice);
    const said = this.#words.say("total", { n: items.length, total });
    for (const element of this.querySelectorAll("[data-total]")) element.textContent = said;
    this.querySelector("[data-bar]").hidden = !items.length;
    this.#files.show(this.#choice);
  }

  /** Show and keep what has changed, and say it. */
  #changed(word, values, push) {
    this.#show();
    this.#keep(push);
    this.#say(word, values);
  }

  #say(word, values) {
    this.querySelector("[data-mine] [data-say]").textContent = word ? this.#words.say(word, values) : "";
  }

  #picked(uids, chosen, entry) {
    const before = this.#choice.items.length;
    for (const uid of uids) chosen ? this.#choice.add(uid) : this.#choice.remove(uid);
    const n = this.#choice.items.length - before;
    if (entry === undefined) this.#changed("many-added", { n });
    else this.#changed(chosen ? "added" : "removed", { entry });
  }

  #actions() {
    return {
      title: (title) => {
        this.#choice.title = title;
        this.#keep();
      },
      weigh: (uid, points) => {
        this.#choice.weigh(uid, points);
        this.#changed(); // the new total says it
      },
      wrong: (input) => {
        input.setAttribute("aria-invalid", "true");
        this.#say("points-wrong");
      },
      up: (uid) => this.#move(uid, -1),
      down: (uid) => this.#move(uid, 1),
      remove: (uid) => this.#remove(uid),
      shuffle: () => {
        this.#choice.shuffle();
        this.#changed("shuffled", {}, true);
      },
      clear: () => {
        this.#choice.clear();
        this.#changed("cleared", {}, true);
        this.#mine.focus();
      },
      copy: async () => {
        await navigator.clipboard.writeText(location.href);
        this.#say("copied");
      },
    };
  }

  #move(uid, by) {
    this.#choice.move(uid, by);
    const { entry } = this.#list.name(uid);
    this.#changed("moved", { entry, n: this.#choice.place(uid) + 1, total: this.#choice.items.length });
  }

  #remove(uid) {
    const place = this.#choice.place(uid);
    this.#choice.remove(uid);
    this.#changed("removed", this.#list.name(uid));
    this.#mine.focus(place);
  }
}

async function read(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.status} ${address}`);
  return response.json();
}

customElements.define("fiches-composer", FichesComposer);
