// Before the page is painted: what the theme's own script expects to find, and the colours that the reader chose.
// A file of its own, so that a policy without inline scripts can hold; `data-root` leads to the root of the site.
var __md_scope = new URL(document.currentScript.dataset.root, location);

function __md_hash(text) {
  return Array.from(text).reduce((sum, sign) => ((sum << 5) - sum + sign.charCodeAt(0)) | 0, 0);
}

function __md_get(name, storage, scope = __md_scope) {
  try {
    return JSON.parse((storage ?? localStorage).getItem(`${scope.pathname}.${name}`));
  } catch {
    return null; // storage may be forbidden, or hold what another page of this host wrote
  }
}

function __md_set(name, value, storage, scope = __md_scope) {
  try {
    (storage ?? localStorage).setItem(`${scope.pathname}.${name}`, JSON.stringify(value));
  } catch {
    // the choice lasts as long as the page
  }
}

/** What a switch between light and dark stands for. */
function __md_colour({ dataset }) {
  const { mdColorMedia: media, mdColorScheme: scheme, mdColorPrimary: primary, mdColorAccent: accent } = dataset;
  return { media, scheme, primary, accent };
}

function __md_paint(colour) {
  for (const [name, value] of Object.entries(colour)) document.body.setAttribute(`data-md-color-${name}`, value);
}

{
  document.documentElement.classList.replace("no-js", "js");
  const fits = (input) => matchMedia(input.dataset.mdColorMedia).matches;
  const preferred = Array.from(document.querySelectorAll("[data-md-color-media]")).find(fits);
  __md_paint(__md_get("__palette")?.color ?? (preferred ? __md_colour(preferred) : {}));
}
