"""The page of misconceptions: each wrong idea, why it tempts, what is true, and where it is treated."""

from __future__ import annotations

from generator.site.page import Page
from generator.site.pages.plain import plain_page
from generator.site.view import MISCONCEPTIONS, Site


def page(site: Site) -> Page:
    """Return the page of all misconceptions."""
    view = site.page(MISCONCEPTIONS)
    return plain_page(view, "misconceptions", view.render("misconceptions.html"))
