"""Categorise: put each member into its category."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal

from generator.model.base import Id, Keyed, Named, Passage
from generator.model.items import MatchInteraction
from generator.questions.base import Question
from generator.questions.choices import matched
from generator.text import Text


class Member(Named):
    """One element to classify."""

    text: Text
    feedback: Text | None = None
    misconception: Id | None = None


class Category(Named):
    """One category and its members."""

    text: Text
    members: Keyed[Member]


class Categorise(Question):
    """Elements to classify."""

    name: ClassVar[str] = "categorise"
    type: Literal["categorise"]
    categories: Keyed[Category]

    def interaction(self) -> MatchInteraction:
        """Return a match interaction whose targets are the categories."""
        sources = tuple(
            matched(member, member.text, category.id)
            for category in self.categories
            for member in category.members
        )
        targets = tuple(Passage(id=category.id, text=category.text) for category in self.categories)
        return MatchInteraction(layout="categories", sources=sources, targets=targets)

    def problems(self) -> Iterable[tuple[str, str]]:
        """Yield too few categories, and members that bear the same id in two of them."""
        if len(self.categories) < 2:
            yield "categories", "a classification needs at least two categories"
        seen: set[str] = set()
        for category in self.categories:
            for member in category.members:
                if member.id in seen:
                    yield f"categories/{category.id}/members/{member.id}", f"“{member.id}” is used twice"
                seen.add(member.id)
