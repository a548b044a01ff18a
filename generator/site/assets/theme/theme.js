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
  const chosen = __md_get("__palette")?.color;
  if (chosen?.media === "(prefers-color-scheme)") {
    const scheme = matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark";
    const input = document.querySelector(`[data-md-color-media="(prefers-color-scheme: ${scheme})"]`);
    for (const name of ["media", "scheme", "primary", "accent"]) chosen[name] = input?.dataset[`mdColor${name[0].toUpperCase()}${name.slice(1)}`];
  }
  for (const [name, value] of Object.entries(chosen ?? {})) document.body.setAttribute(`data-md-color-${name}`, value);
}

// The search's worker and index weigh more than a page: both wait until a reader turns to the search, or comes from it.
{
  const wanted = new Promise((resolve) => {
    if (/[?&][hq]=/.test(location.search)) resolve();
    addEventListener("focusin", ({ target }) => target.dataset.mdComponent === "search-query" && resolve());
  });

  window.XMLHttpRequest = class extends XMLHttpRequest {
    #waits = false;

    open(method, address, ...rest) {
      this.#waits = String(address).endsWith("/search/search_index.json");
      super.open(method, address, ...rest);
    }

    async send(...body) {
      if (this.#waits) await wanted;
      super.send(...body);
    }
  };

  const { Worker } = window;
  window.Worker = class extends EventTarget {
    #real;

    constructor(address) {
      super();
      this.#real = wanted.then(() => {
        const real = new Worker(address);
        real.addEventListener("message", ({ data }) => this.dispatchEvent(new MessageEvent("message", { data })));
        return real;
      });
    }

    async postMessage(data) {
      (await this.#real).postMessage(data);
    }
  };
}
