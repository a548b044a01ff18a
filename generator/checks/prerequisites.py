"""Prerequisites form a graph without cycles, and each is read before what needs it."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.base import fault
from generator.errors import Fault
from generator.model.course import Course


def check(course: Course) -> Iterator[Fault]:
    """Yield each prerequisite that comes later in the course than the sheet that needs it.

    The reading order is a topological order exactly when there is none, so this finds cycles too.
    """
    order = {concept.id: rank for rank, concept in enumerate(course.concepts)}
    for concept in course.concepts:
        for needed in concept.prerequisites:
            if order.get(needed, -1) >= order[concept.id]:
                message = f"“{concept.id}” needs “{needed}”, which course.yaml puts after it"
                yield fault(needed, "prerequisite-order", message, "change the order there, or break the cycle here")
