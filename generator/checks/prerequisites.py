"""Prerequisites form a graph without cycles, and each is read before what needs it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from generator.checks.base import fault
from generator.errors import Fault
from generator.model.course import Course


def check(course: Course) -> Iterator[Fault]:
    """Yield each prerequisite that comes later in the course than the sheet that needs it.

    The reading order is a topological order exactly when there is none, so this finds cycles too.
    """
    order = {name: rank for rank, name in enumerate(course.listed)}
    for concept in course.concepts:
        for needed in concept.prerequisites:
            if order.get(needed, -1) < order[concept.id]:
                continue
            if cycle := _way(course, needed, concept.id):
                shown = " → ".join((concept.id, *cycle))
                yield fault(
                    needed, "prerequisite-cycle", f"these sheets need each other: {shown}", "break the cycle"
                )
            else:
                message = f"“{concept.id}” needs “{needed}”, which course.yaml puts after it"
                yield fault(needed, "prerequisite-order", message, "change the order there")


def _way(course: Course, start: str, end: str) -> tuple[str, ...]:
    """Return the shortest way from one sheet to another through what each needs; none if there is none."""
    ways: deque[tuple[str, ...]] = deque([(start,)])
    seen = {start}
    while ways:
        way = ways.popleft()
        if way[-1] == end:
            return way
        concept = course.concept.get(way[-1])
        for needed in concept.prerequisites if concept else ():
            if needed not in seen:
                seen.add(needed)
                ways.append((*way, needed))
    return ()
