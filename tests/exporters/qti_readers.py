"""Reads the strings of QTI packages back: what is shown, and with `ids` what machines read besides."""

from __future__ import annotations

import io
from collections.abc import Iterator
from zipfile import ZipFile

import lxml.html
from lxml import etree

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)
# Elements that hold sentences, in every version.
_SHOWN = {
    "p", "li", "pre", "prompt", "simpleChoice", "simpleAssociableChoice", "inlineChoice", "strong",
    "qti-prompt", "qti-simple-choice", "qti-simple-associable-choice", "qti-inline-choice",
    "langstring", "string", "title",
}  # fmt: skip
_ATTRIBUTES = ("alt", "title")


def members(content: bytes) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(content)) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


def parsed(content: bytes) -> etree._Element:
    return etree.fromstring(content, _PARSER)


def packages(files: dict[str, bytes], *, ids: bool) -> Iterator[str]:
    for package in files.values():
        for name, content in members(package).items():
            if name.endswith(".xml"):
                yield from _strings(parsed(content), ids=ids)


def cartridges(files: dict[str, bytes], *, ids: bool) -> Iterator[str]:
    """Read the signs back that are replaced in cartridges; `loss.signs-replaced` tells where."""
    signs = str.maketrans("‹›＆”", '<>&"')
    yield from (text.translate(signs) for text in packages(files, ids=ids))


def _strings(root: etree._Element, *, ids: bool) -> Iterator[str]:
    for element in root.iter(etree.Element):
        tag = etree.QName(element).localname
        if tag in {"mattext", "description"} and element.text:
            yield from _html(element)
        elif tag in _SHOWN and not _licence(element):
            yield "".join(element.itertext())
        yield from (value for name in _ATTRIBUTES if (value := element.get(name)))
        if ids:
            yield from (str(value) for value in (*element.attrib.values(), element.text or ""))


def _licence(element: etree._Element) -> bool:
    """Tell words of a vocabulary, which are in no language."""
    return element.get("{http://www.w3.org/XML/1998/namespace}lang") == "x-none"


def _html(element: etree._Element) -> Iterator[str]:
    if element.get("texttype") == "text/plain" or (
        element.get("texttype") is None and element.tag.endswith("mattext")
    ):
        if not element.getparent().getparent().tag.endswith("response_lid") or element.get("texttype"):
            yield element.text
        return
    html = lxml.html.fragment_fromstring(element.text, create_parent="div")
    yield from html.xpath("//@alt")
    for block in html.iter("p", "li", "pre"):
        yield block.text_content()
    if not html.xpath("//p"):
        yield html.text_content()
