// The path that the reader chose through the sheets: its neighbours take the place of those in reading order.
import { LocalStore } from "../quiz/store.mjs";

const ways = [...document.querySelectorAll("[data-path]")];
const usual = document.querySelector("[data-usual]");
const store = new LocalStore(ways[0].dataset.key);

/** Shows the neighbours on the chosen path; a sheet that is not on it keeps its own. */
function show() {
  const chosen = store.load().path;
  for (const way of ways) way.hidden = way.dataset.path !== chosen;
  if (usual) usual.hidden = ways.some((way) => !way.hidden);
}

function choose(state) {
  store.save(state);
  show();
}

function leave() {
  choose({});
  usual?.querySelector("a").focus();
}

const asked = ways.find(({ id }) => `#${id}` === location.hash);
if (asked) {
  choose({ path: asked.dataset.path });
  // The page is read from its top, and a reload does not choose again.
  history.replaceState(history.state, "", location.pathname + location.search);
} else show();
for (const way of ways) way.querySelector("[data-do=leave]").addEventListener("click", leave);
addEventListener("storage", ({ key }) => (key === null || key === store.key) && show()); // another tab chose
