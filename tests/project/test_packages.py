"""What a build keeps of its packages: an edit makes anew what it changes, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from generator import packages, pipeline
from generator.exporters import EXPORTERS
from generator.exporters.quiz import Quiz
from generator.model.course import Course
from generator.model.walk import replaced
from generator.text import Text

ROOT = Path(__file__).parents[2]
NAMES = ("moodle-xml", "csv")


@cache
def edition() -> pipeline.Edition:
    project = pipeline.Project.at(ROOT)
    return pipeline.edition(project, pipeline.load(project), "fr")


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[Course], list[str]]:
    """Return what makes a course's packages in two formats, and tells which quizzes it made anew."""
    told: list[str] = []
    run = packages.run

    def counted(exporter: packages.Exporter, quiz: Quiz) -> packages.Export:
        told.append(f"{exporter.name} {quiz.id}")
        return run(exporter, quiz)

    monkeypatch.setattr(packages, "run", counted)
    monkeypatch.setattr(packages, "EXPORTERS", {name: EXPORTERS[name] for name in NAMES})

    def make(course: Course) -> list[str]:
        told.clear()
        found = packages.packages(course, edition().words, tmp_path)
        anew = list(told)
        fresh = packages.packages(course, edition().words)
        assert found == fresh
        return anew

    return make


def edited(course: Course, concept: str) -> Course:
    """Return the course with a sheet whose texts all end with another sign."""
    sheets = tuple(
        replaced(sheet, Text, lambda text: replace(text, value=f"{text.value} !"))
        if sheet.id == concept
        else sheet
        for sheet in course.concepts
    )
    return course.model_construct(**{**dict(course), "concepts": sheets})


def test_only_an_edited_sheet_and_the_whole_course_are_made_anew(made: Callable[[Course], list[str]]) -> None:
    course = edition().course
    every = [*(concept.id for concept in course.concepts), course.id]
    assert made(course) == [f"{name} {quiz}" for name in NAMES for quiz in every]
    assert made(course) == []
    concept = course.concepts[2].id
    assert made(edited(course, concept)) == [
        f"{name} {quiz}" for name in NAMES for quiz in (concept, course.id)
    ]


def test_what_all_sheets_share_makes_all_of_them_anew(made: Callable[[Course], list[str]]) -> None:
    course = edition().course
    made(course)
    other = course.model_construct(**{**dict(course), "authors": ("Une autre",)})
    assert len(made(other)) == len(NAMES) * (len(course.concepts) + 1)


def test_what_is_damaged_is_made_anew_and_what_is_old_is_swept(
    made: Callable[[Course], list[str]], tmp_path: Path
) -> None:
    course = edition().course
    every = made(course)
    kept = {path: path.read_bytes() for path in (tmp_path / "fr").iterdir()}
    for path in kept:
        path.write_bytes(b"PK no zip")
    assert made(course) == every
    assert {path: path.read_bytes() for path in (tmp_path / "fr").iterdir()} == kept
    made(edited(course, course.concepts[0].id))
    left = set((tmp_path / "fr").iterdir())
    assert len(left) == len(kept)
    assert left != set(kept)
