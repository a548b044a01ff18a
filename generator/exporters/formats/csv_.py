"""A quiz into a CSV table for spreadsheets: UTF-8 with BOM, semicolons, one row for each item."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable

from generator.exporters.base import Ask, Capabilities, Composed, Envelope, Exporter, Feature, Fragment
from generator.exporters.fragments import each, exporting, mark
from generator.exporters.kits import table
from generator.exporters.quiz import Quiz, clean
from generator.model.items import Item

# What spreadsheets take for a formula, full-width forms and invisible beginnings included.
_FORMULA = re.compile("[\\s\u200b-\u200f\u2060\ufeff]*[=+\\-@\uff1d\uff0b\uff0d\uff20\t\r]")


def envelope(quiz: Quiz) -> Envelope:
    """Return the table without its rows."""
    heading = _row(map(cell, table.heading(quiz)))
    return Envelope(files={f"{mark('stem')}.csv": f"\ufeff{heading}{each()}"})


def fragment(quiz: Quiz, item: Item) -> Fragment:
    """Return the row of an item."""
    cells = {name: cell(value) for name, value in table.row(quiz, item).items()}
    return Fragment(slots={"": _row((cells | {"points": mark("points-shown")}).values())})


class _Echo:
    """What a CSV writer writes to, if its rows are wanted one by one: it returns what this returns."""

    def write(self, row: str) -> str:
        return row


_WRITER = csv.writer(_Echo(), delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_ALL)


def _row(cells: Iterable[str]) -> str:
    return str(_WRITER.writerow(cells))


def cell(value: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    kept = clean(value).replace("\t", " ")
    return f"'{kept}" if _FORMULA.match(kept) else kept


_COMPOSED = Composed(envelope, fragment)

EXPORTER = Exporter(
    name="csv",
    title="CSV table, for spreadsheets",
    suffix=".csv",
    capabilities=Capabilities(
        asks=frozenset(Ask),
        features=frozenset(Feature) - {Feature.IMAGES, Feature.MARKUP, Feature.MISCONCEPTIONS},
        notes={Feature.IMAGES: "loss.images-told"},
    ),
    export=exporting(_COMPOSED),
    composed=_COMPOSED,
)
