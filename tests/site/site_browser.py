"""Chromium on a site served from this machine, listening for whatever goes wrong on its pages."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
)
from site_support import ROOT, made_pages

AXE = ROOT / "tests/node_modules/axe-core/axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# The last page of each kind; of the concepts, the one that rests on all others.
KINDS = {page.kind: f"{page.path}/" if page.path else "" for page in made_pages()} | {"lost": "404.html"}
CONCEPT = KINDS["concept"]
LIGHT, DARK = (("data-md-color-scheme", scheme) for scheme in ("default", "slate"))
SCHEMES = {"light": LIGHT, "dark": DARK}
SWITCH = "document.querySelector('[data-md-color-scheme=slate][type=radio]').click()"
OPEN = "document.querySelectorAll('details').forEach(each => { each.open = true })"


@contextmanager
def watched(browser: Browser, address: str, **options: Any) -> Iterator[BrowserContext]:
    """Open a context; fail at its end if a page complained, or asked another host for anything."""
    options = {"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce", **options}
    context = browser.new_context(**options)
    # The service worker keeps what is fetched, which is test_offline's business and only slows the others.
    context.add_init_script("Object.defineProperty(Navigator.prototype, 'serviceWorker', {value: undefined})")
    faults: list[str] = []

    def judge(response: Response) -> None:
        if not response.url.startswith((address, "data:")) or response.status >= 400:
            faults.append(f"{response.status} {response.url}")

    def hear(said: ConsoleMessage) -> None:
        if said.type in ("error", "warning"):
            faults.append(f"{said.type}: {said.text}")

    def fail(request: Request) -> None:
        # The next page was asked for meanwhile; or a module is preloaded where no script may run.
        harmless = "net::ERR_ABORTED", "csp" if options.get("java_script_enabled") is False else ""
        if request.failure not in harmless:
            faults.append(f"{request.failure}: {request.url}")

    context.on("console", hear)
    context.on("weberror", lambda error: faults.append(str(error.error)))
    context.on("response", judge)
    context.on("requestfailed", fail)
    yield context
    context.close()
    assert not faults, "\n".join(faults)


def violations(page: Page, *rules: str) -> list[str]:
    """Return what axe finds on a page, each with its place and reason; by `rules` only, if any are named."""
    if not AXE.is_file():
        pytest.fail("axe-core is not installed: run npm install --prefix tests")
    page.evaluate(AXE.read_text("utf-8"))
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": TAGS}
    found = page.evaluate("only => axe.run(document, { runOnly: only, resultTypes: ['violations'] })", only)
    assert len(found["passes"]) > (0 if rules else 10)
    return [
        f"{fault['id']} ({fault['impact']}): {node['target']}: {node['failureSummary']}"
        for fault in found["violations"]
        for node in fault["nodes"]
    ]


def shoot(page: Page, name: str) -> None:
    """Keep a page as a desktop and as a phone shows it, in the folder `FICHES_SHOTS` if there is one."""
    if folder := os.environ.get("FICHES_SHOTS"):
        before = page.viewport_size
        page.screenshot(path=Path(folder) / f"{name}-desktop.png", full_page=True)
        page.set_viewport_size({"width": 360, "height": 740})
        page.screenshot(path=Path(folder) / f"{name}-phone.png", full_page=True)
        if before:
            page.set_viewport_size(before)


def width(page: Page) -> int:
    """Return how wide the whole page is, in px."""
    return int(page.evaluate("document.documentElement.scrollWidth"))


def settled(page: Page) -> None:
    """Wait until the theme's script and the quiz's have taken over."""
    page.locator("html.js").wait_for(state="attached")
    if page.locator("fiches-quiz").count():
        page.locator("[data-actions]:not([hidden])").first.wait_for()
