"""Texts as AMC-TXT writes them: its marks for emphasis and code, and nothing of a sheet taken for a mark."""

from __future__ import annotations

import re
from html import unescape

from generator.exporters.quiz import Quiz, clean, once, spaced
from generator.model.items import GapInteraction, Item
from generator.text import Text

_TAGS = {"em": "[_ _]", "strong": "[* *]", "code": "[| |]", "kbd": "[| |]"}
_TAG = re.compile(r"<(/?)([a-z]+)[^>]*>")
# Brackets open AMC's markup and LaTeX, and exclamation marks surround the name of a file.
_LITERAL = {"[": "[[\\lbrack{}]]", "]": "[[\\rbrack{}]]", "!": "[[!]]"}
_SIGN = re.compile(r"[\[\]!]")
_NEWLINE = "[[\\newline]] "


def about(quiz: Quiz, item: Item) -> list[str]:
    """Return the paragraphs of a question: what it is about, then what it asks."""
    found, told = quiz.stimulus(item), []
    if found:
        told += [f"[*{literal(quiz.plain(found.title))}*]"] if found.title else []
        told += [marked(quiz, found.text)] if found.text else []
        told += [_code(found.code)] if found.code else []
    for drawing in quiz.drawings(item):
        told.append(literal(" ".join((drawing.title, *drawing.steps))))
    told.append(marked(quiz, item.prompt))
    asked = item.interaction
    if isinstance(asked, GapInteraction):
        blanks = {str(gap.id): f"({quiz.number(place)}) ……" for place, gap in enumerate(asked.gaps, start=1)}
        told.append(literal(quiz.plain(asked.text.format(**blanks))))
    return told


def _code(code: str) -> str:
    """Return lines in typewriter letters; AMC's own `[verbatim]` could be left by the code itself."""
    lines = clean(code).expandtabs(4).splitlines()
    return _NEWLINE.join(f"[|{literal(line.replace(' ', chr(0xA0)))}|]" for line in lines if line.strip())


@once
def marked(quiz: Quiz, text: Text) -> str:
    """Return a text of the course with AMC's marks for emphasis and code."""
    pieces = _TAG.split(quiz.html(text))
    made = [literal(unescape(pieces[0]))]
    for close, name, after in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
        made += [_TAGS.get(name, " ").split(" ")[bool(close)], literal(unescape(after))]
    return "".join(made)


def literal(text: str) -> str:
    """Return characters that AMC prints as they are; it escapes those of LaTeX itself."""
    return _SIGN.sub(lambda sign: _LITERAL[sign[0]], spaced(text))
