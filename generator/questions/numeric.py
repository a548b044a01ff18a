"""Numeric: a number to type, with a tolerance; usual wrong values can be foreseen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal

from pydantic import Field

from generator.model.base import Id, Keyed, Named, Share
from generator.model.items import NumericAnswer, NumericInteraction
from generator.questions.base import Question
from generator.text import Text


class NumericCase(Named):
    """A foreseen number, give or take `tolerance`; `credit: 0` foresees a wrong one."""

    value: float | None = None
    fact: Id | None = Field(default=None, description="Take the value from this fact of a trace.")
    tolerance: float = Field(default=0.0, ge=0)
    credit: Share = 1.0
    feedback: Text | None = None
    misconception: Id | None = None


class Numeric(Question):
    """A number to find; `unit` stands outside the field."""

    name: ClassVar[str] = "numeric"
    type: Literal["numeric"]
    answers: Keyed[NumericCase]
    unit: Text | None = None

    def interaction(self) -> NumericInteraction:
        """Return a numeric interaction."""
        answers = tuple(
            NumericAnswer(**case.__dict__ | {"value": case.value or 0.0}) for case in self.answers
        )
        return NumericInteraction(answers=answers, unit=self.unit)

    def problems(self) -> Iterable[tuple[str, str]]:
        """Yield a question that nobody can answer."""
        for case in self.answers:
            if (case.value is None) == (case.fact is None):
                yield f"answers/{case.id}", "an answer needs either “value” or “fact”"
        if not any(case.credit == 1 for case in self.answers):
            yield "answers", "a numeric question needs one answer worth all its points"
