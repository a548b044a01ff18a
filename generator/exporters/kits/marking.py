"""What a printed key tells of an item: its answers in words, what they earn, and what proves them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple, assert_never

from generator.exporters.kits.paper import Blank, Sentence, Words, number
from generator.exporters.losses import ask, parts
from generator.exporters.quiz import Quiz
from generator.model.items import (
    Answer,
    ChoiceInteraction,
    FreeInteraction,
    GapInteraction,
    Item,
    MatchInteraction,
    NumericInteraction,
    OrderInteraction,
    TextInteraction,
)
from generator.text import Text

_LEVELS = {1: "easy", 2: "medium", 3: "hard"}


class Said(NamedTuple):
    """A foreseen answer in words: what it earns, and what the key says about it."""

    words: Words
    credit: float = 1.0
    remark: Text | None = None


def said(quiz: Quiz, item: Item) -> tuple[Said, ...]:
    """Return what the key tells of an item: every answer that earns something or is commented upon."""
    asked = item.interaction
    match asked:
        case ChoiceInteraction():
            found = [Said(option.text, option.credit, option.feedback) for option in asked.options]
        case MatchInteraction():
            found = _pairs(quiz, asked)
        case OrderInteraction():
            found = [Said(entry.text) for entry in asked.entries]
        case TextInteraction():
            found = _answers(quiz, asked.answers)
        case NumericInteraction():
            found = [Said(number(quiz, one, asked.unit), one.credit, one.feedback) for one in asked.answers]
        case GapInteraction():
            found = _filled(quiz, asked)
        case FreeInteraction():
            found = [Said(asked.model_answer)]
        case _:
            assert_never(asked)
    return tuple(one for one in found if one.credit > 0 or one.remark)


def _answers(quiz: Quiz, answers: Iterable[Answer]) -> list[Said]:
    return [Said(quiz.typed(answer), answer.credit, answer.feedback) for answer in answers]


def _pairs(quiz: Quiz, asked: MatchInteraction) -> list[Said]:
    targets = {target.id: target.text for target in asked.targets}
    return [
        Said(
            Sentence(quiz.words["quiz.pair"], {"source": source.text, "target": targets[source.target]}),
            remark=source.feedback,
        )
        for source in asked.sources
    ]


def _filled(quiz: Quiz, asked: GapInteraction) -> list[Said]:
    """Return the sentence with its best answers, then the others and the comments, gap by gap."""
    best: dict[str, Text | str | Blank] = {}
    others: list[Said] = []
    for gap in asked.gaps:
        offered = _answers(quiz, gap.answers)
        offered += [Said(option.text, option.credit, option.feedback) for option in gap.options]
        top = max(offered, key=lambda one: one.credit)
        if isinstance(top.words, Text | str):
            best[gap.id] = top.words
        others += [one for one in offered if one is not top or one.remark]
    return [Said(Sentence(asked.text, best)), *others]


def about(quiz: Quiz, item: Item) -> str:
    """Return what a teacher wants to know of an item besides its answer."""
    words = [f"export.ask-{ask(item)}", f"export.{_LEVELS[item.difficulty]}"]
    words += ["export.shared" if item.partial else "export.strict"] if parts(item) > 1 else []
    return " · ".join(quiz.word(name) for name in words)


def shares(asked: FreeInteraction) -> list[float]:
    """Return the share of the points that each criterion earns."""
    whole = sum(line.points for line in asked.rubric) or 1
    return [line.points / whole for line in asked.rubric]


def evidence(quiz: Quiz, item: Item) -> Iterator[tuple[Text, str]]:
    """Yield each claim that bears the answer out, and where it is taken from."""
    for claim in quiz.evidence(item):
        yield claim.text, quiz.where(claim)
