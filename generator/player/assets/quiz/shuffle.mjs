// Orders that a number makes, and the links that tell them.

// FNV-1a, then the finish of MurmurHash3: to sort names by it is to mix them.
function rank(seed, name) {
  let hash = 0x811c9dc5;
  for (const sign of `${seed}/${name}`) hash = Math.imul(hash ^ sign.codePointAt(0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** The list, mixed; two names always come in the same order, whatever else is asked. Without a seed, as it is. */
export const mixed = (seed, list, name = String) =>
  seed ? [...list].sort((one, other) => rank(seed, name(one)) - rank(seed, name(other))) : [...list];

/** A new seed, short enough to be told aloud. */
export const fresh = () => 1000 + Math.floor(Math.random() * 9000);

const PART = /^(?:mode[:=](practice|exam|pretest)|seed[:=]([1-9]\d{0,3})|items[:=]([\w.,-]+)|minutes[:=]([1-9]\d{0,2})|confidence[:=](1))$/;

/** What the fragment of an address says of the quiz, as in `#quiz=seed:4821;items=q1,q3;mode=exam`; null if nothing. */
export function read(fragment) {
  if (!fragment.startsWith("#quiz=")) return null;
  const parts = fragment.slice(6).replaceAll("%2C", ",").split(";").map((part) => PART.exec(part) ?? []);
  const [mode = "practice", seed, items, minutes, sure] = [1, 2, 3, 4, 5].map((place) => parts.map((found) => found[place]).find(Boolean));
  return given({ mode, seed: Number(seed), items: items?.split(","), minutes: Number(minutes), confidence: Boolean(sure) });
}

/** What is set of some settings. */
export const given = (settings) => Object.fromEntries(Object.entries(settings).filter(([, value]) => value));

/** The fragment that says these settings. */
export function written({ mode, seed, items, minutes, confidence }) {
  const told = given({ seed, items: items?.join(","), mode, minutes, confidence: Number(confidence) });
  return `#quiz=${Object.entries(told).map((pair) => pair.join(":")).join(";")}`;
}
