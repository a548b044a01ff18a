"""HTML of other tools into blocks of text under marks: an allow-list; all else is text, or told as lost."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import NamedTuple

from generator.importers.base import Words
from generator.text import FORBIDDEN

_MARKS = {"em": "*", "i": "*", "strong": "**", "b": "**"}
_CODES = {"code": "code", "tt": "code", "samp": "code", "kbd": "key"}
_BLOCKS = frozenset(
    {"p", "div", "br", "hr", "li", "ul", "ol", "dl", "dt", "dd", "table", "thead", "tbody", "tr", "td", "th"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "section", "article", "figure", "figcaption"}
    | {"details", "summary"}
)
# Without meaning of their own once the text is one line.
_BARE = frozenset({"span", "html", "body", "font", "label", "small", "u", "sup", "sub", "head", "title"})
_UNSEEN = frozenset({"script", "style", "template", "object", "iframe", "noscript"})
_MEDIA = frozenset({"img", "audio", "video", "svg", "canvas", "embed", "source", "math"})
_TOLD = {"sup": "superscript", "sub": "subscript", "u": "underlining"}
_SAFE = re.compile(r"https://[^\s()<>\\\"'`*\[\]]+")
# No beginning of an element; its end must not be far.
_STRAY = re.compile(r"<(?!/?[a-zA-Z][^<>]{0,2000}>)")
SPACE = re.compile(r"[\s\xa0\u202f]+")
_HIDDEN = re.compile(FORBIDDEN.pattern[:-1] + "\ufeff\ufffe\uffff\ud800-\udfff]")


class Piece(NamedTuple):
    """Characters of one kind (text, code, key) under the same marks, outermost first."""

    kind: str
    value: str
    marks: tuple[str, ...] = ()


@dataclass(slots=True)
class Passage:
    """One block of a page, or lines of code."""

    tag: str
    pieces: list[Piece] = field(default_factory=list)

    @property
    def plain(self) -> str:
        """The characters of the block."""
        return "".join(piece.value for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Page:
    """The blocks of a text and what of it could not be carried."""

    passages: tuple[Passage, ...]
    lost: tuple[str, ...]


def linked(mark: str) -> bool:
    """Tell whether a mark is a link, named by its address."""
    return mark.startswith("https://")


def depth(mark: str) -> int:
    """Return the order in which marks are nested: a link, then strong, then emphasis."""
    return 0 if linked(mark) else 3 - len(mark)


class _Reader(HTMLParser):
    """Turns HTML into blocks of pieces; never fails, whatever it is given."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.passages = [Passage("p")]
        self.lost: dict[str, None] = {}
        self.unseen: list[str] = []
        self.code: list[str] = []
        self.open: list[str] = []
        self.language = ""
        self.foreign = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        given = {name: value or "" for name, value in attrs}
        if tag in _TOLD:
            self.lost[_TOLD[tag]] = None
        if self.foreign or (tag == "span" and "multilang" in given.get("class", "") and self._other(given)):
            self.foreign += tag == "span"
        elif tag in _UNSEEN:
            self.unseen.append(tag)
            self.lost[f"<{tag}>"] = None
        elif tag in _MEDIA:
            self.lost[f"image “{given['alt']}”" if given.get("alt") else f"<{tag}>"] = None
        elif tag == "pre":
            self.passages.append(Passage("pre"))
        elif not self.code and self.passages[-1].tag != "pre":
            self._start(tag, given)

    def _start(self, tag: str, given: dict[str, str]) -> None:
        if tag in _CODES:
            self.code.append(_CODES[tag])
            self._piece(_CODES[tag], "")
        elif tag in _MARKS:
            self._mark(_MARKS[tag])
        elif tag == "a":
            self._link(given.get("href", ""))
        elif tag in _BLOCKS:
            self._block(tag)
        elif tag not in _BARE:
            self.lost[f"<{tag}>"] = None

    def handle_endtag(self, tag: str) -> None:
        """Close an element."""
        if self.foreign:
            self.foreign -= tag == "span"
        elif self.unseen and tag == self.unseen[-1]:
            self.unseen.pop()
        elif tag == "pre":
            self.passages.append(Passage("p"))
        elif tag in _CODES and self.code:
            self.code.pop()
        elif tag in _MARKS and not self.code:
            self.open = [mark for mark in self.open if mark != _MARKS[tag]]
        elif tag == "a" and not self.code:
            self.open = [mark for mark in self.open if not linked(mark)]
        elif tag in _BLOCKS and self.passages[-1].tag != "pre":
            self._block("p")

    def handle_data(self, data: str) -> None:
        """Take characters."""
        if self.unseen or self.foreign:
            return
        if FORBIDDEN.search(data):
            self.lost["invisible characters"] = None
        shown = _HIDDEN.sub("", data)
        if self.code and self.passages[-1].pieces:
            last = self.passages[-1].pieces.pop()
            self.passages[-1].pieces.append(last._replace(value=last.value + shown))
        else:
            self._piece("text", shown)

    def _other(self, given: dict[str, str]) -> bool:
        """Tell whether a marked span is in another language than the first one."""
        self.language = self.language or given.get("lang", "")
        if given.get("lang", "") != self.language:
            self.lost[f"the text in “{given.get('lang', '')}”"] = None
            return True
        return False

    def _piece(self, kind: str, value: str) -> None:
        marks = sorted(self.open, key=depth)
        self.passages[-1].pieces.append(Piece(kind, value, tuple(marks)))

    def _mark(self, sign: str) -> None:
        if sign not in self.open:
            self.open.append(sign)

    def _link(self, href: str) -> None:
        safe = _SAFE.fullmatch(href)
        if href and not safe:
            self.lost[f"the link to “{_HIDDEN.sub('', href)[:60]}”"] = None
        if safe and not any(map(linked, self.open)):
            self.open.append(href)

    def _block(self, tag: str) -> None:
        self.open.clear()
        if self.passages[-1].pieces or tag != "p":
            self.passages.append(Passage(tag))


def page(words: Words) -> Page:
    """Return the blocks of a text that say something."""
    reader = _Reader()
    if words.form in ("plain", "markdown"):
        reader.handle_data(words.text)
        return Page(tuple(reader.passages), tuple(reader.lost))
    reader.feed(_sound(words.text))
    reader.close()
    kept = (passage for passage in reader.passages if passage.plain.strip())
    return Page(tuple(kept), tuple(reader.lost))


def _sound(html: str) -> str:
    """Return HTML without comments, in which `<` only opens elements: what is broken takes too long."""
    first, *rest = html.split("<!--")
    shown = first + "".join(part.partition("-->")[2] for part in rest)
    return _STRAY.sub("&lt;", shown)


def bare(text: str) -> str:
    """Return characters without those that no text of a sheet may hold."""
    return _HIDDEN.sub("", text)


def plain(words: Words) -> str:
    """Return a text as plain characters on one line."""
    return SPACE.sub(" ", " ".join(passage.plain for passage in page(words).passages)).strip()
