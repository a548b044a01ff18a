"""Matrix diagram: services against yes/no questions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal

from pydantic import Field

from generator.diagrams.base import Drawn, repeated, unknown
from generator.diagrams.layouts.matrix import draw
from generator.diagrams.scene import Scene
from generator.diagrams.wording import Wording
from generator.model.base import Id, Keyed, Named
from generator.model.diagram import Role
from generator.text import Text

Verdict = Literal["yes", "no", "partly"]


class Question(Named):
    """One column: a question that is answered by yes, no or partly."""

    text: Text


class Service(Named):
    """One row; `cells` maps a question's id to the verdict."""

    text: Text
    role: Role = "app"
    cells: dict[Id, Verdict]


class Matrix(Drawn):
    """What each service does and does not offer."""

    name: ClassVar[str] = "matrix"
    kind: Literal["matrix"]
    columns: Keyed[Question] = Field(min_length=1, max_length=6)
    rows: Keyed[Service] = Field(min_length=1, max_length=10)

    def scene(self, wording: Wording) -> Scene:
        """Return the layout."""
        return draw(self.columns, self.rows, wording)

    def parts(self) -> tuple[str, ...]:
        """Return the ids of the columns and of the rows."""
        return tuple(part.id for part in (*self.columns, *self.rows))

    def tell(self, wording: Wording) -> Iterable[str]:
        """Yield, for each service, the verdict on each question."""
        names = {column.id: wording.clause(column.text, column.id) for column in self.columns}
        for row in self.rows:
            cells = [
                wording.say("verdict", question=names[name], verdict=wording.say(row.cells[name]))
                for name in names
                if name in row.cells
            ]
            yield wording.say("row", name=wording.clause(row.text, row.id), cells=wording.all(cells))

    def problems(self) -> Iterable[tuple[str, str]]:
        """Yield verdicts on unknown questions, and questions without a verdict."""
        yield from repeated(columns=self.columns, rows=self.rows)
        for row in self.rows:
            for name in row.cells:
                yield from unknown(name, self.columns, f"rows/{row.id}/cells/{name}", "column")
            for column in self.columns:
                if column.id not in row.cells:
                    yield f"rows/{row.id}/cells", f"“{column.id}” has no verdict here"
