"""A quiz into Kahoot's own spreadsheet template: questions with two to four short answers.

Rows and columns are those of the template that Kahoot offers under “Import spreadsheet”, which is in English
in every language: headings in its row 8, questions from row 9.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.exporters.base import Ask, Capabilities, Export, Exporter, Feature, Loss
from generator.exporters.kits.workbook import saved, workbook, write
from generator.exporters.losses import ask
from generator.exporters.quiz import Quiz, once
from generator.model.items import ChoiceInteraction, Item
from generator.scoring import EPSILON

_QUESTION, _ANSWER, _MOST, _LEAST = 120, 75, 4, 2
_SECONDS = {1: 30, 2: 60, 3: 90}  # by difficulty, among those that Kahoot knows
_HEADING = (
    f"Question - max {_QUESTION} characters",
    *(f"Answer {place} - max {_ANSWER} characters" for place in range(1, _MOST + 1)),
    "Time limit (sec) – 5, 10, 20, 30, 60, 90, 120, or 240 secs",
    "Correct answer(s) - choose at least one",
)
_FIRST = 9


def export(quiz: Quiz) -> Export:
    """Return the workbook of the questions that are short enough; the others are losses."""
    losses = {item.uid: found for item in quiz.items if (found := tuple(_reasons(quiz, item)))}
    kept = [item for item in quiz.items if item.uid not in losses]
    told = tuple(loss for found in losses.values() for loss in found)
    return Export({f"{quiz.stem}.kahoot.xlsx": _book(quiz, kept)} if kept else {}, told)


def _book(quiz: Quiz, items: list[Item]) -> bytes:
    book, sheet = workbook(quiz)
    write(sheet, 2, [quiz.name], start=2)
    write(sheet, _FIRST - 1, _HEADING, start=2)
    for place, item in enumerate(items, start=1):
        options = _options(quiz, item)
        texts = [text for text, _ in options] + [""] * (_MOST - len(options))
        right = ",".join(str(n) for n, (_, right) in enumerate(options, start=1) if right)
        cells: tuple[str | int, ...] = (place, quiz.plain(item.prompt), *texts)
        write(sheet, _FIRST - 1 + place, (*cells, _SECONDS[item.difficulty], right))
    for column in "BCDEFGH":
        sheet.column_dimensions[column].width = 32
    return saved(book)


@once
def _options(quiz: Quiz, item: Item) -> list[tuple[str, bool]]:
    asked = item.interaction
    if not isinstance(asked, ChoiceInteraction):
        return []
    least = EPSILON if asked.multiple else 1 - EPSILON
    return [(quiz.plain(option.text), option.credit >= least) for option in asked.options]


def _reasons(quiz: Quiz, item: Item) -> Iterator[Loss]:
    """Yield why Kahoot would refuse a question."""
    options, asked = _options(quiz, item), ask(item)
    if len(quiz.plain(item.prompt)) > _QUESTION:
        yield Loss(item.uid, asked, "loss.kahoot-question", (("n", _QUESTION),))
    if any(len(text) > _ANSWER for text, _ in options):
        yield Loss(item.uid, asked, "loss.kahoot-answer", (("n", _ANSWER),))
    if not _LEAST <= len(options) <= _MOST:
        yield Loss(item.uid, asked, "loss.kahoot-answers", (("n", _MOST),))
    if not any(right for _, right in options):
        yield Loss(item.uid, asked, "loss.kahoot-key")


EXPORTER = Exporter(
    name="kahoot",
    title="Kahoot spreadsheet",
    suffix=".kahoot.xlsx",
    capabilities=Capabilities(
        asks=frozenset({Ask.SINGLE}),
        degraded={Ask.MULTIPLE: "loss.kahoot-any"},
        features=frozenset(),
        notes={Feature.DIFFICULTY: "loss.kahoot-time"},
    ),
    export=export,
)
