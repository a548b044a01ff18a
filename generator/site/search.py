"""The search index of one locale, written from the pages' own sections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from generator.site.page import Page

# Languages for which the theme ships a lunr stemmer; others are searched by plain words.
_STEMMED = frozenset(
    "ar da de el es fi fr he hi hu hy it ja kn ko nl no pt ro ru sa sv ta te th tr vi zh".split()  # noqa: SIM905
)
# Words end at punctuation too: « l’expéditeur » is found by « expéditeur ».
_SEPARATOR = r"[\s\u200b\u00a0\u202f\-,:;!?=\[\]()\"'’«»“”`/.]+"


def settings(locale: str) -> dict[str, Any]:
    """Return the options of the theme's search plugin for a locale."""
    language = locale.split("_", maxsplit=1)[0]
    if language == "en" or language in _STEMMED:
        return {
            "lang": [language],
            "separator": _SEPARATOR,
            "pipeline": ["stemmer", "stopWordFilter", "trimmer"],
        }
    return {"lang": ["en"], "separator": _SEPARATOR, "pipeline": []}


def entries(pages: Iterable[Page], directory_urls: bool = True) -> Iterator[dict[str, str]]:
    """Yield one entry a section; the first stands for its page."""
    for page in pages:
        suffix = "/" if directory_urls else ".html"
        location = f"{page.path}{suffix}" if page.path else ("" if directory_urls else "index.html")
        for section in page.sections:
            anchor = "" if section.level == 1 else f"#{section.id}"
            yield {"location": location + anchor, "title": section.title, "text": section.found_text}
