"""The search index of one locale, written from the pages' own sections."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from typing import Any
from unicodedata import combining, normalize

from generator.site.page import Page

# Languages whose words the theme can tell apart; others are cut at spaces and signs. Japanese and Chinese
# are not among them: the theme cuts a query less finely than a text, and finds half of the words.
_LANGUAGES = frozenset(
    "ar da de el es fi fr he hi hu hy it kn ko nl no pt ro ru sa sv ta te th tr vi".split()  # noqa: SIM905
)
# Words end at punctuation too: « l’expéditeur » is found by « expéditeur ».
_SIGNS = r"[\s\u200b\u00a0\u202f\-,:;!?=\[\]{}()<>*+\"'’«»“”„`/.…–—·•→،؛؟、。・「」『』（）：；！？]+"
# Signs that East Asian scripts write without spaces, and what of them begins a word: not the hiragana.
_EAST = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff々"
_EAST_WORD = re.compile("[\u30a1-\u30ff\u3400-\u4dbf\u4e00-\u9fff々]+[\u3040-\u309f]{0,2}")
_EAST_LONGEST = 10
# A word that is all Latin, or all East Asian: TCP接続 is two.
_SEPARATOR = rf"{_SIGNS}|(?<=[a-zA-Z0-9])(?=[{_EAST}])|(?<=[{_EAST}])(?=[a-zA-Z0-9])"
# Where a word counts, and how much; `folded` is searched but never shown.
_FIELDS = {"title": 1000.0, "text": 1.0, "folded": 1.0, "tags": 1_000_000.0}
_MARKS = "\u0300-\u036f\u05b0-\u05c7\u0610-\u061a\u064b-\u065f\u0670"
_WORD = re.compile(rf"(?:[^\W\d_][{_MARKS}]*){{3,}}")
# Where a mark makes another letter, not the same with an accent: й is not и, デ is not テ.
_OTHER_LETTERS = re.compile(f"[\u0400-\u04ff{_EAST}]")
# The article and the prepositions that Arabic writes as one word with the noun: البريد, للبريد, وبالبريد.
_ARABIC_ARTICLE = re.compile("^[وف]?(?:[بك]?ال|لل)(?=.{3})")


def settings(locale: str) -> dict[str, Any]:
    """Return the options of the theme's search plugin for a locale.

    No stemmer: the theme looks for every word that begins as the query does, and « serveurs » does not
    begin as its stem. No trimmer: it would take 250 and, from an Arabic page, TCP for mere signs.
    """
    language = locale.split("_", maxsplit=1)[0]
    known = language == "en" or language in _LANGUAGES
    return {
        "lang": [language if known else "en"],
        "separator": _SEPARATOR,
        "pipeline": ["stopWordFilter"] if known else [],
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
    """Return the words of a text as people type them, where that is not as they stand in it.

    Without accents and vowel signs: « echec » finds « échec »; without the Arabic article; and in
    scripts without spaces, from each sign on.
    """
    found: dict[str, None] = {}
    for word in _WORD.findall(text.lower()):
        if not _OTHER_LETTERS.search(word):
            bare = "".join(sign for sign in normalize("NFD", word) if not combining(sign))
            plain = normalize("NFC", bare)
            found |= dict.fromkeys(form for form in (plain, _ARABIC_ARTICLE.sub("", plain)) if form != word)
    for word in _EAST_WORD.findall(text):
        starts = (word[start : start + _EAST_LONGEST] for start in range(len(word)))
        found |= dict.fromkeys(start for start in starts if _EAST_WORD.match(start))
    return " ".join(found)
