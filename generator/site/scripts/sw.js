// The service worker: keeps what was read, so that it can be read again without a network.
// `SITE` is { version, homes }: what tells this build from others, so that browsers see a new worker, and the page on
// reading offline of each locale.
const SITE = {};
const SCOPE = new URL(self.registration.scope);
// One cache for every version: a page in it and the files that the page names belong together, whichever version it is of.
const CACHE = `fiches:${SCOPE.pathname}`;
const PATIENCE = 3000;
const ANY = { ignoreVary: true };
// Files named after their content, which never change: a folder, or a file of the theme.
const LASTING = /(?:^|[/"\s])assets\/(fiches-[0-9a-f]{8}(?=\/)|[^"\s?#<>]*\.[0-9a-f]{8}\.min\.(?:css|js)\b)/g;

const address = (url) => url.origin + url.pathname;
const below = (url) => url.pathname.slice(SCOPE.pathname.length);
const within = (url) => url.origin === SCOPE.origin && url.pathname.startsWith(SCOPE.pathname);
const ours = (url) => within(url) && !/(^|\/)downloads\/./.test(below(url));
const named = (text) => [...text.matchAll(LASTING)].map(([, name]) => name);
const lasting = (url) => named(below(url))[0];
const caching = () => caches.open(CACHE);
const kept = async (key) => (await caching()).match(key, ANY);
const isPage = (answer) => answer.headers.get("Content-Type")?.startsWith("text/html");
// Never an error, nor what another address answered in its place.
const good = (answer) => answer.status === 200 && !answer.redirected && answer.type === "basic";

// A new version waits until no page is open, and need not be hurried: pages come from the network anyway. Chromium would
// leave a reader who follows a link in the middle of a hurried change (`skipWaiting`) with a page that never comes.
addEventListener("install", (event) => event.waitUntil(renew()));
addEventListener("activate", (event) => event.waitUntil(tidy().then(() => self.clients.claim())));
addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || !ours(url)) return;
  event.respondWith(lasting(url) ? first(event, url) : fresh(event, url));
});

/** Keep an answer, if it is one to keep. */
async function keep(key, answer) {
  if (!good(answer)) return;
  try {
    // Whole, before the cache is touched: one that waits for the rest of an answer lets nobody read.
    const body = await answer.blob();
    await (await caching()).put(key, new Response(body, { headers: answer.headers }));
  } catch {
    // storage is full, or the network gone: reading goes on with what there is
  }
}

/** What is kept wins: it cannot have changed. */
async function first(event, url) {
  const key = address(url);
  const before = await kept(key);
  if (before) return before;
  const answer = await fetch(event.request);
  event.waitUntil(keep(key, answer.clone()));
  return answer;
}

/** The network wins, unless it fails or is slower than a reader's patience. */
async function fresh(event, url) {
  const key = address(url);
  // Always asked for: a host may allow pages to be minutes old, but their files go with the next version.
  const answer = fetch(event.request, { cache: "no-cache" });
  event.waitUntil(answer.then((given) => keep(key, given.clone())).catch(() => {}));
  const before = await kept(key);
  if (!before) return answer.catch((error) => lost(event.request, url, error));
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE, before));
  return Promise.race([answer.then((given) => (given.status < 500 ? given : before)).catch(() => before), late]);
}

/** A page that is not kept: the locale's page on reading offline says which are, and how to keep all. */
async function lost(request, url, error) {
  const [home, page] = SITE.homes.find(([folder]) => below(url).startsWith(folder)) ?? [];
  const target = page && new URL(home + page, SCOPE);
  if (request.mode === "navigate" && target && (await kept(target.href))) return Response.redirect(target);
  throw error;
}

/** Ask again for every page that is kept, so that all are of the new version; what is gone is let go. */
async function renew() {
  const cache = await caching();
  for (const { url } of await cache.keys()) {
    if (lasting(new URL(url))) continue;
    try {
      const answer = await fetch(url, { cache: "no-cache" });
      if (good(answer)) {
        // Its files first: without the network in between, the page as it was would still do.
        if (isPage(answer)) await parts(url, await answer.clone().text());
        await keep(url, answer);
      } else if (answer.status < 500) await cache.delete(url);
    } catch {
      // no network: it stays as it is
    }
  }
}

/** Keep the style-sheets and scripts that a page names. */
async function parts(url, page) {
  for (const [, name] of page.matchAll(/"([^"\s?#<>]+\.(?:css|m?js))"/g)) {
    const part = new URL(name, url);
    if (ours(part) && lasting(part) && !(await kept(address(part)))) await keep(address(part), await fetch(part));
  }
}

/** Let go of the files that no kept page names: as this version begins, no page of another is open. */
async function tidy() {
  const cache = await caching();
  const files = [];
  const needed = new Set();
  for (const key of await cache.keys()) {
    const file = lasting(new URL(key.url));
    if (file) files.push([key, file]);
    else {
      const answer = await kept(key);
      if (isPage(answer)) for (const name of named(await answer.text())) needed.add(name);
    }
  }
  for (const [key, file] of files) if (!needed.has(file)) await cache.delete(key);
}
