"""The page for teachers: how to use a quiz, what each sheet aims at, and which programmes it serves."""

from __future__ import annotations

from generator.site.page import Page
from generator.site.pages.plain import plain_page
from generator.site.view import TEACHERS, Site


def page(site: Site) -> Page:
    """Return the page for teachers."""
    view = site.page(TEACHERS)
    more = [
        view.section(2, "use", "site.use", view.render("teachers/use.html")),
        view.section(2, "sheets", "site.sheets-table", view.render("teachers/sheets.html")),
    ]
    if site.course.curricula:
        curricula = view.render("teachers/curricula.html")
        more.append(view.section(2, "curricula", "site.curricula", curricula))
    return plain_page(view, "teachers", view.render("teachers/intro.html"), *more)
