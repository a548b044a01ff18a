"""A quiz into a workbook for Excel and LibreOffice: the table of the CSV, with filters and wrapped cells."""

from __future__ import annotations

from generator.exporters.base import Ask, Capabilities, Export, Exporter, Feature, Loss
from generator.exporters.kits import table
from generator.exporters.kits.workbook import LONGEST, saved, workbook, write
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
    write(sheet, 1, table.heading(quiz))
    losses = []
    for place, item in enumerate(quiz.items, start=2):
        cells = table.row(quiz, item)
        write(sheet, place, (item.points if name == "points" else value for name, value in cells.items()))
        if max(map(len, cells.values())) > LONGEST:
            losses.append(Loss(item.uid, "cell", "loss.text-cut", (("n", LONGEST),)))
    # 1 and 2 are left-to-right and right-to-left: without them, a cell follows its first character.
    aligned = Alignment(wrap_text=True, vertical="top", readingOrder=1 + (direction(quiz.locale) == "rtl"))
    for row in sheet.iter_rows():
        for cell in row:
            cell.alignment = aligned
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for place, name in enumerate(table.COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTHS.get(name, _WIDTH)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    return Export({f"{quiz.stem}.xlsx": saved(book)}, tuple(losses))


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
