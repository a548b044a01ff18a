"""Choices as authors write them, shared by the question types that offer a list."""

from __future__ import annotations

from pydantic import Field

from generator.model.base import Flag, Id, Named, Share
from generator.model.items import Answer, Option
from generator.text import Text


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
