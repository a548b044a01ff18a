"""Single choice: one key among distractors."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal

from generator.model.base import Keyed
from generator.model.items import ChoiceInteraction
from generator.questions.base import Question
from generator.questions.choices import Choice


class Single(Question):
    """One question, one key."""

    name: ClassVar[str] = "single"
    type: Literal["single"]
    choices: Keyed[Choice]

    def interaction(self) -> ChoiceInteraction:
        """Return a choice interaction that takes one option."""
        return ChoiceInteraction(options=tuple(choice.option() for choice in self.choices))

    def problems(self) -> Iterable[tuple[str, str]]:
        """Yield what breaks the rule of one key and at least one distractor."""
        keys = [choice for choice in self.choices if choice.correct]
        if len(keys) != 1:
            yield (
                "choices",
                f"a single choice needs exactly one choice with “correct: true”, found {len(keys)}",
            )
        if len(self.choices) < 2:
            yield "choices", "a single choice needs at least two choices"
