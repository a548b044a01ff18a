"""Diagrams are whole: their own references hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.checks.base import fault
from generator.errors import Fault
from generator.model.base import Model
from generator.model.course import Course
from generator.model.diagram import Diagram
from generator.text import place


def check(course: Course) -> Iterator[Fault]:
    """Yield what each diagram finds wrong with itself."""
    for concept in course.concepts:
        for diagram in concept.diagrams:
            for where, message in diagram.problems():
                yield fault(_at(diagram, where), "diagram", message)


def _at(diagram: Diagram, where: str) -> object:
    """Return the deepest value on a path below a diagram that knows its place."""
    here: object = diagram
    found: object = diagram.id
    for step in where.split("/"):
        here = _step(here, step)
        named = getattr(here, "id", here)
        found = named if place(named) else found
    return found


def _step(value: object, step: str) -> object:
    if isinstance(value, Mapping):
        return next((key for key in value if key == step), None)
    if isinstance(value, tuple):
        by_id = (member for member in value if getattr(member, "id", None) == step)
        return value[int(step)] if step.isdecimal() and int(step) < len(value) else next(by_id, None)
    fields = type(value).model_fields if isinstance(value, Model) else {}
    name = next((name for name, field in fields.items() if step in (name, field.alias)), "")
    return getattr(value, name, None)
