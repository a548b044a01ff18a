"""Everything asked and asserted is borne out: items rest on claims, misconceptions are met, sources serve."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.base import fault
from generator.checks.references import reactions
from generator.errors import Fault
from generator.model.course import Course


def check(course: Course) -> Iterator[Fault]:
    """Yield items without a claim, orphan misconceptions, and citations of replaced sources."""
    for item in course.items:
        if not item.claims:
            yield fault(
                item.prompt, "item-claim", "this question rests on no claim", "name one: “claims: [c1]”"
            )
    if len(course.concepts) == len(course.listed):  # otherwise the sheet that meets it may be a broken one
        yield from _orphans(course)
    yield from _replaced(course)


def _orphans(course: Course) -> Iterator[Fault]:
    """Yield the misconceptions that no page treats and no question probes."""
    met = {name for concept in course.concepts for name in concept.misconceptions}
    probed = {reaction.misconception for item in course.items for reaction in reactions(item)}
    for misconception in course.misconceptions:
        if misconception.id not in met | probed:
            message = "no page treats this misconception and no question probes it"
            yield fault(misconception.id, "orphan-misconception", message, "name it in a sheet, or remove it")


def _replaced(course: Course) -> Iterator[Fault]:
    """Warn of sources that others have replaced, when the bibliography does not say why they are cited."""
    claimed = [claim.sources for concept in course.concepts for claim in concept.claims]
    refuted = [misconception.sources for misconception in course.misconceptions]
    cited = {citation.source for sources in (*claimed, *refuted) for citation in sources}
    for source in course.sources:
        if source.obsoleted_by and source.note is None and source.id in cited:
            message = f"{source.short} has been replaced by {', '.join(source.obsoleted_by)}"
            hint = "cite what replaced it, or say in “note” why the old text is cited"
            yield fault(source.id, "replaced-source", message, hint, severity="warning")
