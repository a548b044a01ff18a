from __future__ import annotations

import io

import openpyxl
import pytest
from container_readers import cells
from exporter_support import rewritten, whole

from generator.exporters.base import Export, Loss
from generator.exporters.formats.kahoot import EXPORTER
from generator.exporters.losses import run, told
from generator.exporters.quiz import Quiz

TIMES = {5, 10, 20, 30, 60, 90, 120, 240}


def made(quiz: Quiz) -> Export:
    return run(EXPORTER, quiz)


def rows(quiz: Quiz) -> list[list[str]]:
    return cells(made(quiz).files[f"{quiz.stem}.kahoot.xlsx"])


def reasons(quiz: Quiz, uid: str) -> list[str]:
    return [loss.why for loss in made(quiz).losses if loss.item == uid]


def changed(old: str, new: str) -> Quiz:
    return rewritten(whole(), lambda value: value.replace(old, new))


def test_the_template() -> None:
    heading = rows(whole())[7]
    assert heading == [
        "",
        "Question - max 120 characters",
        "Answer 1 - max 75 characters",
        "Answer 2 - max 75 characters",
        "Answer 3 - max 75 characters",
        "Answer 4 - max 75 characters",
        "Time limit (sec) – 5, 10, 20, 30, 60, 90, 120, or 240 secs",
        "Correct answer(s) - choose at least one",
    ]


def test_questions() -> None:
    found = {row[1]: row for row in rows(whole())[8:]}
    single = found["Que veut dire 250\xa0?".replace("\xa0", "\u202f")]
    assert single[2:] == ["=1+1 est accepté", "C’est en partie vrai", "C’est refusé", "", "90", "1"]
    assert found["Cochez tout."][2:] == ["Premier", "Deuxième", "Troisième", "", "60", "1,2"]
    assert [row[0] for row in rows(whole())[8:]] == [str(place) for place in range(1, len(found) + 1)]
    assert {int(row[6]) for row in found.values()} <= TIMES


def test_cells_are_text() -> None:
    file = io.BytesIO(made(whole()).files[f"{whole().stem}.kahoot.xlsx"])
    types = {cell.data_type for row in openpyxl.load_workbook(file).worksheets[0].iter_rows() for cell in row}
    assert types <= {"s", "n"}


@pytest.mark.parametrize(("length", "kept"), [(120, True), (121, False)])
def test_long_questions_are_left_out(length: int, kept: bool) -> None:
    quiz = changed("Cochez tout.", "q" * length)
    assert ("loss.kahoot-question" in reasons(quiz, "full.strict")) != kept
    assert any(row[1] == "q" * length for row in rows(quiz)) == kept


@pytest.mark.parametrize(("length", "kept"), [(75, True), (76, False)])
def test_long_answers_are_left_out(length: int, kept: bool) -> None:
    quiz = changed("Deuxième", "a" * length)
    assert ("loss.kahoot-answer" in reasons(quiz, "full.strict")) != kept
    assert any("a" * length in row for row in rows(quiz)) == kept


def test_a_question_of_five_answers_is_left_out() -> None:
    items = []
    for item in whole().items:
        if item.uid == "full.strict":
            options = item.interaction.options
            more = tuple(options[0].model_copy(update={"id": f"x{n}"}) for n in range(2))
            asked = item.interaction.model_copy(update={"options": (*options, *more)})
            item = item.model_copy(update={"interaction": asked})  # noqa: PLW2901
        items.append(item)
    quiz = Quiz(whole().id, whole().title, whole().course, whole().words, tuple(items))
    assert "loss.kahoot-answers" in reasons(quiz, "full.strict")


def test_the_number_is_told() -> None:
    loss = Loss("full.strict", "multiple", "loss.kahoot-answer", (("n", 75),))
    assert "75 caractères" in told(whole(), loss).why.replace("\xa0", " ")


def test_nothing_short_enough_is_no_file() -> None:
    quiz = rewritten(whole(), lambda value: value + "x" * 121)
    assert not made(quiz).files
    assert {loss.item for loss in made(quiz).losses} >= {item.uid for item in quiz.items}
