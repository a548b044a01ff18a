"""What several rooms' tests share: a small valid course, and ways to change it."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator import pipeline
from generator.exporters.quiz import Quiz, quizzes
from generator.model.course import Course
from generator.model.walk import texts

# A course with every question type and every diagram kind, in two sheets.
COURSE = Path(__file__).parent / "course"
# The project of this repository.
REAL = pipeline.Project.at(Path(__file__).parents[1])


def write_course(root: Path, files: dict[str, str | bytes] | None = None) -> pipeline.Project:
    """Write the small course below `root`, then `files` (paths below `root` and their contents) over it."""
    shutil.copytree(COURSE, root, dirs_exist_ok=True)
    for name, content in (files or {}).items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return pipeline.Project.at(root)


def read(name: str) -> str:
    """Return the text of a file of the small course, such as `content/course.yaml`."""
    return (COURSE / name).read_text("utf-8")


def small_course() -> Course:
    """Return the small course."""
    return pipeline.load(pipeline.Project.at(COURSE))


@cache
def real_course() -> Course:
    """Return the course of this repository, in its source locale."""
    return pipeline.load(REAL)


@cache
def real_edition(locale: str) -> pipeline.Edition:
    """Return the course of this repository in a locale."""
    return pipeline.edition(REAL, real_course(), locale)


@cache
def real_quiz(locale: str = "fr") -> Quiz:
    """Return the quiz of the whole course of this repository."""
    edition = real_edition(locale)
    return quizzes(edition.course, edition.words)[-1]


def cases(folder: Path) -> list[Any]:
    """Return the cases of every YAML file of a folder, as parameters of a test."""
    return [
        pytest.param(case, id=f"{path.stem}: {case['case']}")
        for path in sorted(folder.glob("*.yaml"))
        for case in yaml.safe_load(path.read_text("utf-8"))
    ]


def files_of(case: dict[str, Any]) -> dict[str, str | bytes]:
    """Return the files that a case writes over the small course."""
    files: dict[str, Any] = dict(case.get("files", {}))
    for change in case.get("change", ()):
        before = files.get(change["file"]) or read(change["file"])
        assert change["from"] in before, change
        files[change["file"]] = before.replace(change["from"], change["to"], 1)
    return files


def assert_case(case: dict[str, Any], root: Path) -> None:
    """Write a case below `root`, and compare what is said and what is read with what it expects."""
    course, faults = pipeline.inspect(write_course(root, files_of(case)))
    assert "\n".join(map(str, faults)) == case["faults"].rstrip("\n")
    values = {text.context: text.value for text in texts(course)} if course else {}
    assert {context: values[context] for context in case.get("values", ())} == case.get("values", {})
