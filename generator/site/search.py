"""The search index of one locale, written from the pages' own sections."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from typing import Any
from unicodedata import combining, normalize

from generator.site.page import Page

# Languages whose words the theme can tell apart; others are cut at spaces and signs.
_LANGUAGES = frozenset(
    "ar da de el es fi fr he hi hu hy it ja kn ko nl no pt ro ru sa sv ta te th tr vi zh".split()  # noqa: SIM905
)
# Words end at punctuation too: « l’expéditeur » is found by « expéditeur ».
_SEPARATOR = r"[\s\u200b\u00a0\u202f\-,:;!?=\[\]()\"'’«»“”`/.]+"
# Where a word counts, and how much; `folded` is searched but never shown.
_FIELDS = {"title": 1000.0, "text": 1.0, "folded": 1.0, "tags": 1_000_000.0}
_WORD = re.compile(r"[^\W\d_]{3,}")


def settings(locale: str) -> dict[str, Any]:
    """Return the options of the theme's search plugin for a locale.

    No stemmer: the theme looks for every word that begins as the query does, and « serveurs » does not
    begin as its stem.
    """
    language = locale.split("_", maxsplit=1)[0]
    known = language == "en" or language in _LANGUAGES
    return {
        "lang": [language if known else "en"],
        "separator": _SEPARATOR,
        "pipeline": ["stopWordFilter", "trimmer"] if known else [],
        "fields": {name: {"boost": boost} for name, boost in _FIELDS.items()},
    }


def entries(pages: Iterable[Page], directory_urls: bool = True) -> Iterator[dict[str, str]]:
    """Yield one entry a section; the first stands for its page. Titles and texts are HTML."""
    for page in pages:
        suffix = "/" if directory_urls else ".html"
        location = f"{page.path}{suffix}" if page.path else ("" if directory_urls else "index.html")
        for section in page.sections:
            anchor = "" if section.level == 1 else f"#{section.id}"
            entry = {"location": location + anchor}
            entry |= {"title": _escaped(section.title), "text": _escaped(section.found_text)}
            if folded := _folded(f"{section.title} {section.found_text}"):
                entry["folded"] = folded
            yield entry


def _escaped(text: str) -> str:
    return escape(text, quote=False)


def _folded(text: str) -> str:
    """Return the accented words of a text without their accents: « echec » finds « échec »."""
    found: dict[str, None] = {}
    for word in _WORD.findall(text.lower()):
        bare = "".join(sign for sign in normalize("NFD", word) if not combining(sign))
        if (plain := normalize("NFC", bare)) != word:
            found[plain] = None
    return " ".join(found)
