"""The home page: what the course answers, where to start, and how its concepts hang together."""

from __future__ import annotations

from generator.site import metadata
from generator.site.concept_map import concept_map
from generator.site.page import Page
from generator.site.view import CONCEPT, HOME, Site


def page(site: Site) -> Page:
    """Return the home page."""
    view = site.page(HOME)
    course = site.course
    first = CONCEPT.format(id=course.concepts[0].id)
    lead = view.render("home/lead.html", first=first)
    drawn = view.render("home/map.html", svg=concept_map(view))
    listed = view.render("home/concepts.html")
    return Page(
        path=HOME,
        kind="home",
        title=view.plain(course.title),
        description=view.plain(course.description),
        sections=(
            view.section(1, "top", course.title, lead),
            view.section(2, "concepts", "site.concepts", listed),
            view.section(2, "map", "site.concept-map", drawn, search=""),
        ),
        data=metadata.course(site),
    )
