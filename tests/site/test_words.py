"""Law 3: every word a reader sees is a field; and what is in a field is only ever words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import lxml.html
from site_support import ATTACK, HOSTILE, PSEUDO, Built, HtmlPage

# What is read as it is in every language: code, names, numbers, and what says its own language.
KEPT = "self::script or self::style or self::code or self::pre or self::kbd or @translate = 'no' or @hreflang"
LETTER = re.compile(r"[^\W\d_]+")
SHOWN = "//@title | //@alt | //@placeholder | //@aria-label | //@aria-description | //@value[parent::button]"
# What the diagrams of the small course declare as codes.
CODES = {"TCP", "MUA"}
METAS = ("description", "og:title", "og:description", "og:site_name")


def pages(strange: Built, locale: str) -> list[HtmlPage]:
    found = [page for page in strange.pages if page.locale == locale]
    assert len(found) == len([page for page in strange.pages if page.locale == "fr"]) > 8
    return found


def bare(text: str) -> list[str]:
    """Return the words of a text that stand outside ⟦ ⟧."""
    depth, outside = 0, []
    for part in re.split("([⟦⟧])", text):
        if part in ("⟦", "⟧"):
            depth += 1 if part == "⟦" else -1
            assert depth >= 0, text
        elif depth == 0:
            outside += LETTER.findall(part)
    assert depth == 0, text
    return outside


def read(element: Any, locale: str) -> Iterator[str]:
    """Yield what a reader sees in an element, but for what is kept in every language."""
    if not isinstance(element.tag, str):  # a comment
        return
    foreign = element.get("lang", locale) != locale
    if not foreign and not element.xpath(KEPT):
        yield element.text or ""
        for child in element:
            yield from read(child, locale)
            yield child.tail or ""
    yield " "


def test_no_bare_word() -> None:
    """The instrument itself sees a bare word."""
    assert bare("⟦a ⟦b⟧⟧ c 1") == ["c"]
    page = lxml.html.fromstring('<div lang="ar">⟦x <code>y</code>⟧ 2 <i>z</i> <i lang="en">w</i></div>')
    assert bare("".join(read(page, "ar"))) == ["z"]


def test_every_word_on_a_page_is_a_field(strange: Built) -> None:
    for page in pages(strange, PSEUDO):
        assert set(bare("".join(read(page.tree.body, PSEUDO)))) <= CODES, page.path
        assert bare(page.tree.findtext(".//title")) == [], page.path


def test_every_word_of_an_attribute_is_a_field(strange: Built) -> None:
    for page in pages(strange, PSEUDO):
        named = [f"@{kind} = '{name}'" for name in METAS for kind in ("name", "property")]
        contents = page.tree.xpath(f"//meta[{' or '.join(named)}]/@content")
        assert len(contents) == len(METAS), page.path
        shown = [value for value in page.tree.xpath(SHOWN) if value.getparent().get("translate") != "no"]
        assert [value for value in (*contents, *shown) if bare(value)] == [], page.path


def test_every_word_given_to_a_script_is_a_field(strange: Built) -> None:
    for page in pages(strange, PSEUDO):
        (config,) = page.tree.xpath("//script[@id = '__config']/text()")
        assert bare(" ".join(json.loads(config)["translations"].values())) == []
        for script in page.tree.xpath("//script[@type = 'application/ld+json']/text()"):
            assert [value for value in names(json.loads(script)) if bare(value)] == [], page.path


def names(data: Any) -> Iterator[str]:
    """Yield the names and descriptions in a schema.org value; an organisation has its own."""
    if isinstance(data, list):
        for member in data:
            yield from names(member)
    elif isinstance(data, dict) and data.get("@type") != "Organization":
        yield from (data[key] for key in ("name", "description") if key in data)
        for member in data.values():
            yield from names(member)


def test_every_word_that_is_searched_is_a_field(strange: Built) -> None:
    index = json.loads((strange.root / PSEUDO / "search/search_index.json").read_text("utf-8"))
    said = [entry["title"] for entry in index["docs"]]
    said += [entry["text"] for entry in index["docs"]]
    kept = bare(f"{ATTACK} CC BY-SA RFC Les auteurs C: HELO OK Un livre Host Software relay")
    assert {word for text in said for word in bare(text)} <= {*kept, "lt", "gt", "amp"}


def test_hostile_texts_are_only_words(strange: Built) -> None:
    tame = {page.below: page for page in pages(strange, PSEUDO)}
    for page in pages(strange, HOSTILE):
        assert page.tree.xpath("//img | //@*[starts-with(name(), 'on')]") == [], page.path
        assert (
            page.tree.xpath("//@href[contains(., 'javascript:')] | //@src[contains(., 'javascript:')]") == []
        )
        scripts = len(tame[page.below].tree.xpath("//script"))
        assert len(page.tree.xpath("//script")) == scripts, page.path
        # A long text is broken into lines in a drawing; a menu of long texts becomes a list.
        assert elements(page) <= elements(tame[page.below]) | {"ol", "li", "tspan", "dy"}, page.path
        text = page.tree.text_content()
        assert "{{ 7*7 }}{% raise %}" in text, page.path
        assert "</script></title></textarea><script>hacked=1</script>" in page.tree.findtext(".//title")


def elements(page: HtmlPage) -> set[str]:
    """Return the names of the elements of a page and of their attributes."""
    found = page.tree.xpath("//*")
    return {str(element.tag) for element in found} | {name for element in found for name in element.attrib}
