"""What axe does not see: space, zoom, imposed colours, motion, the keyboard, and the ways back and forth."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator

import pytest
from browsers import serve
from playwright.sync_api import Browser, Page, expect
from site_browser import AXE, CONCEPT, KINDS, OPEN, SCHEMES, settled, violations, watched, width
from site_support import ROOT, Built

pytestmark = pytest.mark.browser

PHONE = {"width": 360, "height": 740}
# What WCAG 1.4.12 lets a reader change; through the object model, which the page's policy leaves open.
SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
    p { margin-block-end: 2em !important }`);
  document.adoptedStyleSheets = [sheet];
}"""
# Elements of the page whose own words do not fit into them.
CUT = """() => [...document.querySelectorAll('article *, nav a, .md-footer *')].filter(element =>
  [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim()) && element.checkVisibility() && element.clientWidth > 1 &&
  /hidden|clip/.test(getComputedStyle(element).overflow) &&
  (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1)
).map(element => `${element.className}: ${element.textContent}`)"""
MOVING = """() => [...document.querySelectorAll('*')].filter(element => {
  const style = getComputedStyle(element);
  return [style.transitionDuration, style.animationDuration].some(time => /[1-9]/.test(time));
}).length + document.getAnimations().length"""
# Where the focus is, whether it shows, and whether something covers all of it.
FOCUS = """() => {
  const found = document.activeElement;
  if (found === document.body) return null;
  window.seen ??= [];
  if (!window.seen.includes(found)) window.seen.push(found);
  const box = found.type === 'radio' || found.type === 'checkbox';
  const shown = box ? found.closest('label') ?? found.nextElementSibling : found;
  const boxes = [...shown.getClientRects()];
  const points = boxes.flatMap(({ left, top, width, height }) =>
    [.1, .5, .9].flatMap(x => [.2, .5, .8].map(y => [left + x * width, top + y * height])));
  const free = points.some(point => {
    const top = document.elementFromPoint(...point);
    return top && (shown.contains(top) || top.contains(found));
  });
  return {
    name: `${found.tagName}.${found.className} ${found.textContent.trim().slice(0, 40)}`,
    number: window.seen.indexOf(found), free,
    ringed: [found, shown].some(each => {
      const style = getComputedStyle(each);
      return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
    }),
  };
}"""


@pytest.fixture(scope="module")
def address(site: Built) -> Iterator[str]:
    with serve(site.root) as url:
        yield url


def measured(locales: tuple[str, ...]) -> dict[str, object]:
    """Return what the declaration of accessibility may say: what these tests look at, and with what."""
    packages = json.loads((ROOT / "tests/package-lock.json").read_text("utf-8"))["packages"]
    matrix = {"kinds": len(KINDS), "locales": sorted(locales), "schemes": sorted(SCHEMES)}
    pages = len(KINDS) * len(locales) * len(SCHEMES)
    return {
        "axe": {
            "version": packages["node_modules/axe-core"]["version"],
            **matrix,
            "pages": pages,
            "violations": 0,
        },
        "nu": {"version": packages["node_modules/vnu-jar"]["version"], "errors": 0},
        "checks": ["spacing", "zoom", "contrast", "motion", "keyboard", "targets", "terms"],
    }


def test_the_declaration_says_what_is_tested(site: Built) -> None:
    """The zeros in it are those that test_browser and test_markup demand of every page that they look at."""
    file = ROOT / "generator/site/data/accessibility.json"
    said = json.loads(file.read_text("utf-8"))
    if month := os.environ.get("FICHES_MEASURED"):
        said = {"month": month, **measured(site.locales)}
        file.write_text(json.dumps(said, indent=2) + "\n", "utf-8")
    month = said.pop("month")
    assert said == measured(site.locales), (
        f"run FICHES_MEASURED={month} pytest {__file__}, with the month it is"
    )


def visited(page: Page, address: str) -> Iterator[str]:
    """Go to the last page of each kind in turn."""
    for kind, path in KINDS.items():
        page.goto(address + path)
        settled(page)
        yield kind


def test_text_may_be_spaced(browser: Browser, address: str) -> None:
    for viewport in (PHONE, {"width": 1280, "height": 900}):
        with watched(browser, address, viewport=viewport) as context:
            page = context.new_page()
            for kind in visited(page, address):
                page.evaluate(SPACED)
                page.evaluate(OPEN)
                assert width(page) <= viewport["width"], kind
                assert page.evaluate(CUT) == [], kind


@pytest.mark.parametrize("zoom", [2, 4])
def test_a_page_may_be_enlarged(browser: Browser, address: str, zoom: int) -> None:
    viewport = {"width": 1280 // zoom, "height": 1024 // zoom}
    with watched(browser, address, viewport=viewport, device_scale_factor=zoom) as context:
        page = context.new_page()
        for kind in visited(page, address):
            page.evaluate(OPEN)
            assert width(page) <= viewport["width"], kind
            assert page.evaluate(CUT) == [], kind
            expect(
                page.locator("label[for=__search], [data-md-component=search-query]").first
            ).to_be_visible()


@pytest.mark.parametrize("preferred", SCHEMES)
def test_more_contrast(browser: Browser, address: str, preferred: str) -> None:
    """Where more contrast is asked for, words have that of level AAA."""
    with watched(browser, address, contrast="more", color_scheme=preferred) as context:
        page = context.new_page()
        page.goto(address + CONCEPT)
        settled(page)
        page.evaluate(OPEN)
        page.evaluate(AXE.read_text("utf-8"))
        found = page.evaluate("axe.run('article', { runOnly: ['color-contrast-enhanced'] })")
        assert found["passes"]
        assert [node["html"] for fault in found["violations"] for node in fault["nodes"]] == []


def test_imposed_colours(browser: Browser, address: str) -> None:
    colour = "element => getComputedStyle(element).{}"
    with watched(browser, address, forced_colors="active", color_scheme="dark") as context:
        page = context.new_page()
        page.goto(address + CONCEPT)
        settled(page)
        text = page.locator("article p").first.evaluate(colour.format("color"))
        assert page.locator(".fi-d text").first.evaluate(colour.format("fill")) == text
        assert page.locator(".fi-d .fi-d-box").first.evaluate(colour.format("stroke")) == text
        assert violations(page) == []


def test_nothing_moves_where_that_is_asked(browser: Browser, address: str) -> None:
    with watched(browser, address, reduced_motion="no-preference") as context:
        page = context.new_page()
        page.goto(address + CONCEPT)
        settled(page)
        assert page.evaluate(MOVING) > 0
        page.emulate_media(reduced_motion="reduce")
        assert page.evaluate(MOVING) == 0


@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
def test_the_keyboard_goes_all_the_way_and_is_seen(browser: Browser, address: str, key: str) -> None:
    with watched(browser, address) as context:
        page = context.new_page()
        page.goto(address + CONCEPT)
        settled(page)
        found, faults = -1, []
        for _ in range(800):
            page.keyboard.press(key)
            here = page.evaluate(FOCUS)
            if here is None:
                break
            assert here["number"] == found + 1, f"the focus is caught at {here['name']}"
            found = here["number"]
            if not here["free"]:  # on a busy machine, the page may still be scrolling
                page.wait_for_timeout(500)
                here = page.evaluate(FOCUS)
            faults += [str(here)] if not (here["free"] and here["ringed"]) else []
        else:
            pytest.fail("no end of the page")
        assert found > 100
        assert faults == []


def test_targets_are_large_enough(browser: Browser, address: str) -> None:
    with watched(browser, address, viewport=PHONE, has_touch=True) as context:
        page = context.new_page()
        for kind in visited(page, address):
            page.evaluate(OPEN)
            page.evaluate(AXE.read_text("utf-8"))
            found = page.evaluate("axe.run(document, { runOnly: ['target-size'] })")
            assert found["passes"], kind
            assert [node["html"] for fault in found["violations"] for node in fault["nodes"]] == [], kind


def test_a_definition_stays_until_it_is_dismissed(browser: Browser, address: str) -> None:
    with watched(browser, address) as context:
        page = context.new_page()
        page.goto(address + CONCEPT)
        settled(page)
        term, meaning = page.locator("article a.fi-term").first, page.locator("#fi-meaning")
        definition = term.get_attribute("title")
        expect(meaning).to_be_hidden()
        term.hover()
        expect(meaning).to_have_text(definition)
        expect(term).to_have_accessible_description(definition)
        assert term.get_attribute("title") is None  # it would be shown twice
        meaning.hover()
        page.wait_for_timeout(400)  # longer than the grace for crossing over
        expect(meaning).to_be_visible()
        assert violations(page) == []
        page.keyboard.press("Escape")
        expect(meaning).to_be_hidden()
        assert term.get_attribute("title") == definition
        term.hover()
        expect(meaning).to_be_visible()
        page.mouse.move(2, 2)
        expect(meaning).to_be_hidden()
        term.evaluate("term => term.focus({ focusVisible: true })")
        expect(meaning).to_have_text(definition)
        page.keyboard.press("Tab")
        expect(meaning).not_to_have_text(definition)


def test_a_tap_on_a_word_leads_to_the_glossary(browser: Browser, address: str) -> None:
    with watched(browser, address, viewport=PHONE, has_touch=True) as context:
        page = context.new_page()
        page.goto(address + CONCEPT)
        settled(page)
        page.locator("article a.fi-term").first.tap()
        page.wait_for_url("**/glossary/#term-*")


@pytest.mark.parametrize("script", [True, False])
def test_a_wrong_answer_leads_to_the_sentence_that_explains_it_and_back(
    browser: Browser, address: str, script: bool
) -> None:
    with watched(browser, address, java_script_enabled=script) as context:
        page = context.new_page()
        page.goto(address + CONCEPT)
        form = page.locator("form:has(.fi-reread):has([name=choice][type=radio])").first
        reread = form.locator(".fi-reread a")
        expect(reread).to_be_hidden()
        if script:
            settled(page)
            for option in form.locator("[name=choice]").all():
                option.check()
                form.locator("[data-do=check]").click()
                if form.get_attribute("data-state") == "wrong":
                    break
                form.locator("[data-do=retry]").click()
        else:
            form.locator(".fi-answer > summary").click()
        reread.click()
        back = page.locator(".fi-back:target")
        expect(back).to_be_in_viewport()
        expect(page.locator(".fi-back:visible")).to_have_count(1)
        expect(back).to_be_focused()
        said = page.locator(f"[id='{back.get_attribute('aria-describedby')}']")
        expect(said).to_be_in_viewport()
        assert said.text_content().strip()
        page.keyboard.press("Enter")
        expect(form.locator("legend").first).to_be_in_viewport()
        expect(back).to_have_count(0)


def test_a_chosen_path_is_followed_until_it_is_left(browser: Browser, site: Built, address: str) -> None:
    way = next(path for path in site.course.paths if len(path.concepts) < len(site.course.concepts))
    with watched(browser, address) as context:
        page = context.new_page()
        page.goto(f"{address}paths/")
        page.locator(f"a[href$='#path-{way.id}']").click()
        for number, concept in enumerate(way.concepts[:3]):
            page.wait_for_url(f"**/concepts/{concept}/")
            here = page.locator(".fi-way:visible")
            expect(here).to_have_count(1)
            expect(page.locator("[data-usual]")).to_be_hidden()
            expect(here).to_contain_text(f"{number + 1} sur {len(way.concepts)}")
            here.locator("[rel=next]").click()
        page.wait_for_url(f"**/concepts/{way.concepts[3]}/")
        assert violations(page) == []
        page.locator(".fi-way:visible [data-do=leave]").click()
        expect(page.locator(".fi-way:visible")).to_have_count(0)
        expect(page.locator("[data-usual] a").first).to_be_focused()
        page.reload()
        settled(page)
        expect(page.locator(".fi-way:visible")).to_have_count(0)
        expect(page.locator("[data-usual]")).to_be_visible()


def test_without_a_script_the_order_of_reading_stays(browser: Browser, site: Built, address: str) -> None:
    with watched(browser, address, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{address}concepts/{site.course.paths[0].concepts[0]}/")
        expect(page.locator("[data-usual]")).to_be_visible()
        expect(page.locator(".fi-way:visible")).to_have_count(0)
