// The service worker: keeps what was read, so that it can be read again without a network.
// `SITE` is { version, homes }: what tells this build from others, and the page on reading offline of each locale.
const SITE = {};
const SCOPE = new URL(self.registration.scope);
const PREFIX = `fiches:${SCOPE.pathname}:`;
const CACHE = PREFIX + SITE.version;
const PATIENCE = 3000;
const ANY = { ignoreVary: true };

const address = (url) => url.origin + url.pathname;
const below = (url) => url.pathname.slice(SCOPE.pathname.length);
const within = (url) => url.origin === SCOPE.origin && url.pathname.startsWith(SCOPE.pathname);
const ours = (url) => within(url) && !/(^|\/)downloads\/./.test(below(url));
// Named after their content, these never change.
const lasting = (url) => /(^|\/)assets\/(fiches-[0-9a-f]{8}\/|.*\.[0-9a-f]{8}\.min\.(css|js)$)/.test(below(url));
const caching = () => caches.open(CACHE);
const generations = async () => (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);

addEventListener("install", (event) => event.waitUntil(renew().then(() => self.skipWaiting())));
addEventListener("activate", (event) => event.waitUntil(forget().then(() => self.clients.claim())));
addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || !ours(url)) return;
  event.respondWith(lasting(url) ? first(event, url) : fresh(event, url));
});

/** Keep an answer; never an error, nor what another address answered in its place. */
async function keep(key, answer) {
  if (answer.status !== 200 || answer.redirected || answer.type !== "basic") return;
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
  const kept = await inherited(key);
  if (kept) return kept;
  const answer = await fetch(event.request);
  event.waitUntil(keep(key, answer.clone()));
  return answer;
}

/** The network wins, unless it fails or is slower than a reader's patience. */
async function fresh(event, url) {
  const key = address(url);
  // Always asked for: a host may allow pages to be minutes old, but their files go with the next version.
  const answer = fetch(event.request, { cache: "no-cache" });
  event.waitUntil(answer.then((good) => keep(key, good.clone())).catch(() => {}));
  const kept = (await (await caching()).match(key, ANY)) ?? (await caches.match(key, ANY));
  if (!kept) return answer.catch((error) => lost(event.request, url, error));
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE, kept));
  return Promise.race([answer.then((good) => (good.status < 500 ? good : kept)).catch(() => kept), late]);
}

/** A page that is not kept: the locale's page on reading offline says which are, and how to keep all. */
async function lost(request, url, error) {
  const [home, page] = SITE.homes.find(([folder]) => below(url).startsWith(folder)) ?? [];
  const target = page && new URL(home + page, SCOPE);
  if (request.mode === "navigate" && target && (await caches.match(target.href, ANY))) return Response.redirect(target);
  throw error;
}

/** Find something that never changes; what only an older version kept is taken over. */
async function inherited(key) {
  const cache = await caching();
  const kept = await cache.match(key, ANY);
  if (kept) return kept;
  const older = await caches.match(key, ANY);
  if (older) await keep(key, older.clone());
  return older;
}

/** Ask again for every page that the version before kept, so that all of them are of one version. */
async function renew() {
  const name = (await generations()).pop();
  if (!name) return;
  const before = await caches.open(name);
  for (const { url } of await before.keys()) {
    if (lasting(new URL(url))) continue;
    const answer = await fetch(url, { cache: "no-cache" }).catch(() => null);
    if (!answer || answer.status >= 500) await (await caching()).put(url, await before.match(url, ANY));
    else await Promise.all([parts(url, answer.clone()), keep(url, answer)]);
  }
}

/** Keep the style-sheets and scripts that a page names. */
async function parts(url, page) {
  if (page.status !== 200 || !page.headers.get("Content-Type")?.startsWith("text/html")) return;
  for (const [, name] of (await page.text()).matchAll(/"([^"\s?#<>]+\.(?:css|m?js))"/g)) {
    const part = new URL(name, url);
    if (!ours(part) || !lasting(part) || (await inherited(address(part)))) continue;
    await fetch(part).then((answer) => keep(address(part), answer)).catch(() => {});
  }
}

/** Pages of the version before may still be open, and need its files: only what is older goes. */
async function forget() {
  for (const name of (await generations()).slice(0, -1)) await caches.delete(name);
}
