// The button that keeps a whole course: it asks for every page, and the service worker keeps what passes.
const box = document.querySelector("[data-offline][data-list]");
const [button, progress] = box.querySelectorAll("button, progress");
const home = new URL(box.dataset.list, location);

const files = async () => {
  const { pages, parts } = await (await fetch(home)).json();
  return [...pages, ...parts].map((name) => new URL(name, home).href);
};

const kept = async (address) => Boolean(await caches.match(address, { ignoreVary: true }));

const show = (state) => {
  button.disabled = state === "busy";
  progress.hidden = state !== "busy";
  for (const word of box.querySelectorAll("[data-state]")) word.hidden = word.dataset.state !== state;
};

/** Keep one file; fail if it cannot be had, or the storage is full. */
async function keep(address) {
  const answer = await fetch(address, { cache: "no-cache" });
  await answer.arrayBuffer();
  for (const pause of [0, 50, 200, 1000]) {
    await new Promise((resolve) => setTimeout(resolve, pause)); // it is kept after it has been answered
    if (await kept(address)) return;
  }
  throw new Error(address);
}

async function keepAll() {
  show("busy");
  try {
    navigator.storage?.persist?.();
    const all = await files();
    progress.max = all.length;
    for (const [done, address] of all.entries()) {
      progress.value = done;
      await keep(address);
    }
    show("done");
  } catch {
    show("failed");
  }
}

const ready = async () => {
  await navigator.serviceWorker.ready;
  const all = await Promise.all((await files()).map(kept));
  show(all.every(Boolean) ? "done" : "idle");
};

if (navigator.serviceWorker) {
  button.addEventListener("click", keepAll);
  box.hidden = false;
  ready().catch(() => show("idle"));
}
