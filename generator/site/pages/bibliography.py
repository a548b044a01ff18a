"""The bibliography: every cited source, and the pages that rest on it."""

from __future__ import annotations

from generator.site.page import Page
from generator.site.pages.plain import plain_page
from generator.site.view import BIBLIOGRAPHY, Site


def page(site: Site) -> Page:
    """Return the page of sources; only those that are cited appear."""
    view = site.page(BIBLIOGRAPHY)
    cited: dict[str, list[str]] = {}
    for concept in site.course.concepts:
        for claim in concept.claims:
            for citation in claim.sources:
                pages = cited.setdefault(str(citation.source), [])
                if concept.id not in pages:
                    pages.append(concept.id)
    for misconception in site.course.misconceptions:
        for citation in misconception.sources:
            cited.setdefault(str(citation.source), [])
    sources = [source for source in site.course.sources if source.id in cited]
    return plain_page(view, "bibliography", view.render("bibliography.html", sources=sources, cited=cited))
