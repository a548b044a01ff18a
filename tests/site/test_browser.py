"""The built site in Chromium: accessible, quiet, at home on a phone, usable by keyboard and without a script."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from browsers import serve
from playwright.sync_api import Browser, Page, expect
from site_browser import (
    CONCEPT,
    DARK,
    KINDS,
    LIGHT,
    OPEN,
    SCHEMES,
    SWITCH,
    settled,
    shoot,
    violations,
    watched,
    width,
)
from site_support import HOSTILE, PSEUDO, Built

pytestmark = pytest.mark.browser

PHONES = (360, 320)
FOCUSED = "selector => !!document.activeElement.closest(selector)"


@pytest.fixture(scope="module")
def address(site: Built) -> Iterator[str]:
    with serve(site.root) as url:
        yield url


@pytest.fixture(scope="module")
def strange_address(strange: Built) -> Iterator[str]:
    with serve(strange.root) as url:
        yield url


def tab(page: Page, selector: str, most: int) -> None:
    """Press Tab until what `selector` finds has the focus, `most` times at most."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED, selector):
            return
    pytest.fail(f"{most} times Tab do not reach {selector}")


@pytest.mark.parametrize("kind", KINDS)
def test_accessible_in_each_locale_and_both_schemes(
    browser: Browser, site: Built, address: str, kind: str
) -> None:
    with watched(browser, address, color_scheme="light") as context:
        page = context.new_page()
        for locale in site.locales:
            page.goto(address + site.home(locale) + KINDS[kind])
            settled(page)
            expect(page.locator("body")).to_have_attribute(*LIGHT)
            assert violations(page) == []
            shoot(page, f"{kind}-{locale}-light")
            page.evaluate(SWITCH)
            expect(page.locator("body")).to_have_attribute(*DARK)
            assert violations(page, "color-contrast") == [], "in the dark, where only colours are others"
            shoot(page, f"{kind}-{locale}-dark")
            page.evaluate("localStorage.clear()")


@pytest.mark.parametrize("preferred", SCHEMES)
def test_accessible_with_answers_given_and_all_unfolded(
    browser: Browser, address: str, preferred: str
) -> None:
    phone = {"width": 360, "height": 740}
    with watched(browser, address, color_scheme=preferred, viewport=phone) as context:
        page = context.new_page()
        page.goto(address + CONCEPT)
        settled(page)
        expect(page.locator("body")).to_have_attribute(*SCHEMES[preferred])
        for number, form in enumerate(page.locator("form:has([name=choice])").all()[:4]):
            form.locator("[name=choice]").nth(number % 2).check()
            form.locator("[data-do=check]").click()
        states = page.locator("form[data-state]").evaluate_all("all => all.map(each => each.dataset.state)")
        assert len(states) == 4
        assert len(set(states)) > 1
        page.evaluate(OPEN)
        assert violations(page) == []
        assert width(page) <= phone["width"]


def test_accessible_from_right_to_left(browser: Browser, strange_address: str) -> None:
    """Every type of question and kind of diagram, in the wrapped locale."""
    with watched(browser, strange_address) as context:
        page = context.new_page()
        for path in ("", "concepts/first/"):
            page.goto(f"{strange_address}{PSEUDO}/{path}")
            settled(page)
            page.evaluate(OPEN)
            assert violations(page) == []


def test_hostile_texts_run_nothing(browser: Browser, strange: Built, strange_address: str) -> None:
    with watched(browser, strange_address) as context:
        page = context.new_page()
        for each in strange.pages:
            if each.locale == HOSTILE:
                page.goto(strange_address + each.path)
                settled(page)
                assert page.evaluate("typeof hacked") == "undefined", each.path
        page.goto(f"{strange_address}{HOSTILE}/")
        settled(page)
        page.locator("[data-md-component=search-query]").click()
        page.keyboard.type("hacked")
        page.locator(".md-search-result__link").first.wait_for()
        assert page.locator(".md-search-result img, .md-search-result script").count() == 0
        assert page.evaluate("typeof hacked") == "undefined"


@pytest.mark.parametrize("locale", ["fr", "ar"])
def test_no_page_scrolls_sideways_on_a_phone(
    browser: Browser, site: Built, address: str, locale: str
) -> None:
    with watched(browser, address) as context:
        page = context.new_page()
        for each in (page for page in site.pages if page.locale == locale):
            page.goto(address + each.path)
            settled(page)
            page.evaluate(OPEN)
            for phone in PHONES:
                page.set_viewport_size({"width": phone, "height": 740})
                assert width(page) <= phone, (each.path, phone)


def test_the_keyboard_reaches_everything(browser: Browser, address: str) -> None:
    with watched(browser, address) as context:
        page = context.new_page()
        page.goto(address + CONCEPT)
        settled(page)
        page.keyboard.press("Tab")
        expect(page.locator("a.md-skip")).to_be_focused()
        tab(page, ".md-select__link[hreflang=en]", 10)
        tab(page, "[data-md-component=search-query]", 5)
        page.keyboard.press("Escape")
        tab(page, ".md-nav--primary [aria-current=page]", 30)
        page.evaluate("document.activeElement.blur()")
        page.goto(address + CONCEPT)
        settled(page)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUSED, "article"), "the skip link does not lead into the article"
        tab(page, "form:has([name=choice][type=radio]) [name=choice]", 150)
        form = page.locator("form:has(:focus)")
        page.keyboard.press("Space")
        tab(page, "[data-do=check]", 10)
        page.keyboard.press("Enter")
        expect(form.locator("[data-verdict]")).not_to_be_empty()


def test_questions_and_answers_are_read_without_a_script(browser: Browser, address: str) -> None:
    with watched(browser, address, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(address + CONCEPT)
        forms = page.locator("form.fi-item")
        count = forms.count()
        assert count > 10
        for form in forms.all():
            expect(form.locator("legend").first).to_be_visible()
            expect(form.locator("[data-actions]")).to_be_hidden()
            form.locator(".fi-answer > summary").click()
            expect(form.locator(".fi-answer > :not(summary)").first).to_be_visible()


@pytest.mark.parametrize(
    ("home", "word"), [("", "expéditeur"), ("", "echec"), ("", "serveurs"), ("en/", "queue")]
)
def test_search_leads_to_a_section(browser: Browser, address: str, home: str, word: str) -> None:
    with watched(browser, address) as context:
        page = context.new_page()
        page.goto(address + home)
        settled(page)
        page.locator("[data-md-component=search-query]").click()
        page.keyboard.type(word)
        results = page.locator(".md-search-result__link")
        results.first.wait_for()
        hrefs = results.evaluate_all("all => all.map(each => each.href)")
        assert all(href.startswith(address + home) for href in hrefs)
        assert home or not any(href.startswith(f"{address}en/") for href in hrefs)
        place = next(number for number, href in enumerate(hrefs) if "#" in href)
        if not results.nth(place).is_visible():
            page.locator(".md-search-result__more > summary").first.click()
        results.nth(place).click()
        page.wait_for_url("**#*")
        anchor = page.url.rpartition("#")[2]
        expect(page.locator(f"[id='{anchor}']")).to_be_in_viewport()


def test_no_letter_acts_alone(browser: Browser, address: str) -> None:
    """Once the search was used, the theme's script is there: it would take s, f and / for a wish to search."""
    with watched(browser, address) as context:
        page = context.new_page()
        page.goto(address + CONCEPT)
        settled(page)
        search = page.locator("[data-md-component=search-query]")
        search.click()
        page.keyboard.type("queue")
        page.locator(".md-search-result__link").first.wait_for()
        page.keyboard.press("Escape")
        expect(search).not_to_be_focused()
        for key in ("s", "f", "/"):
            page.keyboard.press(key)
            page.wait_for_timeout(100)
            expect(search).not_to_be_focused()
