"""The glossary: every term in alphabetical order of the locale, with its English equivalent."""

from __future__ import annotations

import unicodedata

from generator.site.page import Page, Section
from generator.site.view import GLOSSARY, Site


def page(site: Site) -> Page:
    """Return the glossary page."""
    view = site.page(GLOSSARY)
    terms = sorted(site.course.terms, key=lambda term: sort_key(view.plain(term.term)))
    html = view.render("glossary.html", terms=terms)
    return Page(
        path=GLOSSARY,
        kind="glossary",
        title=view.word("site.glossary"),
        description=view.word("site.glossary-description"),
        sections=(Section(1, "top", view.word("site.glossary"), html),),
    )


def sort_key(title: str) -> str:
    """Return what a title sorts by: its letters, without accents and case."""
    letters = unicodedata.normalize("NFKD", title)
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()
