"""The quiz packages: the whole course's with how to import each, and what every format can carry."""

from __future__ import annotations

from collections.abc import Iterator

from generator.site.page import Page, Section
from generator.site.pages.plain import plain_page
from generator.site.view import DOWNLOADS, Site, View


def page(site: Site) -> Page:
    """Return the page of downloads."""
    view = site.page(DOWNLOADS)
    return plain_page(view, "downloads", view.render("downloads/intro.html"), *_sections(view))


def _sections(view: View) -> Iterator[Section]:
    made = view.site.downloads
    whole = made.by_quiz.get(view.site.course.id, ())
    html = view.render("downloads/list.html", downloads=whole)
    found = " ".join(view.word(f"format.{each.format}") for each in whole)
    yield view.section(2, "course", "site.downloads-course", html, search=found)
    table = view.render("downloads/formats.html", formats=made.formats)
    yield view.section(2, "formats", "site.formats-table", table, search="")
