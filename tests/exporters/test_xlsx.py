from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from zipfile import ZipFile

import openpyxl
import pytest
from container_readers import cells
from exporter_support import HOSTILE, rewritten, whole
from openpyxl.worksheet.worksheet import Worksheet

from generator.exporters.formats import csv_
from generator.exporters.formats.xlsx import EXPORTER
from generator.exporters.losses import run
from generator.exporters.quiz import Memo, Quiz


def raw(quiz: Quiz) -> bytes:
    return run(EXPORTER, quiz).files[f"{quiz.stem}.xlsx"]


def sheet(quiz: Quiz) -> Worksheet:
    return openpyxl.load_workbook(io.BytesIO(raw(quiz))).worksheets[0]


def test_the_table_is_that_of_the_csv() -> None:
    text = run(csv_.EXPORTER, whole()).files[f"{whole().stem}.csv"].decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    bare = [[re.sub(r"^'(?=[=+@-])", "", value) for value in row] for row in rows]
    points = rows[0].index("Points")
    for made, told in zip(cells(raw(whole())), bare, strict=True):
        assert made[:points] + made[points + 1 :] == told[:points] + told[points + 1 :]


def test_points_are_numbers() -> None:
    made = sheet(whole())
    column = next(cell.column for cell in made[1] if cell.value == "Points")
    values = [made.cell(row, column) for row in range(2, made.max_row + 1)]
    assert [cell.value for cell in values] == [item.points for item in whole().items]
    assert {cell.data_type for cell in values} == {"n"}


@pytest.mark.parametrize("start", ["=1+1", "+33", "-1", "@SUM(A1)", "\t=1", HOSTILE])
def test_no_cell_is_a_formula(start: str) -> None:
    made = sheet(rewritten(whole(), lambda value: start + value))
    found = [cell for row in made.iter_rows() for cell in row]
    assert "f" not in {cell.data_type for cell in found}
    risky = [cell for cell in found if str(cell.value)[:1] in ("=", "+", "-", "@")]
    assert all(cell.quotePrefix for cell in risky if cell.data_type == "s")
    with ZipFile(io.BytesIO(raw(rewritten(whole(), lambda value: start + value)))) as zipped:
        assert b"<f>" not in zipped.read("xl/worksheets/sheet1.xml")


def test_characters_that_xml_refuses_are_left_out() -> None:
    quiz = whole()
    course = quiz.course.model_copy(update={"authors": ("Un\x0be \ud800 \uffff",)})
    made = sheet(replace(quiz, course=course, memo=Memo()))
    column = next(cell.column for cell in made[1] if cell.value == "Auteurs")
    assert made.cell(2, column).value == "Une \ufffd \ufffd"


def test_what_begins_as_a_formula_once_it_is_cleaned_stays_a_text() -> None:
    quiz = whole()
    course = quiz.course.model_copy(update={"authors": ("\x00=1+1",)})
    made = sheet(replace(quiz, course=course, memo=Memo()))
    column = next(cell.column for cell in made[1] if cell.value == "Auteurs")
    assert made.cell(2, column).value == "=1+1"
    assert made.cell(2, column).quotePrefix


def test_it_reads_well() -> None:
    made = sheet(whole())
    assert made.title == "Un cours d’essai"
    assert made.freeze_panes == "A2"
    assert made.auto_filter.ref == made.dimensions
    assert all(cell.alignment.wrap_text for row in made.iter_rows() for cell in row)
    assert not made.sheet_view.rightToLeft


def test_arabic_reads_from_the_right(monkeypatch: pytest.MonkeyPatch) -> None:
    quiz = whole()
    course = quiz.course.model_copy(update={"locale": "ar"})
    made = sheet(Quiz(quiz.id, quiz.title, course, quiz.words, quiz.items))
    assert made.sheet_view.rightToLeft
    assert {cell.alignment.readingOrder for row in made.iter_rows() for cell in row} == {2}


def test_no_clock() -> None:
    with ZipFile(io.BytesIO(raw(whole()))) as zipped:
        core = zipped.read("docProps/core.xml").decode()
        assert {info.date_time for info in zipped.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert re.findall(r"\d{4}-\d\d-\d\d", core) == ["1980-01-01", "1980-01-01"]


def test_a_cell_that_is_cut_is_told() -> None:
    quiz = rewritten(whole(), lambda value: value.replace("Ordonnez", "o" * 40_000))
    losses = [loss for loss in run(EXPORTER, quiz).losses if loss.why == "loss.text-cut"]
    assert [loss.item for loss in losses] == ["full.order"]
