"""Workbooks for spreadsheets, whose bytes depend on their cells only."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING
from zipfile import ZipFile

from generator.exporters.archive import archive
from generator.exporters.fragments import xml
from generator.exporters.quiz import Quiz, clean
from generator.inline import direction, tag

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment
    from openpyxl.worksheet.worksheet import Worksheet

LONGEST = 32_767  # characters of a cell; more is cut by openpyxl
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")  # in the name of a sheet
_SHEET = "xl/worksheets/sheet1.xml"
_SIZE = re.compile(b"<dimension [^>]*>")
_FORMULAS = ("=", "+", "-", "@")
_STAMP = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")
_DATE = rb"\g<1>1980-01-01T00:00:00Z"  # as in our zips


def workbook(quiz: Quiz) -> tuple[Workbook, Worksheet]:
    """Return an empty workbook in the quiz's language, and its one sheet."""
    from openpyxl import Workbook  # noqa: PLC0415  # slow to import, and needed here only

    book = Workbook()
    properties, sheet = book.properties, book.worksheets[0]
    properties.title, properties.language = quiz.name, tag(quiz.locale)
    properties.creator = ", ".join(map(clean, quiz.course.authors))
    sheet.title = _FORBIDDEN.sub(" ", quiz.name)[:31].strip(" '") or quiz.id[:31]
    sheet.sheet_view.rightToLeft = direction(quiz.locale) == "rtl"
    return book, sheet


def write(sheet: Worksheet, row: int, values: Iterable[str | float], start: int = 1) -> None:
    """Write the cells of a row; a string stays one, whatever it looks like, even once it is edited."""
    for column, value in enumerate(values, start=start):
        if value == "":
            continue
        cell = sheet.cell(row, column, value)
        if isinstance(value, str):
            cell.data_type = "s"
            cell.quotePrefix = value.startswith(_FORMULAS)


def body(sheet: Worksheet, rows: Iterable[Iterable[str | float]], alignment: Alignment) -> str:
    """Return the XML of rows that go below those of a sheet, aligned, for `saved`.

    As openpyxl writes cells, but many times faster than it does; styles are openpyxl's own.
    """
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    plain, quoted = WriteOnlyCell(sheet), WriteOnlyCell(sheet)
    plain.alignment = quoted.alignment = alignment
    quoted.quotePrefix = True
    styles = {False: plain.style_id, True: quoted.style_id}

    def cell(place: str, value: str | float) -> str:
        if value == "":
            return f'<c r="{place}" s="{styles[False]}"/>'
        if not isinstance(value, str):
            return f'<c r="{place}" s="{styles[False]}" t="n"><v>{value:.15g}</v></c>'
        kept = clean(value)[:LONGEST]
        style, text = styles[kept.startswith(_FORMULAS)], xml(kept)
        return f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'

    letters = [get_column_letter(column) for column in range(1, sheet.max_column + 1)]
    lines = []
    for line, row in enumerate(rows, start=sheet.max_row + 1):
        cells = "".join(cell(f"{letter}{line}", value) for letter, value in zip(letters, row, strict=True))
        lines.append(f'<row r="{line}">{cells}</row>')
    return "".join(lines)


def saved(book: Workbook, below: str = "") -> bytes:
    """Return the file of a workbook, with rows made by `body` below those of its sheet.

    openpyxl stamps the time on its parts and on their zip.
    """
    from openpyxl.writer.excel import ExcelWriter  # noqa: PLC0415

    made = io.BytesIO()
    ExcelWriter(book, ZipFile(made, "w")).save()
    with ZipFile(made) as zipped:
        parts = {name: zipped.read(name) for name in zipped.namelist()}
    parts["docProps/core.xml"] = _STAMP.sub(_DATE, parts["docProps/core.xml"])
    if below:  # the size that a sheet may tell is not that of its rows any more
        parts[_SHEET] = _SIZE.sub(b"", parts[_SHEET]).replace(
            b"</sheetData>", f"{below}</sheetData>".encode()
        )
    return archive(parts)
