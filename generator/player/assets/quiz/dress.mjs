// The style-sheet of what is loaded on demand: `dressed` is fulfilled once it applies, or will not.
const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: new URL("more.css", import.meta.url) });
export const dressed = new Promise((done) => (link.onload = link.onerror = done));
document.head.append(link);
