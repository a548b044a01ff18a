// The items that were chosen, in order, with their points and the title: a value that an address can hold.

const MOST = 100;

/** Whether an item may be worth so many points. */
export const allowed = (points) => points > 0 && points <= MOST && Number.isInteger(points * 2);

export class Choice {
  title = "";
  items = [];
  #own;

  /** `own` maps the uid of each item that there is to its own points. */
  constructor(own) {
    this.#own = own;
  }

  get uids() {
    return this.items.map(({ uid }) => uid);
  }

  get total() {
    return this.items.reduce((sum, { points }) => sum + points, 0);
  }

  place(uid) {
    return this.uids.indexOf(uid);
  }

  add(uid, points) {
    if (this.place(uid) < 0) this.items.push({ uid, points: points ?? this.#own.get(uid) });
  }

  remove(uid) {
    this.items = this.items.filter((item) => item.uid !== uid);
  }

  /** Move an item by so many places; return whether there was room. */
  move(uid, by) {
    const place = this.place(uid);
    const target = this.items[place + by];
    if (!target) return false;
    [this.items[place], this.items[place + by]] = [target, this.items[place]];
    return true;
  }

  weigh(uid, points) {
    this.items[this.place(uid)].points = points;
  }

  shuffle(random = Math.random) {
    for (let last = this.items.length - 1; last > 0; last--) {
      const other = Math.floor(random() * (last + 1));
      [this.items[last], this.items[other]] = [this.items[other], this.items[last]];
    }
  }

  clear() {
    this.items = [];
  }

  /** The choice as the fragment of an address: `items=smtp.relay,tcp.ack=2&title=Mon+quiz`. */
  toString() {
    const items = this.items.map(({ uid, points }) => (points === this.#own.get(uid) ? uid : `${uid}=${points}`));
    const parts = items.length ? [`items=${items}`] : [];
    if (this.title) parts.push(String(new URLSearchParams({ title: this.title })));
    return parts.join("&");
  }

  /** Take over what `toString` gave; what there is no item for is left out. */
  read(fragment) {
    const fields = new URLSearchParams(fragment);
    this.title = fields.get("title") ?? "";
    this.clear();
    for (const entry of (fields.get("items") ?? "").split(",")) {
      const [uid, points] = entry.split("=");
      if (this.#own.has(uid)) this.add(uid, allowed(Number(points)) ? Number(points) : undefined);
    }
  }
}
