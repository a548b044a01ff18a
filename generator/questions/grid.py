"""Grid: several statements judged with the same few answers, true and false unless said otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal

from generator.labels import ANSWERS
from generator.model.base import Id, Keyed, Named, Passage
from generator.model.items import MatchInteraction
from generator.questions.base import Question
from generator.questions.choices import matched
from generator.text import Text

_TRUE_FALSE = tuple(Passage(id=name, text=ANSWERS[f"answers.{name}"]) for name in ("true", "false"))


class Statement(Named):
    """One statement and the id of the column that is right for it."""

    text: Text
    answer: Id
    feedback: Text | None = None
    misconception: Id | None = None


class Grid(Question):
    """Statements × columns."""

    name: ClassVar[str] = "grid"
    type: Literal["grid"]
    statements: Keyed[Statement]
    columns: Keyed[Passage] = _TRUE_FALSE

    def interaction(self) -> MatchInteraction:
        """Return a match interaction whose targets are the columns."""
        sources = tuple(matched(row, row.text, row.answer) for row in self.statements)
        return MatchInteraction(layout="grid", sources=sources, targets=self.columns)

    def problems(self) -> Iterable[tuple[str, str]]:
        """Yield too few rows or columns, and answers that are no column."""
        if len(self.statements) < 2:
            yield "statements", "a grid needs at least two statements"
        if len(self.columns) < 2:
            yield "columns", "a grid needs at least two columns"
        columns = [column.id for column in self.columns]
        for row in self.statements:
            if row.answer not in columns:
                yield f"statements/{row.id}/answer", f"“{row.answer}” is no column: {', '.join(columns)}"
