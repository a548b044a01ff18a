"""The page for teachers: how to use a quiz, what each sheet aims at, and which programmes it serves."""

from __future__ import annotations

from generator.site.page import Page, Section
from generator.site.pages.plain import plain_page
from generator.site.view import TEACHERS, Site


def page(site: Site) -> Page:
    """Return the page for teachers."""
    view = site.page(TEACHERS)
    more = [
        Section(2, "use", view.word("site.use"), view.render("teachers/use.html")),
        Section(2, "sheets", view.word("site.sheets-table"), view.render("teachers/sheets.html")),
    ]
    if site.course.curricula:
        curricula = view.render("teachers/curricula.html")
        more.append(Section(2, "curricula", view.word("site.curricula"), curricula))
    return plain_page(view, "teachers", view.render("teachers/intro.html"), *more)
