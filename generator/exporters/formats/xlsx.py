"""A quiz into a workbook for Excel and LibreOffice: the table of the CSV, with filters and wrapped cells."""

from __future__ import annotations

from generator.exporters.base import Ask, Capabilities, Export, Exporter, Feature, Loss
from generator.exporters.kits import table
from generator.exporters.kits.workbook import LONGEST, body, saved, workbook, write
from generator.exporters.quiz import Quiz
from generator.inline import direction

_WIDTHS = {
    "id": 24,
    "points": 9,
    "stimulus": 48,
    "prompt": 48,
    "choices": 40,
    "feedback": 48,
    "explanation": 48,
}
_WIDTH = 18


def export(quiz: Quiz) -> Export:
    """Return the workbook of a quiz."""
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    book, sheet = workbook(quiz)
    # 1 and 2 are left-to-right and right-to-left: without them, a cell follows its first character.
    aligned = Alignment(wrap_text=True, vertical="top", readingOrder=1 + (direction(quiz.locale) == "rtl"))
    write(sheet, 1, table.heading(quiz))
    for cell in sheet[1]:
        cell.alignment, cell.font = aligned, Font(bold=True)
    for place, name in enumerate(table.COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTHS.get(name, _WIDTH)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.COLUMNS))}{len(quiz.items) + 1}"
    rows = [(table.row(quiz, item) | {"points": item.points}).values() for item in quiz.items]
    losses = tuple(
        Loss(item.uid, "cell", "loss.text-cut", (("n", LONGEST),))
        for item, cells in zip(quiz.items, rows, strict=True)
        if any(isinstance(cell, str) and len(cell) > LONGEST for cell in cells)
    )
    return Export({f"{quiz.stem}.xlsx": saved(book, body(sheet, rows, aligned))}, losses)


EXPORTER = Exporter(
    name="xlsx",
    title="Excel workbook, for spreadsheets",
    suffix=".xlsx",
    capabilities=Capabilities(
        asks=frozenset(Ask),
        features=frozenset(Feature) - {Feature.IMAGES, Feature.MARKUP, Feature.MISCONCEPTIONS},
        notes={Feature.IMAGES: "loss.images-told"},
    ),
    export=export,
)
