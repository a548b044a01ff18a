"""Pseudo-locales: translations made from the messages themselves, that show what no translator could mend.

`en_XA` is accented, in ⟦ ⟧ and two fifths longer: a bare word was never asked for, a cut one has no
room. `ar_XB` is written in Arabic letters, and so from the right. Neither has a catalog.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import cycle
from string import ascii_letters, ascii_lowercase, ascii_uppercase

from generator.catalogs.messages import Message
from generator.inline import PSEUDO
from generator.labels import LABELS
from generator.model.course import Course
from generator.model.walk import texts

# What a translator keeps too: code, placeholders, claims, keys, escapes, and where a link leads.
_KEPT = re.compile(r"(`[^`]*`|\{[a-z][a-z0-9_-]*\}|\[\^[^\]]*\]|\+\+[^+]+\+\+|\\.|\]\([^)]*\))")
_GROWTH = 0.4
_LONGEST = 8
_VOWELS = frozenset("aeiouyAEIOUY")
_ACCENTED = str.maketrans(
    ascii_letters,
    "ãƀċďēƒğĥĩĵķĺɱńōƥɋřšťũṽŵẋŷžÃɃĊĎĒƑĞĤĨĴĶĹⱮŃŌƤɊŘŠŤŨṼŴẊŶŽ",
)
# Every letter has one of its own, so that no two choices of a question become the same.
_ARABIC = str.maketrans(
    ascii_lowercase + ascii_uppercase + "œæŒÆ",
    "ابتثجحخدذرزسشصضطظعغفقكلمنه" + "ويپچژگٹڈڑہھېۆۇۈۋڤڥڦڨڭڮڰڱڳڴ" + "ڵڷڹڼ",
)


def catalog(course: Course, locale: str) -> Iterator[Message]:
    """Yield what the texts of a course and the interface say in a pseudo-locale, `en_XA` or `ar_XB`."""
    for text in (*texts(course), *LABELS.values()):
        yield Message(text.context, text.value, translated(text.value, locale))


def translated(text: str, locale: str) -> str:
    """Return what a text says in a pseudo-locale."""
    return f"⟦{_between(text, _DISGUISES[locale])}⟧"


def _between(text: str, disguise: Callable[[str], str]) -> str:
    """Change a text everywhere but in what must stay."""
    parts = _KEPT.split(text)
    return "".join(part if number % 2 else disguise(part) for number, part in enumerate(parts))


def _longer(text: str) -> str:
    """Double the vowels, and then add words until the text has grown enough."""
    grown = "".join(sign * 2 if _plain(sign) in _VOWELS else sign for sign in text).translate(_ACCENTED)
    letters = sum(map(str.isalpha, text))
    missing = round(letters * (1 + _GROWTH)) - sum(map(str.isalpha, grown))
    if missing <= 0:
        return grown
    fill = cycle("ẋẇẍ")
    words = [min(_LONGEST, missing - done) for done in range(0, missing, _LONGEST)]
    return " ".join([grown.rstrip(), *("".join(next(fill) for _ in range(word)) for word in words)])


def _plain(sign: str) -> str:
    return unicodedata.normalize("NFD", sign)[0]


def _arabic(text: str) -> str:
    return unicodedata.normalize("NFD", text).translate(_ARABIC)


_DISGUISES: dict[str, Callable[[str], str]] = dict(zip(PSEUDO, (_longer, _arabic), strict=True))
