// Has the browser keep this page and what it is made of, so that it can be read again without a network.
const manifest = document.querySelector("link[rel=manifest]");
const worker = navigator.serviceWorker; // not there without https

/** Ask for something through the service worker, which keeps it. */
async function remember(address) {
  const { origin, pathname } = new URL(address);
  const kept = await caches.match(origin + pathname, { ignoreVary: true });
  if (!kept) await fetch(address).catch(() => {});
}

async function start() {
  await worker.register(new URL("sw.js", __md_scope));
  await worker.ready;
  if (!worker.controller) await new Promise((claimed) => worker.addEventListener("controllerchange", claimed, { once: true }));
  const parts = performance.getEntriesByType("resource").map((part) => part.name);
  const icons = [...document.querySelectorAll("link[rel=icon], link[rel=manifest]")].map((link) => link.href);
  // The home page and the one on reading offline are where a reader lands without a network.
  const { later = "", offline } = manifest.dataset;
  const more = [".", offline, ...later.split(" ").filter(Boolean)].map((name) => new URL(name, manifest.href).href);
  for (const address of [location.href, ...parts, ...icons, ...more]) {
    if (address.startsWith(__md_scope.href)) await remember(address);
  }
}

if (worker && manifest && location.protocol !== "file:") {
  // A browser that keeps nothing, by its reader's choice, is no fault.
  const begin = () => start().catch(() => {});
  // Chromium may never call an idle page idle: it counts the frames that it draws.
  const later = () => (window.requestIdleCallback ? requestIdleCallback(begin, { timeout: 1000 }) : setTimeout(begin));
  if (document.readyState === "complete") later();
  else addEventListener("load", later);
}
