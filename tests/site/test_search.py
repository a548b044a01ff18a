"""The search of the built site in each language: what people type finds their pages, and no others."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from browsers import serve
from markupsafe import Markup
from playwright.sync_api import Browser, Page
from site_browser import watched
from site_support import Built

from generator.site.page import Page as MadePage
from generator.site.page import Section
from generator.site.search import entries

# What is typed in each locale: without an accent, an article or vowel signs, or as a part of a longer word.
QUERIES = {
    "fr": ("expéditeur", "echec", "serveurs", "serveur", "250"),
    "en": ("queue", "250"),
    "es": ("servidores", "sesion"),
    "ar": ("البريد", "بريد", "الالكتروني", "TCP"),
    "ja": ("サーバー", "接続", "コネクション型", "TCP"),
    "uk": ("черга", "з’єднання", "TCP"),
}
# What only another locale says.
FOREIGN = {
    "fr": "البريد",
    "en": "expéditeur",
    "es": "サーバー",
    "ar": "сервер",
    "ja": "сервер",
    "uk": "البريد",
}


@pytest.fixture(scope="module")
def address(site: Built) -> Iterator[str]:
    with serve(site.root) as url:
        yield url


def found(page: Page, home: str, query: str) -> list[str]:
    """Return the addresses of what a query finds, once the search has found some or said that it has not."""
    page.goto(home)
    page.locator("html.js").wait_for(state="attached")
    none = json.loads(page.locator("#__config").text_content() or "")["translations"]["search.result.none"]
    page.locator("[data-md-component=search-query]").click()
    page.keyboard.type(query)
    page.keyboard.press("End")  # signs that no key of this keyboard has let no key go up
    said = page.locator(".md-search-result__meta").get_by_text(none)
    said.or_(page.locator(".md-search-result__link").first).first.wait_for()
    hrefs = page.locator(".md-search-result__link").evaluate_all("all => all.map(each => each.href)")
    return list(hrefs)


@pytest.mark.browser
@pytest.mark.parametrize("locale", QUERIES)
def test_each_language_is_searched(browser: Browser, site: Built, address: str, locale: str) -> None:
    home = address + site.home(locale)
    others = tuple(address + site.home(other) for other in site.locales if site.home(other))
    with watched(browser, address) as context:
        page = context.new_page()
        for query in QUERIES[locale]:
            hrefs = found(page, home, query)
            assert hrefs, query
            assert all(href.startswith(home) for href in hrefs), query
            assert locale != "fr" or not any(href.startswith(others) for href in hrefs), query
        assert found(page, home, FOREIGN[locale]) == []


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("Les échecs du serveur", "echecs"),
        ("موزَّع", "موزع"),
        ("للبريد وبالبريد", "بريد"),
        ("الإلكتروني", "الكتروني"),
        ("メールサーバーが", "サーバーが"),
        ("TCP接続を確立", "接続を"),
        ("再送タイマー", "送タイマー"),
    ],
)
def test_what_people_type_is_indexed(text: str, typed: str) -> None:
    section = Section(1, "top", "", Markup(""), Markup(""), search=text)
    (entry,) = entries([MadePage("", "home", "", "", (section,))])
    assert typed in entry["folded"].split()


def test_another_letter_is_not_an_accent() -> None:
    section = Section(1, "top", "Який データ", Markup(""), Markup(""), search="")
    (entry,) = entries([MadePage("", "home", "", "", (section,))])
    assert "якии" not in entry["folded"]
    assert "テータ" not in entry["folded"]
