"""Ordering: entries written in the right order, shown in another."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal

from generator.model.base import Keyed, Passage
from generator.model.items import OrderInteraction
from generator.questions.base import Question


class Order(Question):
    """Steps to put back in order."""

    name: ClassVar[str] = "order"
    type: Literal["order"]
    entries: Keyed[Passage]

    def interaction(self) -> OrderInteraction:
        """Return an order interaction with the entries as authored."""
        return OrderInteraction(entries=self.entries)

    def problems(self) -> Iterable[tuple[str, str]]:
        """Yield what leaves nothing to order."""
        if len(self.entries) < 2:
            yield "entries", "an ordering needs at least two entries"
