"""Chromium on a site served from this machine, listening for whatever goes wrong on its pages."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    sync_playwright,
)
from site_support import ROOT

SWITCHES = (
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
NAMES = ("chromium", "google-chrome", "chromium-browser", "google-chrome-stable")
AXE = ROOT / "tests/node_modules/axe-core/axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class _Handler(SimpleHTTPRequestHandler):
    extensions_map: ClassVar[dict[str, str]] = {
        **SimpleHTTPRequestHandler.extensions_map,
        ".mjs": "text/javascript",
    }

    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Serve `folder` while the context lasts; yield its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(folder)))
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
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(SWITCHES))
        yield browser
        browser.close()


@contextmanager
def watched(browser: Browser, address: str, **options: Any) -> Iterator[BrowserContext]:
    """Open a context; fail at its end if a page complained, or asked another host for anything."""
    options = {"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce", **options}
    context = browser.new_context(**options)
    context.set_default_timeout(8000)
    faults: list[str] = []

    def judge(response: Response) -> None:
        if not response.url.startswith((address, "data:")) or response.status >= 400:
            faults.append(f"{response.status} {response.url}")

    def hear(said: ConsoleMessage) -> None:
        if said.type in ("error", "warning"):
            faults.append(f"{said.type}: {said.text}")

    def fail(request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # the next page was asked for meanwhile
            faults.append(f"{request.failure}: {request.url}")

    context.on("console", hear)
    context.on("weberror", lambda error: faults.append(str(error.error)))
    context.on("response", judge)
    context.on("requestfailed", fail)
    yield context
    context.close()
    assert not faults, "\n".join(faults)


def violations(page: Page) -> list[str]:
    """Return what axe finds on a page, each with its place and reason."""
    if not AXE.is_file():
        pytest.fail("axe-core is not installed: run npm install --prefix tests")
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("tags => axe.run(document, { runOnly: tags, resultTypes: ['violations'] })", TAGS)
    assert len(found["passes"]) > 10
    return [
        f"{fault['id']} ({fault['impact']}): {node['target']}: {node['failureSummary']}"
        for fault in found["violations"]
        for node in fault["nodes"]
    ]


def width(page: Page) -> int:
    """Return how wide the whole page is, in px."""
    return int(page.evaluate("document.documentElement.scrollWidth"))
