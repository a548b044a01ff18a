"""Free answer: written without limits, then assessed by the learner against a rubric."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal

from pydantic import Field

from generator.model.base import Keyed, Named
from generator.model.items import Criterion, FreeInteraction
from generator.questions.base import Question
from generator.text import Text


class RubricLine(Named):
    """What a good answer does, and how many points it is worth relative to the other lines."""

    text: Text
    points: float = Field(default=1.0, gt=0)


class Free(Question):
    """A few sentences to write."""

    name: ClassVar[str] = "free"
    type: Literal["free"]
    rubric: Keyed[RubricLine]
    model_answer: Text

    def interaction(self) -> FreeInteraction:
        """Return a free interaction."""
        rubric = tuple(Criterion(id=line.id, text=line.text, points=line.points) for line in self.rubric)
        return FreeInteraction(rubric=rubric, model_answer=self.model_answer)

    def problems(self) -> Iterable[tuple[str, str]]:
        """Yield an empty rubric."""
        if not self.rubric:
            yield "rubric", "a free answer needs at least one criterion"
