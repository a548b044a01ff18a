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

{
  document.documentElement.classList.replace("no-js", "js");
  const fits = (input) => matchMedia(input.dataset.mdColorMedia).matches;
  const colour = ({ mdColorMedia: media, mdColorScheme: scheme, mdColorPrimary: primary, mdColorAccent: accent }) => ({ media, scheme, primary, accent });
  const preferred = Array.from(document.querySelectorAll("[data-md-color-media]")).find(fits);
  const chosen = __md_get("__palette")?.color ?? (preferred && colour(preferred.dataset));
  for (const [name, value] of Object.entries(chosen ?? {})) document.body.setAttribute(`data-md-color-${name}`, value);
}
