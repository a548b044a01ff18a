"""Quizzes × formats into the files of a folder, each format in its own with a report of what it lost."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pydantic_core import to_json

from generator.errors import FichesError
from generator.exporters.base import Exporter, Loss
from generator.exporters.losses import run, told
from generator.exporters.quiz import Quiz

REPORT = "losses.json"
_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\Z")


@dataclass(frozen=True, slots=True)
class Batch:
    """What one format makes of several quizzes: files by name, and losses by quiz, told in its locale."""

    files: Mapping[str, bytes]
    losses: Mapping[str, tuple[Loss, ...]]


def batch(exporter: Exporter, quizzes: Iterable[Quiz]) -> Batch:
    """Return the files of a format and its report, which is always among them."""
    files: dict[str, bytes] = {}
    losses: dict[str, tuple[Loss, ...]] = {}
    for quiz in quizzes:
        made = run(exporter, quiz)
        losses[quiz.stem] = tuple(told(quiz, loss) for loss in made.losses)
        for name, content in made.files.items():
            _accept(exporter, name, content, files)
            files[name] = content
    files[REPORT] = _report(losses)
    return Batch(files, losses)


def _accept(exporter: Exporter, name: str, content: bytes, files: Mapping[str, bytes]) -> None:
    if not _SAFE.match(name) or name == REPORT:
        raise FichesError(f"the format “{exporter.name}” names a file “{name}”, which is not safe to write")
    # Quizzes may share a file, such as a schema, but not overwrite one another.
    if files.get(name, content) != content:
        raise FichesError(f"the format “{exporter.name}” writes two different files named “{name}”")


def _report(losses: Mapping[str, tuple[Loss, ...]]) -> bytes:
    shown = {
        quiz: [{"item": loss.item, "what": loss.what, "why": loss.why} for loss in found]
        for quiz, found in losses.items()
    }
    return to_json(shown, indent=1) + b"\n"
