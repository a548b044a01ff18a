"""Multiple response: any number of keys among distractors."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal

from generator.model.base import Keyed
from generator.model.items import ChoiceInteraction
from generator.questions.base import Question
from generator.questions.choices import Choice


class Multiple(Question):
    """Choose all that apply; scored right minus wrong, never below zero."""

    name: ClassVar[str] = "multiple"
    type: Literal["multiple"]
    choices: Keyed[Choice]

    def interaction(self) -> ChoiceInteraction:
        """Return a choice interaction that takes any number of options."""
        return ChoiceInteraction(multiple=True, options=tuple(choice.option() for choice in self.choices))

    def problems(self) -> Iterable[tuple[str, str]]:
        """Yield what leaves the question without a key or without a distractor."""
        keys = [choice for choice in self.choices if choice.correct]
        if not keys or len(keys) == len(self.choices):
            yield "choices", "a multiple response needs at least one right choice and one wrong choice"
        for choice in self.choices:
            if choice.credit is not None:
                yield f"choices/{choice.id}/credit", "credit is shared evenly in a multiple response"
