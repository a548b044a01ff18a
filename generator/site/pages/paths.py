"""The page of paths: ways through the sheets for different readers, with the time each takes."""

from __future__ import annotations

from babel.units import format_unit

from generator.model.course import Path
from generator.site.page import Page
from generator.site.pages.plain import plain_page
from generator.site.view import PATHS, Site


def page(site: Site) -> Page:
    """Return the page of all paths."""
    view = site.page(PATHS)
    ways = [
        view.section(2, way.id, way.title, view.render("paths/way.html", way=way, time=_time(site, way)))
        for way in site.course.paths
    ]
    return plain_page(view, "paths", view.render("paths/intro.html"), *ways)


def _time(site: Site, way: Path) -> str:
    """Return how long a path takes, in whole hours and quarters as the locale writes them."""
    minutes = sum(site.course.concept[name].minutes for name in way.concepts)
    hours, rest = divmod(round(minutes / 15) * 15, 60)
    parts = [format_unit(hours, "hour", "long", locale=site.babel)] if hours else []
    if rest or not hours:
        parts.append(format_unit(rest, "minute", "long", locale=site.babel))
    return " ".join(parts)
