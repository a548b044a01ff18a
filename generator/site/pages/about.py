"""The page about the course: its purpose, authors and licence."""

from __future__ import annotations

from markupsafe import Markup

from generator.site.page import Page, Section
from generator.site.pages.plain import plain_page
from generator.site.view import ABOUT, Site


def page(site: Site) -> Page:
    """Return the page about the course."""
    view = site.page(ABOUT)
    licence = site.course.licence
    link = Markup('<a rel="license external" href="{}" translate="no">{}</a>').format(
        licence.url, licence.name
    )
    authors = Markup('<p translate="no">{}</p>').format(", ".join(site.course.authors))
    terms = Markup("<p>{}</p>").format(view.sentence("site.licence-text", licence=link))
    more: list[Section] = []
    if site.translations:
        html = view.render("translations/link.html")
        more.append(view.section(2, "translations", "site.translations", html))
    return plain_page(
        view,
        "about",
        view.render("about.html"),
        view.section(2, "authors", "site.authors", authors),
        view.section(2, "licence", "site.licence", terms),
        *more,
    )
