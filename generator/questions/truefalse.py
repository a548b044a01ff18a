"""True/false: a statement to accept or to reject."""

from __future__ import annotations

from typing import ClassVar, Literal

from generator.labels import ANSWERS
from generator.model.base import Flag, Id
from generator.model.items import ChoiceInteraction, Option
from generator.questions.base import Question
from generator.text import Text


class TrueFalse(Question):
    """`answer` is the truth; `misconception` is what the other answer betrays."""

    name: ClassVar[str] = "truefalse"
    type: Literal["truefalse"]
    answer: Flag
    feedback_true: Text | None = None
    feedback_false: Text | None = None
    misconception: Id | None = None

    def interaction(self) -> ChoiceInteraction:
        """Return a choice between the two words of the interface."""
        return ChoiceInteraction(
            options=(
                self._option("true", self.answer, self.feedback_true),
                self._option("false", not self.answer, self.feedback_false),
            )
        )

    def _option(self, name: str, right: bool, feedback: Text | None) -> Option:
        wrong_idea = None if right else self.misconception
        return Option(
            id=name,
            text=ANSWERS[f"answers.{name}"],
            credit=float(right),
            feedback=feedback,
            misconception=wrong_idea,
        )
