"""Typed answers can be typed: no markup in them, and no two that mean the same."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.base import fault
from generator.errors import Fault
from generator.inline import tokens
from generator.model.course import Course
from generator.model.items import Answer, GapInteraction, Item, TextInteraction
from generator.scoring import normalise


def check(course: Course) -> Iterator[Fault]:
    """Yield the foreseen answers that nobody can type, or that another one hides."""
    for item in course.items:
        for answers in _groups(item):
            yield from _group(answers)


def _groups(item: Item) -> Iterator[tuple[Answer, ...]]:
    match item.interaction:
        case TextInteraction(answers=answers):
            yield answers
        case GapInteraction(gaps=gaps):
            yield from (gap.answers for gap in gaps)


def _group(answers: tuple[Answer, ...]) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for answer in answers:
        if any(token.type != "text" for token in tokens(answer.text.value)):
            message = "an answer to be typed may hold no markup"
            yield fault(answer.text, "answer-markup", message, "write it plainly")
        typed = normalise(str(answer.text))
        if not typed:
            message = "nobody can type this answer: punctuation alone does not count"
            yield fault(answer.text, "answer-empty", message, "accept a word for it")
        if typed in seen:
            hint = "case, accents and spacing do not count: keep one of them"
            yield fault(answer.text, "answer-twice", f"this is the same answer as “{seen[typed]}”", hint)
        seen.setdefault(typed, str(answer.id))
