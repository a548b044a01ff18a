// What a word of the glossary means, beside the word, for as long as the pointer or the focus is on it (WCAG 1.4.13).
// The words come from the link's own title, which is taken away meanwhile so that it is not shown twice.
const TERM = "a.fi-term[title], a.fi-term[aria-describedby=fi-meaning]";
const GRACE = 200; // ms to move the pointer from the word to its meaning
const EDGE = 8; // px kept free at the edges of the window

const meaning = document.createElement("div");
meaning.id = "fi-meaning";
meaning.setAttribute("role", "tooltip");
meaning.hidden = true;
(document.querySelector("main") ?? document.body).append(meaning);
let shown, leaving;

function show(link) {
  clearTimeout(leaving);
  if (link === shown) return;
  hide();
  shown = link;
  meaning.textContent = link.title;
  for (const name of ["lang", "dir"]) meaning[name] = link.closest(`[${name}]`)?.[name] ?? "";
  link.removeAttribute("title");
  link.setAttribute("aria-describedby", meaning.id);
  meaning.hidden = false;
  place(link.getBoundingClientRect());
}

/** Under the word, or above it where the window ends; touching it, so that the pointer can cross over. */
function place(word) {
  const wide = document.documentElement.clientWidth;
  const { width, height } = meaning.getBoundingClientRect();
  const origin = meaning.offsetParent.getBoundingClientRect();
  const start = getComputedStyle(meaning).direction === "rtl" ? word.right - width : word.left;
  const below = word.bottom + height <= innerHeight || word.top < height;
  meaning.style.left = `${Math.max(EDGE, Math.min(start, wide - width - EDGE)) - origin.left}px`;
  meaning.style.top = `${(below ? word.bottom : word.top - height) - origin.top}px`;
}

function hide() {
  clearTimeout(leaving);
  if (!shown) return;
  shown.title = meaning.textContent;
  shown.removeAttribute("aria-describedby");
  meaning.hidden = true;
  shown = undefined;
}

function leave() {
  clearTimeout(leaving);
  leaving = setTimeout(() => shown?.matches(":focus-visible") || hide(), GRACE);
}

const term = (event) => (event.target instanceof Element ? event.target.closest(TERM) : null);

document.addEventListener("pointerover", (event) => {
  if (event.pointerType === "touch") return; // a tap follows the link to the whole entry
  const link = term(event);
  if (link) show(link);
  else if (meaning.contains(event.target)) clearTimeout(leaving);
  else if (shown) leave();
});
document.documentElement.addEventListener("pointerleave", leave);
document.addEventListener("focusin", (event) => {
  const link = term(event);
  if (link?.matches(":focus-visible")) show(link);
  else hide();
});
document.addEventListener("focusout", (event) => event.target === shown && hide());
document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
