"""A course in which every question type and every need of a format occurs, and its texts replaced."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from helpers import read, write_course

from generator import pipeline
from generator.exporters.base import Feature
from generator.exporters.losses import reactions
from generator.exporters.quiz import Quiz, quizzes
from generator.model.items import Item
from generator.model.walk import replaced
from generator.text import Text

# What breaks formulas, HTML, XML, TeX, GIFT and terminals, and characters that no file should hold.
HOSTILE = (
    '=HYPERLINK("http://x")<script>alert(1)</script> ]]> & &amp; ; " \' </p> \\ ~ # $x$ \\(y\\) '
    "\u202e %TEX{%} <!-- \x07 \ud800 "
)
_FULL = (Path(__file__).parent / "full.yaml").read_text("utf-8")


def project(root: Path) -> pipeline.Project:
    """Write the small course and the full sheet."""
    course = read("content/course.yaml").replace("second]", "second, full]")
    assert "full]" in course
    return write_course(root, {"content/course.yaml": course, "content/concepts/full.yaml": _FULL})


@cache
def whole(locale: str = "fr") -> Quiz:
    """Return the quiz of the whole course."""
    with TemporaryDirectory() as folder:
        made = project(Path(folder))
        edition = pipeline.edition(made, pipeline.load(made), locale)
    return quizzes(edition.course, edition.words)[-1]


def rewritten(quiz: Quiz, change: Callable[[str], str]) -> Quiz:
    """Return the quiz with every text changed, the interface's included."""

    def changed(text: Text) -> Text:
        return replace(text, value=change(text.value))

    course = replaced(quiz.course, Text, changed)
    words = {name: changed(word) for name, word in quiz.words.items()}
    return Quiz(quiz.id, course.title, course, words, course.items)


def normal(text: str) -> str:
    """Return characters that formats may write otherwise in one way."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip()


def promised(quiz: Quiz, item: Item) -> dict[Feature, list[str]]:
    """Return the words that must be found in the export of a format that claims to carry a feature."""
    stimulus, objective = quiz.stimulus(item), quiz.objective(item)
    misconceptions = [quiz.course.misconception[r.misconception] for r in reactions(item) if r.misconception]
    texts: dict[Feature, list[Text | None]] = {
        Feature.FEEDBACK: [answer.feedback for answer in reactions(item)],
        Feature.HINTS: [hint.text for hint in item.hints],
        Feature.EXPLANATION: [item.explanation],
        Feature.SOURCES: [claim.text for claim in quiz.evidence(item)],
        Feature.MISCONCEPTIONS: [entry.statement for entry in misconceptions],
        Feature.STIMULUS: [stimulus.title, stimulus.text] if stimulus else [],
        Feature.OBJECTIVES: [objective.text] if objective else [],
    }
    found = {feature: [quiz.plain(text) for text in wanted if text] for feature, wanted in texts.items()}
    found[Feature.STIMULUS] += (stimulus.code or "").splitlines() if stimulus else []
    found[Feature.IDS] = [quiz.identify(item)]
    found[Feature.LICENCE] = [*quiz.course.authors, quiz.course.licence.name]
    return found


def _leaves(value: object, machine: frozenset[str]) -> Iterator[str]:
    match value:
        case str():
            yield value
        case list():
            for member in value:
                yield from _leaves(member, machine)
        case dict():
            for name, member in value.items():
                if name not in machine:
                    yield from _leaves(member, machine)


# What is not said to a learner: ids, names of kinds, and drawings, whose texts are broken into lines.
_MACHINE = frozenset(
    {
        "$schema", "id", "uid", "locale", "direction", "source_locale", "url", "svg", "kind", "layout",
        "target", "diagram", "bloom", "type", "difficulty", "key", "shown", "misconceptions", "source",
    }
)  # fmt: skip


def _json(files: dict[str, bytes], *, ids: bool) -> Iterator[str]:
    for name, content in files.items():
        if not name.endswith(".schema.json"):
            hidden = frozenset({"svg"}) if ids else _MACHINE
            yield from _leaves(json.loads(content), hidden)


def _csv(files: dict[str, bytes], *, ids: bool) -> Iterator[str]:
    for content in files.values():
        for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"):
            yield from row if ids else row[1:]


Reader = Callable[..., Iterable[str]]

# How each format is read back: the strings of its files, with or without those of machines.
READERS: dict[str, Reader] = {"json": _json, "csv": _csv}
