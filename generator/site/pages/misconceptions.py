"""The page of misconceptions: each wrong idea, why it tempts, what is true, and where it is treated."""

from __future__ import annotations

from generator.site.page import Page, Section
from generator.site.view import MISCONCEPTIONS, Site


def page(site: Site) -> Page:
    """Return the page of all misconceptions."""
    view = site.page(MISCONCEPTIONS)
    html = view.render("misconceptions.html")
    return Page(
        path=MISCONCEPTIONS,
        kind="misconceptions",
        title=view.word("site.misconceptions"),
        description=view.word("site.misconceptions-description"),
        sections=(Section(1, "top", view.word("site.misconceptions"), html),),
    )
