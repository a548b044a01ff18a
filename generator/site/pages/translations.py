"""The page of translations: how far each is, and sheet by sheet what it still lacks."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, replace
from pathlib import Path

from babel.numbers import format_percent
from markupsafe import Markup

from generator.catalogs import po
from generator.catalogs.messages import Progress
from generator.catalogs.status import LocaleStatus, PartStatus
from generator.inline import cldr
from generator.site.chrome import Edition, edition
from generator.site.page import Page, relative
from generator.site.pages.plain import plain_page
from generator.site.view import BIBLIOGRAPHY, CONCEPT, GLOSSARY, MISCONCEPTIONS, TRANSLATIONS, Site, View

# What sheets share, and the page that shows it; "" is none of its own.
_PARTS = {
    "course": ("site.translation-course", ""),
    "glossary": ("site.glossary", GLOSSARY),
    "misconceptions": ("site.misconceptions", MISCONCEPTIONS),
    "sources": ("site.bibliography", BIBLIOGRAPHY),
    "interface": ("site.translation-interface", ""),
}


@dataclass(frozen=True, slots=True)
class Lacking:
    """A part that is not whole; `href` leads to what readers see of it, "" if no page is about it."""

    title: Markup
    href: str
    progress: Progress


@dataclass(frozen=True, slots=True)
class Row:
    """A locale: how it is named here and there, where its home is, and what it lacks."""

    status: LocaleStatus
    edition: Edition
    name: str
    home: str
    share: str
    lacking: tuple[Lacking, ...]


def page(site: Site) -> Page:
    """Return the page of translations."""
    view = site.page(TRANSLATIONS)
    rows = tuple(_row(view, status) for status in site.translations)
    language = cldr(site.course.source_locale).get_display_name(site.babel)
    intro = view.render("translations/intro.html", rows=rows, language=language, file=_file)
    missing = view.render("translations/missing.html", rows=rows)
    more = view.section(2, "missing", "site.translation-missing", missing, search="")
    made = plain_page(view, "translations", intro, more)
    top = replace(
        made.sections[0], search=made.description
    )  # the names of languages are no words of the course
    return replace(made, sections=(top, more))


def _file(locale: str) -> Markup:
    path = po.catalog_path(Path("locales"), locale).as_posix()
    return Markup('<code dir="ltr" translate="no">{}</code>').format(path)


def _row(view: View, status: LocaleStatus) -> Row:
    there = edition(status.locale, view.site.course.source_locale)
    done = status.total
    # Downwards: what lacks a text is not at 100 %.
    share = done.translated * 100 // (done.total or 1) / 100
    return Row(
        status,
        there,
        cldr(status.locale).get_display_name(view.site.babel) or status.locale,
        _elsewhere(view, there, ""),
        str(format_percent(share, locale=view.site.babel)),
        tuple(_lacking(view, there, part) for part in status.parts if part.missing),
    )


def _lacking(view: View, there: Edition, part: PartStatus) -> Lacking:
    if part.sheet:
        path = CONCEPT.format(id=part.name)
        title = view.site.titled(view.site.course.concept[part.name].title)
        return Lacking(title, _elsewhere(view, there, path), part.progress)
    word, path = _PARTS[part.name]
    return Lacking(view.said(word), path and _elsewhere(view, there, path), part.progress)


def _elsewhere(view: View, there: Edition, path: str) -> str:
    """Return the address of a page in another locale, as seen from this one."""
    here = edition(view.site.locale, view.site.course.source_locale)
    flat = not path and not view.site.directory_urls
    target = posixpath.join(there.folder, "index" if flat else path).rstrip("/")
    return relative(posixpath.join(here.folder, view.path), target, view.site.directory_urls)
