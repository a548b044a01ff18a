"""Label: name the numbered parts of a diagram, from a list and never by drag alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal

from generator.labels import ANSWERS
from generator.model.base import Id, Keyed, Named, Passage
from generator.model.items import MatchInteraction
from generator.questions.base import Question
from generator.questions.choices import matched
from generator.text import Text


class PartLabel(Named):
    """The label of the diagram's part that bears this id."""

    text: Text
    feedback: Text | None = None
    misconception: Id | None = None


class Label(Question):
    """Labels to place on a diagram of the same sheet."""

    name: ClassVar[str] = "label"
    type: Literal["label"]
    diagram: Id
    parts: Keyed[PartLabel]
    extras: Keyed[Passage] = ()

    def interaction(self) -> MatchInteraction:
        """Return a match interaction whose sources are the diagram's parts, numbered from 1."""
        sources = tuple(
            matched(part, ANSWERS["answers.part"].format(n=number), part.id)
            for number, part in enumerate(self.parts, start=1)
        )
        targets = tuple(Passage(id=part.id, text=part.text) for part in self.parts)
        return MatchInteraction(
            layout="labels", sources=sources, targets=(*targets, *self.extras), diagram=self.diagram
        )

    def problems(self) -> Iterable[tuple[str, str]]:
        """Yield what leaves nothing to label."""
        if len(self.parts) < 2:
            yield "parts", "a labelling needs at least two parts"
