"""Matching: each left element has one right partner; extra targets may tempt."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal

from generator.model.base import Id, Keyed, Named, Passage
from generator.model.items import MatchInteraction
from generator.questions.base import Question
from generator.questions.choices import matched
from generator.text import Text


class Pair(Named):
    """Two elements that go together."""

    left: Text
    right: Text
    feedback: Text | None = None
    misconception: Id | None = None


class Match(Question):
    """Pairs to find again."""

    name: ClassVar[str] = "match"
    type: Literal["match"]
    pairs: Keyed[Pair]
    extras: Keyed[Passage] = ()

    def interaction(self) -> MatchInteraction:
        """Return a match interaction; pairs with the same right text share one target."""
        targets = {pair.right.value: Passage(id=pair.id, text=pair.right) for pair in reversed(self.pairs)}
        sources = tuple(matched(pair, pair.left, targets[pair.right.value].id) for pair in self.pairs)
        return MatchInteraction(sources=sources, targets=(*reversed(targets.values()), *self.extras))

    def problems(self) -> Iterable[tuple[str, str]]:
        """Yield what leaves nothing to match."""
        if len(self.pairs) < 2:
            yield "pairs", "a matching needs at least two pairs"
        for clash in {pair.id for pair in self.pairs} & {extra.id for extra in self.extras}:
            yield f"extras/{clash}", f"“{clash}” is already the id of a pair"
