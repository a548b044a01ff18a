"""Workbooks for spreadsheets, whose bytes depend on their cells only."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING
from zipfile import ZipFile

from generator.exporters.archive import archive
from generator.exporters.quiz import Quiz
from generator.inline import direction, tag

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

LONGEST = 32_767  # characters of a cell; more is cut by openpyxl
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")  # in the name of a sheet
_STAMP = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")
_DATE = rb"\g<1>1980-01-01T00:00:00Z"  # as in our zips


def workbook(quiz: Quiz) -> tuple[Workbook, Worksheet]:
    """Return an empty workbook in the quiz's language, and its one sheet."""
    from openpyxl import Workbook  # noqa: PLC0415  # slow to import, and needed here only

    book = Workbook()
    properties, sheet = book.properties, book.worksheets[0]
    properties.title, properties.language = quiz.name, tag(quiz.locale)
    properties.creator = ", ".join(quiz.course.authors)
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
            cell.quotePrefix = value[:1] in ("=", "+", "-", "@")


def saved(book: Workbook) -> bytes:
    """Return the file of a workbook. openpyxl stamps the time on its parts and on their zip."""
    made = io.BytesIO()
    book.save(made)
    with ZipFile(made) as zipped:
        parts = {name: zipped.read(name) for name in zipped.namelist()}
    parts["docProps/core.xml"] = _STAMP.sub(_DATE, parts["docProps/core.xml"])
    return archive(parts)
