"""Times the export of the whole course in every format, per item, as ratios to text2qti on its choice items.

    .venv/bin/python bench/exports.py

Two locales, every text worked out anew; the first format pays for what all of them share. The last line is
about the quizzes of all sheets too, as `fiches export --all` makes them: a question is written twice. Of
ours and of text2qti alike, what an export of one question costs is left out: start-up, and libraries loaded.
Formats that draw, compile or pack a player are told apart from those that only write.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from generator import pipeline
from generator.exporters import EXPORTERS
from generator.exporters.losses import run
from generator.exporters.quiz import Memo, Quiz, quizzes
from generator.model.items import ChoiceInteraction, Item

LOCALES = ("fr", "en")
HEAVY = {"pdf", "scorm12", "scorm2004", "cmi5"}
GOAL = 0.05


def every() -> list[Quiz]:
    """Return the quizzes of all sheets and of the whole course in each locale, with nothing worked out."""
    project = pipeline.Project.at(Path(__file__).parents[1])
    course = pipeline.load(project)
    editions = [pipeline.edition(project, course, locale) for locale in LOCALES]
    return [quiz for edition in editions for quiz in quizzes(edition.course, edition.words)]


def wholes() -> list[Quiz]:
    """Return those of the whole course."""
    return [quiz for quiz in every() if quiz.id == quiz.course.id]


def ours(quizzes: list[Quiz], names: Iterable[str]) -> dict[str, float]:
    """Return the milliseconds that an item takes in each format."""
    items = sum(len(quiz.items) for quiz in quizzes)
    exporters = [EXPORTERS[name] for name in names]
    for exporter in exporters:
        run(exporter, replace(quizzes[0], items=quizzes[0].items[:1], memo=Memo()))
    found = {}
    with pipeline.uncollected():
        for exporter in exporters:
            start = time.perf_counter()
            for quiz in quizzes:
                run(exporter, quiz)
            found[exporter.name] = (time.perf_counter() - start) / items * 1000
    return found


def theirs(quizzes: list[Quiz]) -> float:
    """Return the milliseconds a choice item of the same course takes text2qti, in its only format."""
    asked = [written(quiz, item) for quiz in quizzes for item in quiz.items]
    questions = [f"{n}. {text}" for n, text in enumerate(dict.fromkeys(filter(None, asked)), start=1)]
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "venv", f"{folder}/env"], check=True)
        python = f"{folder}/env/bin/python"
        subprocess.run([python, "-m", "pip", "install", "--quiet", "text2qti"], check=True)
        times = []
        for count in (1, len(questions)):
            Path(folder, "quiz.txt").write_text("\n".join(questions[:count]), "utf-8")
            start = time.perf_counter()
            subprocess.run([f"{folder}/env/bin/text2qti", "quiz.txt"], cwd=folder, check=True)
            times.append(time.perf_counter() - start)
    return (times[1] - times[0]) / (len(questions) - 1) * 1000


def written(quiz: Quiz, item: Item) -> str:
    """Return an item as text2qti reads it, "" if it is no choice."""
    asked = item.interaction
    if not isinstance(asked, ChoiceInteraction):
        return ""
    lines = [f"{item.uid} {quiz.plain(item.prompt)}"]
    for place, option in enumerate(asked.options):
        sign = ("[*]" if option.credit else "[ ]") if asked.multiple else f"{chr(97 + place)})"
        first = "*" if option.credit and not asked.multiple else ""
        lines.append(f"{first}{sign} {quiz.plain(option.text)}")
        if option.feedback:
            lines.append(f"... {quiz.plain(option.feedback)}")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Print one line a format."""
    courses = wholes()
    stock = theirs(wholes())
    made = ours(courses, EXPORTERS)
    print(f"text2qti: {stock:.3f} ms an item")
    for name, spent in made.items():
        print(f"{name:12} {spent:.3f} ms an item, {spent / stock:.2f} of text2qti's time")
    plain = [name for name in made if name not in HEAVY]
    for what, spent in (("course", made), ("every quiz", ours(every(), plain))):
        mean = sum(spent[name] for name in plain) / len(plain)
        print(f"{what}, mean of {len(plain)} plain writers: {mean:.3f} ms ({mean / GOAL:.1f} of the goal)")


if __name__ == "__main__":
    main()
