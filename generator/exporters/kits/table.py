"""An item as the cells of a row, for tables that people read and sort: what they hold, not how it is written.

A cell that lists several things holds one on each line; choices bear letters and elements numbers, by
which the columns of keys and feedback refer to them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import assert_never

from generator.exporters import presenting
from generator.exporters.losses import ask
from generator.exporters.quiz import Quiz, once
from generator.model.items import (
    Answer,
    ChoiceInteraction,
    FreeInteraction,
    GapInteraction,
    Item,
    MatchInteraction,
    NumericAnswer,
    NumericInteraction,
    Option,
    OrderInteraction,
    TextInteraction,
)
from generator.text import Text

_LEVELS = {1: "easy", 2: "medium", 3: "hard"}


@dataclass(frozen=True, slots=True)
class Answers:
    """The cells about answers: what may be chosen, what is right, and what is said about it."""

    choices: Sequence[str] = ()
    key: Sequence[str] = ()
    feedback: Sequence[str] = ()


def heading(quiz: Quiz) -> list[str]:
    """Return the names of the columns."""
    return [quiz.word(f"export.{name}") for name in COLUMNS]


@once
def row(quiz: Quiz, item: Item) -> dict[str, str]:
    """Return the cells of an item by column; that of its points is empty."""
    answers = _answers(quiz, item)
    return {name: column(quiz, item, answers) for name, column in COLUMNS.items()}


def _answers(quiz: Quiz, item: Item) -> Answers:
    asked = item.interaction
    match asked:
        case ChoiceInteraction():
            return _listed(quiz, asked.options)
        case MatchInteraction():
            return _match(quiz, item, asked)
        case OrderInteraction():
            return _order(quiz, item, asked)
        case TextInteraction():
            return _typed(quiz, asked.answers)
        case NumericInteraction():
            return _numeric(quiz, asked)
        case GapInteraction():
            return _gaps(quiz, asked)
        case FreeInteraction():
            lines = (f"{quiz.plain(line.text)} ({quiz.number(line.points)})" for line in asked.rubric)
            return Answers(tuple(lines), (quiz.plain(asked.model_answer),))
        case _:
            assert_never(asked)


def _worth(quiz: Quiz, credit: float) -> str:
    return "" if credit >= 1 else f" ({quiz.percent(credit)})"


def _listed(quiz: Quiz, options: Iterable[Option], before: str = "") -> Answers:
    marks = [(f"{before}{presenting.letter(place)}", option) for place, option in enumerate(options)]
    return Answers(
        [f"{mark}. {quiz.plain(option.text)}" for mark, option in marks],
        [f"{mark}{_worth(quiz, option.credit)}" for mark, option in marks if option.credit > 0],
        [f"{mark}. {quiz.plain(option.feedback)}" for mark, option in marks if option.feedback],
    )


def _typed(quiz: Quiz, answers: Iterable[Answer], before: str = "") -> Answers:
    told = [(before + quiz.typed(answer), answer) for answer in answers]
    return Answers(
        (),
        [f"{said}{_worth(quiz, answer.credit)}" for said, answer in told if answer.credit > 0],
        [quiz.said(said, quiz.plain(answer.feedback)) for said, answer in told if answer.feedback],
    )


def _match(quiz: Quiz, item: Item, asked: MatchInteraction) -> Answers:
    targets = presenting.targets(item, asked)
    letters = {target.id: presenting.letter(place) for place, target in enumerate(targets)}
    sources = tuple(enumerate(presenting.sources(item, asked), start=1))
    return Answers(
        [f"{place}. {quiz.plain(source.text)}" for place, source in sources]
        + [f"{letters[target.id]}. {quiz.plain(target.text)}" for target in targets],
        [f"{place} → {letters[source.target]}" for place, source in sources if source.target in letters],
        [f"{place}. {quiz.plain(source.feedback)}" for place, source in sources if source.feedback],
    )


def _order(quiz: Quiz, item: Item, asked: OrderInteraction) -> Answers:
    letters = {
        entry.id: presenting.letter(place) for place, entry in enumerate(presenting.entries(item, asked))
    }
    return Answers(
        [f"{letters[entry.id]}. {quiz.plain(entry.text)}" for entry in presenting.entries(item, asked)],
        [" → ".join(letters[entry.id] for entry in asked.entries)],
    )


def _numeric(quiz: Quiz, asked: NumericInteraction) -> Answers:
    told = [(_number(quiz, answer, asked.unit), answer) for answer in asked.answers]
    return Answers(
        (),
        [f"{said}{_worth(quiz, answer.credit)}" for said, answer in told if answer.credit > 0],
        [quiz.said(said, quiz.plain(answer.feedback)) for said, answer in told if answer.feedback],
    )


def _number(quiz: Quiz, answer: NumericAnswer, unit: Text | None) -> str:
    value = f"{quiz.number(answer.value)} {quiz.plain(unit)}" if unit else quiz.number(answer.value)
    if not answer.tolerance:
        return value
    return quiz.word("quiz.tolerance", value=value, tolerance=quiz.number(answer.tolerance))


def _gaps(quiz: Quiz, asked: GapInteraction) -> Answers:
    choices: list[str] = []
    key: list[str] = []
    feedback: list[str] = []
    for place, gap in enumerate(asked.gaps, start=1):
        listed = _listed(quiz, gap.options, f"{place}.")
        typed = _typed(quiz, gap.answers, f"{place}. ")
        choices += listed.choices
        key += [*listed.key, *typed.key]
        feedback += [*listed.feedback, *typed.feedback]
    return Answers(choices, key, feedback)


def _prompt(quiz: Quiz, item: Item) -> Iterator[str]:
    yield quiz.plain(item.prompt)
    if isinstance(item.interaction, GapInteraction):
        places = {str(gap.id): f"[{place}]" for place, gap in enumerate(item.interaction.gaps, start=1)}
        yield quiz.plain(item.interaction.text.format(**places))


def _stimulus(quiz: Quiz, item: Item) -> Iterator[str]:
    found = quiz.stimulus(item)
    if found:
        yield from (quiz.plain(text) for text in (found.title, found.text) if text)
        yield from (found.code or "").splitlines()
    for drawing in quiz.drawings(item):
        yield drawing.title
        yield from drawing.steps


def _sources(quiz: Quiz, item: Item) -> Iterator[str]:
    for claim in quiz.evidence(item):
        yield f"{quiz.plain(claim.text)} ({quiz.where(claim)})"


def _objective(quiz: Quiz, item: Item) -> str:
    found = quiz.objective(item)
    return quiz.plain(found.text) if found else ""


Column = Callable[[Quiz, Item, Answers], str]

COLUMNS: dict[str, Column] = {
    "id": lambda quiz, item, _: quiz.identify(item),
    "concept": lambda quiz, item, _: quiz.plain(quiz.concept(item).title),
    "type": lambda quiz, item, _: quiz.word(f"export.ask-{ask(item)}"),
    "difficulty": lambda quiz, item, _: quiz.word(f"export.{_LEVELS[item.difficulty]}"),
    "points": lambda quiz, item, _: "",
    "scoring": lambda quiz, item, _: quiz.word("export.shared" if item.partial else "export.strict"),
    "stimulus": lambda quiz, item, _: "\n".join(_stimulus(quiz, item)),
    "prompt": lambda quiz, item, _: "\n".join(_prompt(quiz, item)),
    "choices": lambda quiz, item, answers: "\n".join(answers.choices),
    "key": lambda quiz, item, answers: "\n".join(answers.key),
    "feedback": lambda quiz, item, answers: "\n".join(answers.feedback),
    "hints": lambda quiz, item, _: "\n".join(quiz.plain(hint.text) for hint in item.hints),
    "explanation": lambda quiz, item, _: quiz.plain(item.explanation) if item.explanation else "",
    "sources": lambda quiz, item, _: "\n".join(_sources(quiz, item)),
    "objective": lambda quiz, item, _: _objective(quiz, item),
    "authors": lambda quiz, item, _: ", ".join(quiz.course.authors),
    "licence": lambda quiz, item, _: f"{quiz.course.licence.name} {quiz.course.licence.url}",
}
