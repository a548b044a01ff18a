"""How elements of an item are shown: by letters, in an order that is always the same and tells no answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from generator.model.base import Named, Passage
from generator.model.items import Item, MatchInteraction, MatchSource, OrderInteraction
from generator.scoring import shown

N = TypeVar("N", bound=Named)


def letter(place: int) -> str:
    """Return the letter of the choice at `place`, from 0: A to Z, then AA, AB and so on."""
    before, last = divmod(place, 26)
    return (letter(before - 1) if before else "") + chr(ord("A") + last)


def sources(item: Item, asked: MatchInteraction) -> tuple[MatchSource, ...]:
    """Return what is to be matched; the members of categories are stored category by category."""
    return _mixed(item, asked.sources) if asked.layout == "categories" else asked.sources


def targets(item: Item, asked: MatchInteraction) -> tuple[Passage, ...]:
    """Return what it is matched with; pairs are stored side by side, but the columns of a grid stay."""
    return asked.targets if asked.layout == "grid" else _mixed(item, asked.targets)


def entries(item: Item, asked: OrderInteraction) -> tuple[Passage, ...]:
    """Return what is to be put in order."""
    return _mixed(item, asked.entries)


def _mixed(item: Item, values: Iterable[N]) -> tuple[N, ...]:
    by_id = {str(value.id): value for value in values}
    return tuple(by_id[name] for name in shown(item.uid, tuple(by_id)))
