"""The theme's style-sheet, less what no page uses: whatever would style a page is still there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import material
import pytest
from browsers import serve
from playwright.sync_api import Browser
from site_browser import KINDS, OPEN, settled, watched
from site_support import Built

from generator.site.lean import lean, words

THEME = Path(next(iter(material.__path__))) / "templates/assets/stylesheets"
# The selectors of style-sheets that match something on the page, pseudo-classes and -elements set aside.
MATCHING = """sheets => {
  const found = new Set();
  const walk = (rules, group) => [...rules].forEach(rule => {
    if (rule.cssRules && !rule.selectorText) return walk(rule.cssRules, rule.conditionText);
    for (const one of (rule.selectorText ?? '').split(/,(?![^(]*\\))/)) {
      const plain = one.replace(/::?(before|after|placeholder|-webkit[\\w-]*|hover|focus(-visible|-within)?|active)/g, '').trim();
      try { if (plain && document.querySelector(plain)) found.add(`${group}|${one.trim()}`); } catch {}
    }
  });
  for (const text of sheets) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    walk(sheet.cssRules, '');
  }
  return [...found].sort();
}"""


@pytest.fixture(scope="module")
def address(site: Built) -> Iterator[str]:
    with serve(site.root) as url:
        yield url


@pytest.mark.browser
@pytest.mark.parametrize("locale", ["fr", "ar"])
def test_no_page_lacks_a_rule(browser: Browser, site: Built, address: str, locale: str) -> None:
    whole = [path.read_text("utf-8") for path in sorted(THEME.glob("*.css"))]
    (made,) = (site.root / site.home(locale) / "assets/stylesheets").glob("*.css")
    ours = made.read_text("utf-8")
    assert len(ours) < 0.6 * sum(map(len, whole))
    with watched(browser, address) as context:
        page = context.new_page()
        for kind, path in KINDS.items():
            page.goto(address + site.home(locale) + path)
            settled(page)
            page.evaluate(OPEN)
            wanted = page.evaluate(MATCHING, whole)
            assert len(wanted) > 100
            assert set(wanted) <= set(page.evaluate(MATCHING, [ours])), kind


@pytest.mark.parametrize(
    ("sheet", "left"),
    [
        (".a,.b{x:1}.c{x:2}", ".a{x:1}"),
        ("@media print{.c{x:1}.a{x:2}}@media print{.c{x:1}}", "@media print{.a{x:2}}"),
        ("[dir=rtl] .a{x:1}[dir=ltr] .a{x:2}[lang|=b] .a,[title^=c]{x:3}", "[dir=ltr] .a{x:2}[lang|=b] .a,[title^=c]{x:3}"),
        ("[dir = ltr i] .a,[dir = rtl i] .a,[hidden]{x:1}", "[dir = ltr i] .a,[hidden]{x:1}"),
        (".a:not(.c),.a:is(.b,.c){x:1}", ".a:not(.c),.a:is(.b,.c){x:1}"),
        ("@keyframes k{to{x:1}}@font-face{x:1}", "@keyframes k{to{x:1}}@font-face{x:1}"),
        (':root{--p-icon:url("data:a");--q-icon:url("data:b")}.a{x:var(--q-icon)}.c{x:var(--p-icon)}', ':root{--q-icon:url("data:b")}.a{x:var(--q-icon)}'),
        ("/* .a */p{x:1}", "p{x:1}"),
    ],
)  # fmt: skip
def test_what_is_left(sheet: str, left: str) -> None:
    known = words(['<p class="a" dir="ltr">'], ["{{ media }}"], ["md-x"])
    assert re.sub(r"\s+", " ", lean(sheet, known)) == left
