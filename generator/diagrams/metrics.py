"""How wide a text is and where it breaks, from a table of widths: no font is needed when pages are made."""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

SIZE = 14  # px; the smallest text that a drawing shows
LINE = 20
MONO = 0.62  # em, an upper bound for the monospaced fonts of the usual systems
EM = 1000
LATIN = 0x24F  # the last character of the Latin blocks that every monospaced font has

_SPACES = re.compile("[ \t\n\u200b\u3000]+")
# Where a long piece of machine text may break: after these.
_JOINTS = re.compile(r"(?<=[@./:;,=&?_\-])(?=[^@./:;,=&?_\-])")
_NO_START = frozenset("、。，．・：；！？）」』】〕》〉ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ!?,.:;)]}%")
_NO_END = frozenset("（「『【〔《〈([{")
# A word that Japanese borrowed reads badly in two pieces.
_KATAKANA = frozenset(map(chr, range(0x30A1, 0x3100)))


def _guess(char: str) -> int:
    """Return a generous width for a character of a script that the table does not cover."""
    category = unicodedata.category(char)
    if category in ("Mn", "Me", "Cf"):
        return 0
    if category in ("So", "Sk", "Co", "Cn"):
        return 1400
    return EM if unicodedata.east_asian_width(char) in "WF" else 850


class _Table(dict[str, float]):
    """Widths by character, in thousandths of an em; a script that the font lacks is guessed."""

    def __missing__(self, char: str) -> float:
        return self.setdefault(char, _guess(char))


@cache
def _table(style: str) -> _Table:
    if style == "code":
        return _Mono()
    source = files("generator.diagrams").joinpath("metrics.json").read_text(encoding="utf-8")
    runs: dict[str, list[int]] = json.loads(source)[style]
    return _Table(
        (chr(int(first, 16) + n), wide) for first, run in runs.items() for n, wide in enumerate(run)
    )


class _Mono(_Table):
    def __missing__(self, char: str) -> float:
        return self.setdefault(char, max(MONO * EM, _guess(char)) if ord(char) > LATIN else MONO * EM)


def width(text: str, style: str = "regular") -> float:
    """Return how many px `text` takes in `style`: regular, bold or code."""
    return sum(map(_table(style).__getitem__, text)) * SIZE / EM


@lru_cache(maxsize=4096)
def _cjk(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF" and unicodedata.category(char)[0] in "LP"


def _pieces(word: str) -> list[str]:
    """Cut a word where a line of an East Asian script breaks well; other words stay whole."""
    if word.isascii() and ":<" not in word:
        return [word]
    cut = [""]
    for char in word:
        last = cut[-1][-1:]
        free = last and (_cjk(last) or _cjk(char)) and char not in _NO_START and last not in _NO_END
        free = free and not {last, char} <= _KATAKANA
        free = free or (last == ":" and char == "<")  # MAIL FROM:<alice@depart.example>
        if free:
            cut.append(char)
        else:
            cut[-1] += char
    return cut


def _clusters(word: str) -> list[str]:
    """Cut a word into characters, each with the marks it carries."""
    cut: list[str] = []
    for char in word:
        if cut and (unicodedata.category(char) in ("Mn", "Me", "Mc") or "\u200d" in (char, cut[-1][-1])):
            cut[-1] += char
        else:
            cut.append(char)
    return cut


def _fill(parts: list[str], limit: float, style: str) -> list[str]:
    """Join parts, without spaces, into the longest strings that fit."""
    lines = [""]
    for part in parts:
        if lines[-1] and width(lines[-1] + part, style) > limit:
            lines.append(part)
        else:
            lines[-1] += part
    return lines


def _fit(piece: str, limit: float, style: str) -> list[str]:
    """Cut a piece that is too long: at its joints if it has some, otherwise between characters."""
    if width(piece, style) <= limit:
        return [piece]
    cut: list[str] = []
    for part in _fill(_JOINTS.split(piece), limit, style):
        cut += [part] if width(part, style) <= limit else _fill(_clusters(part), limit, style)
    return cut


def wrap(text: str, limit: float, style: str = "regular") -> tuple[str, ...]:
    """Break `text` into lines of at most `limit` px."""
    lines = [""]
    for word in _SPACES.split(text.strip()):
        glue = " "
        for piece in (part for whole in _pieces(word) for part in _fit(whole, limit, style)):
            joined = lines[-1] + glue + piece if lines[-1] else piece
            if lines[-1] and width(joined, style) > limit:
                lines.append(piece)
            else:
                lines[-1] = joined
            glue = ""
    return tuple(lines)


def longest(text: str, style: str = "regular") -> float:
    """Return the width of the widest part of `text` that should not be cut."""
    words = _SPACES.split(text.strip())
    cut = _JOINTS.split if style == "code" else _pieces
    return max(width(piece, style) for word in words for piece in cut(word))
