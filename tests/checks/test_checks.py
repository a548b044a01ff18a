"""The rules of a whole course: what breaks them, and that every rule of the table works."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from helpers import assert_case, cases, read, small_course, write_course

from generator import pipeline
from generator.checks import CHECKS
from generator.checks.references import reactions
from generator.model.course import Concept
from generator.model.items import Reaction
from generator.model.walk import replaced

COURSE = small_course()


@pytest.mark.parametrize("case", cases(Path(__file__).parent / "cases"))
def test_case(case: dict[str, Any], tmp_path: Path) -> None:
    assert_case(case, tmp_path)


@pytest.mark.parametrize("name", CHECKS)
def test_a_check_finds_nothing_in_a_sound_course(name: str) -> None:
    assert list(CHECKS[name](COURSE)) == []


def test_the_course_of_this_repository_is_sound() -> None:
    _, faults = pipeline.inspect(pipeline.Project.at(Path(__file__).parents[2]))
    assert pipeline.relevant(faults, "error") == ()


def test_every_foreseen_answer_is_found() -> None:
    item = next(item for item in COURSE.items if item.id == "single")
    assert [reaction.id for reaction in reactions(item)] == ["queue", "lost"]
    for item in COURSE.items:
        seen: list[str] = []
        replaced(item, Reaction, lambda reaction: seen.append(reaction.id) or reaction)  # noqa: B023, RUF100
        assert [reaction.id for reaction in reactions(item)] == seen


def test_many_sheets_are_checked_in_linear_time() -> None:
    """A chain of sheets, each of which needs the one before, holds no cycle to look for."""
    first = COURSE.concepts[1]

    def sheet(n: int) -> Concept:
        return first.model_copy(update={"id": f"c{n}", "prerequisites": (f"c{n - 1}",) if n else ()})

    sheets = tuple(map(sheet, range(2000)))
    part = COURSE.parts[0].model_copy(update={"concepts": tuple(sheet.id for sheet in sheets)})
    course = COURSE.model_copy(update={"concepts": sheets, "parts": (part,)})
    assert list(CHECKS["prerequisites"](course)) == []


def test_sheets_and_sections_grown_too_long_are_warned_of(tmp_path: Path) -> None:
    sheet = read("content/concepts/second.yaml").replace("Rien de plus, dit {personne}.", "mot " * 1801)
    _, faults = pipeline.inspect(write_course(tmp_path, {"content/concepts/second.yaml": sheet}))
    assert [(fault.code, fault.severity) for fault in faults] == [
        ("sheet-length", "warning"),
        ("section-length", "warning"),
    ]


def test_a_habit_of_true_or_false_is_warned_of() -> None:
    item = next(item for item in COURSE.items if item.type == "truefalse")
    many = tuple(item.model_copy(update={"id": f"q{n}"}) for n in range(8))
    concept = COURSE.concepts[0].model_copy(update={"items": many})
    course = COURSE.model_copy(update={"concepts": (concept,)})
    assert [fault.code for fault in CHECKS["writing"](course)] == ["one-sided"]
