"""Chromium, and a server for it on this machine."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

SWITCHES = (
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
NAMES = ("chromium-headless-shell", "chromium", "google-chrome", "chromium-browser", "google-chrome-stable")


# What is wrong with the drawings of a page: words outside the drawing or outside the box of their group, a page that scrolls.
PROBE = """() => {
  const found = [];
  const inside = (a, b, slack) =>
    a.x >= b.x - slack && a.right <= b.right + slack && a.y >= b.y - slack && a.bottom <= b.bottom + slack;
  for (const svg of document.querySelectorAll('svg.fi-d')) {
    const sheet = svg.viewBox.baseVal;
    if (Math.abs(svg.getBoundingClientRect().width - sheet.width) > 0.5) found.push('scaled');
    for (const text of svg.querySelectorAll('text')) {
      const b = text.getBBox();
      const out = b.x < sheet.x - 0.5 || b.x + b.width > sheet.x + sheet.width + 0.5
        || b.y < sheet.y - 0.5 || b.y + b.height > sheet.y + sheet.height + 0.5;
      if (out) found.push('leaves the drawing: ' + text.textContent);
      const size = parseFloat(getComputedStyle(text).fontSize);
      if (size < 14) found.push('small: ' + text.textContent);
      const box = [...text.parentNode.children].filter(
        (node) => node.matches('rect.fi-d-box, rect.fi-d-note') && node.nextElementSibling);
      const mine = box.filter((node) => {
        const r = node.getBoundingClientRect(), t = text.getBoundingClientRect();
        const x = t.x + t.width / 2, y = t.y + t.height / 2;
        return x > r.x && x < r.right && y > r.y && y < r.bottom;
      });
      for (const node of mine)
        if (!inside(text.getBoundingClientRect(), node.getBoundingClientRect(), 0.5))
          found.push('leaves its box: ' + text.textContent);
    }
  }
  if (document.documentElement.scrollWidth > innerWidth) found.push('the page scrolls');
  return found;
}"""


class _Handler(SimpleHTTPRequestHandler):
    extensions_map: ClassVar[dict[str, str]] = {
        **SimpleHTTPRequestHandler.extensions_map,
        ".mjs": "text/javascript",
    }

    policy = ""

    def end_headers(self) -> None:
        if self.policy:
            self.send_header("Content-Security-Policy", self.policy)
        super().end_headers()

    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def serve(folder: Path, policy: str = "") -> Iterator[str]:
    """Serve `folder`, under a Content-Security-Policy if one is given, and yield its address."""
    handler = type("Handler", (_Handler,), {"policy": policy})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run the Chromium of this machine while the context lasts."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.fail(f"these tests need one of {', '.join(NAMES)}: run tests/system.sh")
    expect.set_options(timeout=20_000)  # a busy machine may take its time
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(SWITCHES))
        yield browser
        browser.close()
