// What surrounds a page, at work: colours, contents that follow the reading, and the search.
// The theme's own script does all of this too, but weighs more than a page; only the search cannot do without it.

const $ = (selector) => document.querySelector(selector);
const $$ = (selector) => Array.from(document.querySelectorAll(selector));
const { body } = document;

/** Colours: of the two switches, the one that leads to the other scheme is shown. */
function colours() {
  const inputs = $$("[data-md-color-media][type=radio]");
  const show = () =>
    inputs.forEach((input) => {
      input.checked = input.dataset.mdColorScheme === body.dataset.mdColorScheme;
      input.nextElementSibling.hidden = !input.checked;
    });
  const choose = (index) => {
    const color = __md_colour(inputs[index]);
    __md_paint(color);
    __md_set("__palette", { index, color });
    show();
  };
  inputs.forEach((input, index) => {
    input.addEventListener("change", () => choose(index));
    input.addEventListener("keydown", ({ key }) => {
      if (key !== "Enter") return;
      const next = (index + 1) % inputs.length;
      choose(next);
      inputs[next].focus();
    });
  });
  show();
}

/** Call back with those of `nodes` whose top is above a line, whenever that changes. */
function above(nodes, line, told) {
  const passed = new Set();
  const watch = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) passed[isIntersecting ? "add" : "delete"](target);
      told(nodes.filter((node) => passed.has(node)));
    },
    { rootMargin: `1000000px 0px ${line}` },
  );
  for (const node of nodes) watch.observe(node);
}

/** Scroll a sidebar, and nothing else, until a link in it is seen. */
function reveal(link) {
  const wrap = link?.closest(".md-sidebar__scrollwrap");
  if (!wrap) return;
  const [outer, inner] = [wrap.getBoundingClientRect(), link.getBoundingClientRect()];
  if (inner.top < outer.top + outer.height / 4 || inner.bottom > outer.bottom) wrap.scrollTop += inner.top - outer.top - outer.height / 3;
}

/** Contents: the section that is being read is marked. */
function contents() {
  const links = new Map();
  for (const link of $$(".md-nav--secondary a[href^='#']")) {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (heading) links.set(heading, link);
  }
  above(Array.from(links.keys()), "-75%", (passed) => {
    const here = links.get(passed.at(-1));
    for (const link of links.values()) link.classList.toggle("md-nav__link--active", link === here);
    reveal(here);
  });
}

/** Header: once the title of the page has gone, the header names it; a way back up comes with turning back. */
function header() {
  const [title, name, top] = [$("article h1"), $(".md-header__title"), $(".md-top")];
  if (title && name) {
    const watch = new IntersectionObserver(([{ isIntersecting, boundingClientRect }]) =>
      name.classList.toggle("md-header__title--active", !isIntersecting && boundingClientRect.top < 0),
    );
    watch.observe(title);
  }
  if (!top) return;
  let before = scrollY;
  addEventListener(
    "scroll",
    () => {
      top.hidden = scrollY >= before || scrollY < innerHeight;
      before = scrollY;
    },
    { passive: true },
  );
  top.addEventListener("click", () => {
    scrollTo(0, 0);
    ($(".md-skip") ?? body).focus({ preventScroll: true });
  });
}

/** Code that is wider than its frame can be reached, and so be scrolled, by the keyboard. */
function code() {
  const watch = new ResizeObserver((entries) => {
    for (const { target } of entries) target.tabIndex = target.scrollWidth > target.clientWidth ? 0 : -1;
  });
  for (const node of $$("pre > code")) watch.observe(node);
}

/** One letter must not act alone (WCAG 2.1.4): those that the theme's script listens to do not reach it. */
function quiet(event) {
  const { key, target } = event;
  if (/^[fsnp,./]$/i.test(key) && !target.matches("input, textarea, select")) event.stopImmediatePropagation();
}

// What the theme's script would do once more.
const DONE = ["content", "header-title", "palette", "sidebar", "toc", "top"];

/** Search: the theme's script comes when a reader turns to the search, or from one of its results. */
function search() {
  const [script, toggle, query] = [$("template[data-search]"), $("#__search"), $("[data-md-component=search-query]")];
  if (!script || !query) return;
  const load = () => {
    if (!script.isConnected) return;
    for (const name of DONE) for (const node of $$(`[data-md-component=${name}]`)) node.removeAttribute("data-md-component");
    addEventListener("keydown", quiet, true);
    const parts = script.content.cloneNode(true);
    // What was typed meanwhile.
    parts.querySelector("script").addEventListener("load", () => query.dispatchEvent(new KeyboardEvent("keyup")));
    script.replaceWith(parts);
  };
  query.addEventListener("focus", load);
  toggle.addEventListener("change", () => {
    load();
    if (toggle.checked) query.focus();
  });
  if (document.activeElement === query || toggle.checked || /[?&][hq]=/.test(location.search)) load();
}

colours();
contents();
header();
code();
search();
reveal($(".md-nav--primary [aria-current=page]"));
