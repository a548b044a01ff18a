"""The words of a drawing in one locale: interface words, plain texts, marks, and their direction."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from babel.lists import format_list

from generator.diagrams.metrics import wrap
from generator.diagrams.scene import Para
from generator.inline import cldr, direction, plain
from generator.text import PLACEHOLDER, Text

_END = re.compile(r"[\s.]+\Z")
_TWICE = re.compile(r"(?<=[?!…؟。！？])\.\Z")


def _from_right(value: str) -> bool:
    return any(unicodedata.bidirectional(char) in ("R", "AL") for char in value)


@dataclass(frozen=True, slots=True)
class Wording:
    """What a drawing needs to speak: its locale, the interface words in it, and the marks that hide texts."""

    locale: str
    words: Mapping[str, Text]
    marks: Mapping[str, str] = field(default_factory=dict)

    @property
    def rtl(self) -> bool:
        """Whether the locale reads from right to left."""
        return direction(self.locale) == "rtl"

    def say(self, key: str, **values: str) -> str:
        """Return an interface word or sentence, its placeholders filled after it has been typeset."""
        template = plain(self.words[f"diagram.{key}"], self.locale)
        return _TWICE.sub("", PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), template))

    def text(self, value: Text | str, part: str = "") -> str:
        """Return a content text as plain characters, or the mark that stands for its part."""
        if part in self.marks:
            return self.marks[part]
        return plain(value, self.locale) if isinstance(value, Text) else value

    def clause(self, value: Text | str, part: str = "") -> str:
        """Return a text that can stand inside a sentence: without its full stop."""
        return _END.sub("", self.text(value, part))

    def all(self, names: Iterable[str]) -> str:
        """Return an enumeration as the locale writes it."""
        return str(format_list(list(names), locale=cldr(self.locale)))

    def para(
        self, value: Text | str, limit: float, style: str = "regular", part: str = "", *, look: str = ""
    ) -> Para:
        """Return a text broken into lines of at most `limit` px."""
        if part in self.marks:
            return Para((self.marks[part],), "bold", mark=True)
        shown = self.text(value)
        rtl = style != "code" and self.rtl and _from_right(shown)
        return Para(wrap(shown, max(limit, 24), style), style, rtl, look=look)
