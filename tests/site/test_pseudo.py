"""The pseudo-locales: every word of a page is one that translators get, and has room to be longer."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from browsers import PROBE, serve
from helpers import read, write_course
from playwright.sync_api import Browser
from site_browser import watched, width
from site_support import ROOT, Built, once
from test_words import CODES, bare
from test_words import read as words

from generator import pipeline
from generator.build import build_site
from generator.catalogs import po
from generator.catalogs.pseudo import translated
from generator.inline import PSEUDO, tag
from generator.labels import LABELS

LOCALES = pytest.mark.parametrize("locale", PSEUDO)
KINDS = {
    "", "about", "composer", "concepts/first", "concepts/second", "downloads", "glossary", "misconceptions",
    "quizzes", "sources", "teachers", "translations", "404.html",
}  # fmt: skip
OPEN = "document.querySelectorAll('details').forEach(each => { each.open = true })"
PHONE = {"width": 360, "height": 740}


@LOCALES
def test_what_a_translator_keeps_is_kept(locale: str) -> None:
    kept = ("`MAIL FROM`", "](term:mta)", "{n}", "[^c1]", "++Enter++")
    made = translated(f"Un *mot* {kept[0]} [lien{kept[1]} {kept[2]}{kept[3]} {kept[4]}", locale)
    assert all(part in made for part in kept)
    assert re.sub(r"`.*?`|\(.*?\)|\{.*?\}|\[\^.*?\]|\+\+.*?\+\+", "", made).count("mot") == 0


@LOCALES
def test_no_two_words_become_one(locale: str) -> None:
    texts = {word.value for word in LABELS.values()} | {"TCP", "tcp", "ou", "où", "sur", "sûr"}
    assert len({translated(text, locale) for text in texts}) == len(texts)


def test_accented_is_longer() -> None:
    for word in LABELS.values():
        plain = re.sub(r"\{.*?\}", "", word.value)
        letters = sum(map(str.isalpha, plain))
        assert sum(map(str.isalpha, translated(plain, "en_XA"))) >= round(letters * 1.4) - 1, plain


def test_arabic_reads_from_the_right() -> None:
    for word in LABELS.values():
        made = re.sub(r"`.*?`|\{.*?\}", "", translated(word.value, "ar_XB"))
        assert {unicodedata.bidirectional(sign) for sign in made} & {"L", "RLE", "RLO", "RLI"} == set(), made


@pytest.fixture(scope="module")
def pseudo(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The small course in the pseudo-locales, and with a catalog for its page of translations."""

    def make(folder: Path) -> None:
        icon = (ROOT / "content/static/favicon.svg").read_bytes()
        config = (ROOT / "mkdocs.yml").read_text("utf-8")
        project = write_course(folder, {"mkdocs.yml": config, "content/static/favicon.svg": icon})
        path = po.catalog_path(project.locales, "oc")
        path.parent.mkdir(parents=True)
        path.write_bytes(po.dump(pipeline.template(pipeline.load(project)), "fr", "oc"))
        build_site(folder / "mkdocs.yml", folder / "site", tuple(PSEUDO), "fr", jobs=1)

    folder = once(tmp_path_factory, "pseudo", make)
    return Built(folder / "site", pipeline.load(pipeline.Project.at(folder)), tuple(PSEUDO))


@pytest.mark.slow
@LOCALES
def test_no_bare_word_on_any_page(pseudo: Built, locale: str) -> None:
    pages = [page for page in pseudo.pages if page.locale == locale]
    assert {page.below.rstrip("/") for page in pages} >= KINDS
    authors = set(bare(read("content/course.yaml").partition("authors:")[2].partition("\n")[0]))
    for page in pages:
        assert set(bare("".join(words(page.tree.body, tag(locale))))) <= CODES | authors, page.path
        assert bare(page.tree.findtext(".//title")) == [], page.path


@pytest.mark.browser
@pytest.mark.slow
@LOCALES
def test_nothing_overflows_on_a_phone(browser: Browser, pseudo: Built, locale: str) -> None:
    with serve(pseudo.root) as address, watched(browser, address, viewport=PHONE) as context:
        page = context.new_page()
        for each in (each for each in pseudo.pages if each.locale == locale and not each.lost):
            page.goto(address + each.path)
            page.locator("html.js").wait_for(state="attached")
            page.evaluate(OPEN)
            assert width(page) <= PHONE["width"], each.path
            assert page.evaluate(PROBE) == [], each.path
