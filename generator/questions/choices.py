"""Choices as authors write them, shared by the question types that offer a list."""

from __future__ import annotations

from typing import Protocol

from pydantic import Field

from generator.model.base import Flag, Id, Named, Share
from generator.model.items import Answer, MatchSource, Option
from generator.text import Text


class Answered(Protocol):
    """What is said to whoever gets an element wrong."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def feedback(self) -> Text | None: ...  # noqa: D102
    @property
    def misconception(self) -> str | None: ...  # noqa: D102


def matched(entry: Answered, text: Text, target: str) -> MatchSource:
    """Return an authored element as one to be matched with `target`."""
    return MatchSource(
        id=entry.id,
        text=text,
        target=target,
        credit=1.0,
        feedback=entry.feedback,
        misconception=entry.misconception,
    )


class Choice(Named):
    """One choice: `correct: true` makes it a key; a distractor names the misconception it probes."""

    text: Text
    correct: Flag = False
    credit: Share | None = Field(default=None, description="Share of the points, if neither none nor all.")
    feedback: Text | None = None
    misconception: Id | None = None

    def option(self) -> Option:
        """Return this choice as an option of an interaction."""
        earned = self.credit if self.credit is not None else float(self.correct)
        return Option(
            id=self.id,
            text=self.text,
            credit=earned,
            feedback=self.feedback,
            misconception=self.misconception,
        )


class TypedAnswer(Named):
    """One foreseen typed answer; `credit: 0` foresees a wrong one in order to answer it."""

    text: Text
    credit: Share = 1.0
    feedback: Text | None = None
    misconception: Id | None = None

    def answer(self) -> Answer:
        """Return this answer as one of an interaction."""
        return Answer(
            id=self.id,
            text=self.text,
            credit=self.credit,
            feedback=self.feedback,
            misconception=self.misconception,
        )
