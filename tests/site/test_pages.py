"""Every page of every locale, as values: links, anchors, outline, names, languages and metadata."""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from itertools import pairwise
from typing import Any
from urllib.parse import urljoin

import lxml.etree
import lxml.html
from helpers import REAL, real_edition
from site_support import BASE, ROOT, Built, HtmlPage, made_pages

from generator import pipeline
from generator.inline import Inline, direction, tag
from generator.packages import KEPT
from generator.site.markdown import markdown
from generator.site.pages import pages
from generator.site.view import Site
from generator.text import Text

HEADINGS = "//h1 | //h2 | //h3 | //h4 | //h5 | //h6"
MAPS = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def courses(site: Built) -> list[HtmlPage]:
    """Return the pages of the course: all but those for lost readers."""
    return [page for page in site.pages if not page.lost]


def test_every_locale_has_the_same_pages(site: Built) -> None:
    below = {locale: {page.below for page in site.pages if page.locale == locale} for locale in site.locales}
    assert len(site.locales) > 1
    assert len({frozenset(paths) for paths in below.values()}) == 1
    made = {f"{page.path}/" if page.path else "" for page in made_pages()}
    assert {f"concepts/{concept.id}/" for concept in site.course.concepts} <= made
    assert below[site.course.source_locale] == made | {"404.html"}


def test_every_link_leads_somewhere(site: Built) -> None:
    addresses = "//@href | //@src"
    wrong = [site.resolve(page, str(to)) for page in site.pages for to in page.tree.xpath(addresses)]
    assert len(wrong) > 1000
    assert [fault for fault in wrong if fault] == []


def test_ids_are_unique(site: Built) -> None:
    for page in site.pages:
        assert [name for name, count in Counter(page.ids).items() if count > 1] == [], page.path


def test_references_between_elements_hold(site: Built) -> None:
    for page in site.pages:
        named = page.tree.xpath("//@aria-labelledby | //@aria-describedby | //@aria-controls | //label/@for")
        assert {name for names in named for name in names.split()} <= set(page.ids), page.path


def test_outline(site: Built) -> None:
    for page in site.pages:
        levels = [int(heading.tag[1]) for heading in page.tree.xpath(HEADINGS)]
        assert levels.count(1) == 1, page.path
        assert levels[0] == 1, page.path
        assert [(one, two) for one, two in pairwise(levels) if two > one + 1] == [], page.path


def test_pictures_have_names(site: Built) -> None:
    for page in site.pages:
        assert page.tree.xpath("//img[not(@alt)]") == [], page.path
        for drawing in page.tree.xpath("//article//*[local-name() = 'svg']"):
            names = [
                page.tree.get_element_by_id(name).text_content()
                for name in drawing.get("aria-labelledby", "").split()
            ]
            groups = drawing.xpath("ancestor::*[@role = 'group']/@aria-label")
            assert "".join([*names, *groups]).strip(), page.path


def test_language_and_direction(site: Built) -> None:
    for page in site.pages:
        said = (page.tree.get("lang"), page.tree.get("dir"), page.tree.body.get("dir"))
        way = direction(page.locale)
        assert said == (tag(page.locale), way, way), page.path


def test_a_title_in_another_language_says_so(site: Built) -> None:
    """A catalog may be half full; the header of the theme, which repeats the page's title, is left out."""
    edition = real_edition("ja")
    foreign = {
        Inline("ja").plain(concept.title)
        for concept in edition.course.concepts
        if concept.title.locale == "fr"
    }
    assert len(foreign) > 5
    found: Counter[str] = Counter()
    for page in (page for page in site.pages if page.locale == "ja"):
        for element in page.tree.body.iter(lxml.etree.Element):
            if (element.text or "").strip() in foreign and not element.xpath("ancestor::header"):
                nearest = element.xpath("ancestor-or-self::*[@lang][1]/@lang")
                assert nearest == ["fr"], (page.path, element.tag, element.text)
                found[element.tag] += 1
    assert {"span", "option"} <= found.keys()


def test_the_switcher_leads_to_the_same_page(site: Built) -> None:
    for page in site.pages:
        links = page.tree.xpath("//a[contains(@class, 'md-select__link')]")
        below = "" if page.lost else page.below
        found = {link.get("hreflang"): urljoin(page.url, link.get("href")) for link in links}
        assert found == {tag(locale): f"{BASE}{site.home(locale)}{below}" for locale in site.locales}, (
            page.path
        )
        current = [link.get("hreflang") for link in links if link.get("aria-current")]
        assert current == [tag(page.locale)], page.path


def test_the_navigation_marks_the_page_that_is_read(site: Built) -> None:
    for page in site.pages:
        marked = page.tree.xpath("//nav//a[@aria-current = 'page']/@href")
        listed = not page.lost and page.below != "translations/"  # which the page on the project leads to
        assert [urljoin(page.url, href) for href in marked] == ([page.url] if listed else []), page.path


def test_search_engines_find_every_page_in_every_locale(site: Built) -> None:
    maps = []
    for locale in site.locales:
        home = site.home(locale)
        maps.append(f"Sitemap: {BASE}{home}sitemap.xml")
        found = lxml.etree.fromstring((site.root / home / "sitemap.xml").read_bytes())
        listed = {
            url.findtext("s:loc", namespaces=MAPS): {
                link.get("hreflang"): link.get("href") for link in url.iterfind("x:link", MAPS)
            }
            for url in found.iterfind("s:url", MAPS)
        }
        assert listed == {page.url: alternates(site, page) for page in courses(site) if page.locale == locale}
    robots = (site.root / "robots.txt").read_text("utf-8")
    assert robots.splitlines() == ["User-agent: *", "Allow: /", *maps]


def test_each_page_names_itself_and_its_translations(site: Built) -> None:
    for page in courses(site):
        assert page.tree.xpath("//link[@rel = 'canonical']/@href") == [page.url]
        links = page.tree.xpath("//link[@hreflang]")
        assert {link.get("hreflang"): link.get("href") for link in links} == alternates(site, page)
        assert meta(page, "og:url") == page.url


def alternates(site: Built, page: HtmlPage) -> dict[str, str]:
    found = {tag(locale): f"{BASE}{site.home(locale)}{page.below}" for locale in site.locales}
    return found | {"x-default": f"{BASE}{page.below}"}


def meta(page: HtmlPage, name: str) -> str:
    (found,) = page.tree.xpath("//meta[@name = $name or @property = $name]/@content", name=name)
    return str(found)


def test_each_page_presents_itself(site: Built) -> None:
    for locale in site.locales:
        here = [page for page in courses(site) if page.locale == locale]
        for seen in (
            [page.tree.findtext(".//title").strip() for page in here],
            [meta(page, "og:title") for page in here],
            [meta(page, "description") for page in here],
        ):
            assert all(seen)
            assert len(set(seen)) == len(here), locale
        for page in here:
            assert meta(page, "og:description") == meta(page, "description")
            assert meta(page, "og:type") == ("article" if page.below else "website")
            assert meta(page, "og:locale") == locale
            assert meta(page, "og:site_name")


def test_lost_readers_are_told_so_in_their_language(site: Built) -> None:
    titles = set()
    for page in site.pages:
        if page.lost:
            (title,) = page.tree.xpath("//h1/text()")
            titles.add(title)
            assert page.tree.findtext(".//title").startswith(title)
            # It is shown at an address of any depth.
            hrefs = page.tree.xpath("//nav//@href | //article//@href | //link/@href")
            assert [to for to in hrefs if not to.startswith(("/", "https://"))] == []
            assert page.tree.xpath("//article//a/@href") == [f"/{page.home}"]
    assert len(titles) == len(site.locales)


def answers(site: Built) -> list[Text]:
    """Return what only the answers of the quizzes say, in the source locale."""
    return [item.explanation for item in site.course.items if item.explanation]


def test_machines_are_told_what_a_page_is_but_no_answer(site: Built) -> None:
    kinds: Counter[str] = Counter()
    inline = Inline(site.course.source_locale)
    for page in courses(site):
        for script in page.tree.xpath("//script[@type = 'application/ld+json']/text()"):
            data = json.loads(script)
            kinds[data["@type"]] += 1
            assert data["@context"] == "https://schema.org"
            assert data["inLanguage"] == tag(page.locale)
            assert data["url"].split("#")[0] == page.url
            said = json.dumps(data, ensure_ascii=False)
            assert not {"acceptedAnswer", "suggestedAnswer", "comment", "text"} & keys(data)
            assert [text for text in answers(site) if inline.plain(text) in said] == []
    assert kinds["Course"] == len(site.locales)
    assert kinds["LearningResource"] == len(site.course.concepts) * len(site.locales)
    assert kinds["Quiz"] == sum(bool(concept.items) for concept in site.course.concepts) * len(site.locales)


def keys(data: Any) -> set[str]:
    """Return every key in a value of JSON, at any depth."""
    if isinstance(data, dict):
        return set(data).union(*map(keys, data.values()))
    return set().union(*map(keys, data)) if isinstance(data, list) else set()


def test_search_knows_the_sections_of_its_own_locale_and_no_answer(site: Built) -> None:
    inline = Inline(site.course.source_locale)
    for locale in site.locales:
        entries = index(site, locale)["docs"]
        found = {entry["location"]: html.unescape(entry["title"]) for entry in entries}
        assert len(found) == len(entries)
        wanted: dict[str, str] = {}
        for page in (page for page in courses(site) if page.locale == locale):
            for heading in page.tree.xpath("//article//h1 | //article/h2[@id]"):
                anchor = "" if heading.tag == "h1" else f"#{heading.get('id')}"
                wanted[page.below + anchor] = heading.text_content()
        assert found == wanted, locale
        said = html.unescape(" ".join(entry["text"] for entry in entries))
        assert [text for text in answers(site) if inline.plain(text) in said] == []
        assert "application/json" not in said
    assert {locale: index(site, locale)["config"]["lang"] for locale in ("fr", "en")} == {
        "fr": ["fr"],
        "en": ["en"],
    }


def test_markdown_has_the_same_anchors(site: Built) -> None:
    for locale in site.locales:
        edition = real_edition(locale)
        downloads = pipeline.downloads(edition, ROOT / KEPT).downloads
        done = pipeline.translations(REAL, site.course)
        url = BASE + site.home(locale)
        made = Site(edition.course, edition.words, url, downloads=downloads, translations=done)
        for page in pages(made):
            found = markdown(made, page)
            ids = re.findall(r"^#+ .* \{#(.+)\}$", found, re.MULTILINE)
            ids += lxml.html.fromstring(f"<div>{found}</div>").xpath("//@id")
            built = site.by_url[made.absolute(page.path)]
            # The way along a path is the theme's.
            wanted = [name for name in built.tree.xpath("//article//@id") if not name.startswith("path-")]
            assert sorted(name for name in ids if not name.startswith("path-")) == sorted(wanted), page.path


def index(site: Built, locale: str) -> dict[str, Any]:
    path = site.root / site.home(locale) / "search/search_index.json"
    return dict(json.loads(path.read_text("utf-8")))
