"""Short text: several accepted answers, compared without regard to case, accents and spacing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal

from generator.model.base import Keyed
from generator.model.items import TextInteraction
from generator.questions.base import Question
from generator.questions.choices import TypedAnswer


class Short(Question):
    """A word or two to type."""

    name: ClassVar[str] = "short"
    type: Literal["short"]
    answers: Keyed[TypedAnswer]

    def interaction(self) -> TextInteraction:
        """Return a text interaction."""
        return TextInteraction(answers=tuple(answer.answer() for answer in self.answers))

    def problems(self) -> Iterable[tuple[str, str]]:
        """Yield a question that nobody can answer."""
        if not any(answer.credit == 1 for answer in self.answers):
            yield "answers", "a short answer needs one answer worth all its points"
