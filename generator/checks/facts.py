"""Numbers taken from a captured exchange are facts that its capture has."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.base import fault, unknown
from generator.checks.references import reactions
from generator.errors import Fault, nearest
from generator.model.base import Quoting
from generator.model.course import Course
from generator.model.items import GapInteraction, NumericAnswer
from generator.model.walk import each, texts
from generator.text import PLACEHOLDER


def check(course: Course) -> Iterator[Fault]:
    """Yield the placeholders and numeric answers that no fact fills.

    Other words between braces are only words: `{t2-x}` speaks of a trace, since some fact begins by `t2-`.
    """
    traces = {name.partition("-")[0] for name in course.facts}
    for where, name in (*_shown(course), *_quoted(course)):
        if name.partition("-")[0] in traces:
            yield fault(where, "unknown-fact", f"“{name}” is no fact", nearest(name, course.facts))
    for item in course.items:
        for answer in reactions(item):
            if isinstance(answer, NumericAnswer) and answer.fact is not None:
                yield from unknown(answer.fact, course.facts, "unknown-fact", "fact")


def _shown(course: Course) -> Iterator[tuple[object, str]]:
    """Yield the texts, and the names between their braces that are neither filled nor gaps."""
    asked = [item.interaction for item in course.items]
    gaps = {id(each.text) for each in asked if isinstance(each, GapInteraction)}
    for text in texts(course):
        filled = dict(text.args)
        if id(text) not in gaps:
            yield from ((text, name) for name in PLACEHOLDER.findall(text.value) if name not in filled)


def _quoted(course: Course) -> Iterator[tuple[object, str]]:
    """Yield what quotes machine text, and the names left between its braces: those of facts are filled."""
    for quoting in each(course, Quoting):
        yield from ((quoting.id, name) for name in PLACEHOLDER.findall(quoting.code or ""))
