// Questions taken from the pages of their sheets, one at a time, each in a quiz of its own.

const NOTHING = { key: "", load: () => ({}), save() {} }; // the sheet's quiz keeps its answers, this one does not

export class Sheets {
  #pages = new Map();

  /** The page of a sheet, read once; asked for again if that fails. */
  load(address) {
    if (!this.#pages.has(address)) {
      const page = read(address);
      page.catch(() => this.#pages.delete(address));
      this.#pages.set(address, page);
    }
    return this.#pages.get(address);
  }

  /** The player of one question, with what it is about; undefined if the sheet no longer asks it. */
  async quiz(address, item) {
    const page = await this.load(address);
    const quiz = page.querySelector("fiches-quiz").cloneNode(true);
    for (const form of quiz.querySelectorAll("[data-item]")) if (form.dataset.item !== item) form.remove();
    for (const group of quiz.querySelectorAll(".fi-group")) if (!group.querySelector("form")) group.remove();
    if (!quiz.querySelector("form")) return undefined;
    for (const part of quiz.querySelectorAll("[data-options], .fi-item__number")) part.remove();
    const script = quiz.querySelector("script");
    const data = JSON.parse(script.textContent);
    script.textContent = JSON.stringify({ ...data, items: data.items.filter(({ id }) => id === item) });
    quiz.store = NOTHING;
    return quiz;
  }
}

async function read(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.status} ${address}`);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  for (const link of page.querySelectorAll("fiches-quiz a[href]")) {
    link.setAttribute("href", new URL(link.getAttribute("href"), response.url)); // it was written for that page
  }
  return page;
}
