"""What every authored question type shares, and how it lowers to an item of the narrow waist."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal

from pydantic import Field

from generator.model.base import Flag, Id, Keyed, Named, Passage
from generator.model.items import Interaction, Item
from generator.text import Text

Difficulty = Literal["easy", "medium", "hard"]
_LEVELS: dict[str, int] = {"easy": 1, "medium": 2, "hard": 3}


class Question(Named):
    """An authored question. A type adds its own fields, `type`, `interaction()` and maybe `problems()`."""

    name: ClassVar[str]

    type: str
    prompt: Text = Field(description="One complete question, readable without its choices.")
    hints: Keyed[Passage] = Field(default=(), description="Help given one at a time, from vague to precise.")
    explanation: Text | None = Field(default=None, description="Shown once the answer has been checked.")
    difficulty: Difficulty = "easy"
    objective: Id = Field(description="The objective of this sheet that the question assesses.")
    claims: tuple[Id, ...] = Field(default=(), description="The claims of this sheet that bear the key out.")
    stimulus: Id | None = Field(
        default=None, description="A stimulus of this sheet, shown above the question."
    )
    points: float = Field(default=1.0, gt=0, le=100)
    partial: Flag = Field(default=True, description="false: all or nothing.")

    def interaction(self) -> Interaction:
        """Return this question as one of the closed set of interactions."""
        raise NotImplementedError

    def problems(self) -> Iterable[tuple[str, str]]:
        """Yield (path below this question, message) for what a type alone can know to be wrong."""
        return ()

    def lower(self, concept: str) -> Item:
        """Return the item that this question becomes in the sheet `concept`."""
        return Item(
            id=self.id,
            uid=f"{concept}.{self.id}",
            concept=concept,
            type=self.type,
            prompt=self.prompt,
            interaction=self.interaction(),
            hints=self.hints,
            explanation=self.explanation,
            objective=self.objective,
            claims=self.claims,
            stimulus=self.stimulus,
            difficulty=_LEVELS[self.difficulty],
            points=self.points,
            partial=self.partial,
        )
