"""Citations name a registered source and a section that this source has."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.base import fault, unknown
from generator.errors import Fault, nearest
from generator.model.course import Citation, Course


def check(course: Course) -> Iterator[Fault]:
    """Yield the citations of unknown sources and of sections that do not exist."""
    claims = (claim for concept in course.concepts for claim in concept.claims)
    cited = [entry.sources for entry in course.misconceptions] + [claim.sources for claim in claims]
    for sources in cited:
        for citation in sources:
            yield from _citation(course, citation)
    for source in course.sources:
        for key in source.obsoleted_by:
            yield from unknown(key, course.source, "unknown-source", "source of sources.yaml")


def _citation(course: Course, citation: Citation) -> Iterator[Fault]:
    source = course.source.get(citation.source)
    if source is None:
        yield from unknown(citation.source, course.source, "unknown-source", "source of sources.yaml")
    elif citation.section and source.sections and citation.section not in source.sections:
        yield fault(
            citation.source,
            "unknown-section",
            f"{source.short} has no section {citation.section}",
            nearest(citation.section, source.sections),
            near=f"#{citation.section}",
        )
