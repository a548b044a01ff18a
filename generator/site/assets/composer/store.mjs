// What quizzes are made from, as the build stored it: read when it is needed, and only for the sheets that are used.
import { assemble } from "./assemble.mjs";

const sheet = (uid) => uid.slice(0, uid.indexOf("."));

export class Store {
  #read;
  #kept = new Map();

  /** `read` returns a promise of the value of a JSON file, by its path. */
  constructor(read) {
    this.#read = read;
  }

  #get(path) {
    if (!this.#kept.has(path)) {
      const value = this.#read(`${path}.json`);
      value.catch(() => this.#kept.delete(path)); // asked for again the next time
      this.#kept.set(path, value);
    }
    return this.#kept.get(path);
  }

  /** The values of one kind for chosen items, in their order. */
  async #each(kind, items) {
    const names = [...new Set(items.map(({ uid }) => sheet(uid)))];
    const sheets = await Promise.all(names.map((name) => this.#get(`${kind}/${name}`)));
    const all = Object.assign({}, ...sheets);
    return items.map(({ uid }) => {
      if (!(uid in all)) throw new Error(`${kind}: no ${uid}`);
      return all[uid];
    });
  }

  /** By format, the number of items that it carries, and each loss { what, why, items }; 0 items: the whole quiz. */
  async losses(items) {
    const [{ formats }, suffered] = await Promise.all([this.#get("course"), this.#each("losses", items)]);
    return Object.fromEntries(
      Object.entries(formats).map(([name, format]) => [
        name,
        lost(format, items.map(({ points }, place) => ({ points, reasons: suffered[place][name] }))),
      ]),
    );
  }

  /** The files of a quiz in one format, by name, as bytes; none if it can carry no item. */
  async make(format, title, items) {
    const [course, envelope, found] = await Promise.all([
      this.#get("course"),
      this.#get(format),
      this.#each(format, items),
    ]);
    const kept = items.map(({ points }, place) => ({ points, fragment: found[place] })).filter(({ fragment }) => fragment);
    if (!kept.length) return {};
    return assemble(course, title, envelope, kept.map(({ fragment }) => fragment), kept.map(({ points }) => points));
  }
}

function lost({ reasons, whole, points: unweighed, most_points: most }, items) {
  const carries = (points) => (most ? points % 1 === 0 && points <= most : points === 1);
  const counts = new Map(whole.map((place) => [place, 0]));
  let carried = 0;
  for (const { points, reasons: own } of items) {
    const omitted = own.some((place) => reasons[place].omits);
    const all = omitted || carries(points) ? own : [...own, ...unweighed];
    for (const place of all) counts.set(place, (counts.get(place) ?? 0) + 1);
    carried += !omitted;
  }
  return { carried, losses: [...counts].map(([place, count]) => ({ ...reasons[place], items: count })) };
}
