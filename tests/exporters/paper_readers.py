"""How what is printed is read back: the words of PDF and of HTML pages, in the order in which they stand."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import lxml.html
import pypdf

# What a drawing says of a connection is a name that no language changes.
_DRAWN = re.compile(r"TCP$", re.MULTILINE)
_IDENTIFIER = re.compile(r"\b[a-z0-9]+\.[a-z0-9-]+\.[a-z0-9-]+\.[a-z]{2}\b")


def text(content: bytes) -> str:
    """Return the words of a PDF, its pages one after the other."""
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


def pdf(files: dict[str, bytes], *, ids: bool) -> Iterator[str]:
    for content in files.values():
        found = text(content)
        yield found if ids else _IDENTIFIER.sub("", _DRAWN.sub("", found))


def page(content: bytes) -> lxml.html.HtmlElement:
    """Return the parsed page."""
    return lxml.html.document_fromstring(content.decode("utf-8"))


def html(files: dict[str, bytes], *, ids: bool) -> Iterator[str]:
    for content in files.values():
        root = page(content)
        for style in root.iter("style"):
            style.text = ""
        for machine in () if ids else (*root.find_class("id"), *root.iter("svg", "{*}svg")):
            machine.drop_tree()
        yield root.text_content()
