"""Diagrams are whole: their own references hold."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.base import fault
from generator.errors import Fault
from generator.model.course import Course


def check(course: Course) -> Iterator[Fault]:
    """Yield what each diagram finds wrong with itself."""
    for concept in course.concepts:
        for diagram in concept.diagrams:
            for where, message in diagram.problems():
                yield fault(diagram.title, "diagram", f"{diagram.id}/{where}: {message}".rstrip("/"))
