"""The glossary: every term in alphabetical order of the locale, with its English equivalent."""

from __future__ import annotations

import unicodedata

from generator.site.page import Page
from generator.site.pages.plain import plain_page
from generator.site.view import GLOSSARY, Site


def page(site: Site) -> Page:
    """Return the glossary page."""
    view = site.page(GLOSSARY)
    terms = sorted(site.course.terms, key=lambda term: sort_key(view.plain(term.term)))
    return plain_page(view, "glossary", view.render("glossary.html", terms=terms))


def sort_key(title: str) -> str:
    """Return what a title sorts by: its letters, without accents and case."""
    letters = unicodedata.normalize("NFKD", title)
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()
