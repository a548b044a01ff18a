"""Questions of QTI 2.1 whose answers stand within a sentence, and what all questions are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from generator.exporters.base import Ask, Feature, Loss
from generator.exporters.fragments import xml
from generator.exporters.kits import moodle, qti
from generator.exporters.kits import qti_rules as rule
from generator.exporters.kits.qti import number, paragraph
from generator.exporters.kits.qti_rules import RESPONSE
from generator.exporters.losses import marked
from generator.exporters.quiz import Quiz
from generator.model.items import (
    Answer,
    Gap,
    GapInteraction,
    Item,
    NumericAnswer,
    NumericInteraction,
    Option,
    Reaction,
    TextInteraction,
)
from generator.scoring import EPSILON

FEEDBACK = "FEEDBACK"
_LENGTH = 20  # of a field: the same for all, so that none tells its answer's
_DIGITS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is particular to an interaction: elements of an `assessmentItem`.

    `after` is XHTML to be read once the item is answered. The rules add up to `parts`: shares that have
    no end as decimals are not added one by one, because players round them.
    """

    responses: str
    body: str
    parts: int = 1
    outcomes: str = ""
    rules: str = ""
    told: str = ""
    after: str = ""
    losses: tuple[Loss, ...] = ()


def choices(kind: str, shown: Iterable[tuple[str, str]], settings: str = "") -> str:
    """Return what may be chosen: the name and the XHTML of each."""
    return "".join(f'<{kind} identifier="{name}"{settings}>{html}</{kind}>' for name, html in shown)


def earned(item: Item, answers: Iterable[tuple[str, Reaction]]) -> dict[str, float]:
    """Return what each value earns, where it earns anything."""
    found = ((value, qti.credit(item, answer)) for value, answer in answers)
    return {value: credit for value, credit in found if credit > 0}


def said(quiz: Quiz, name: str, options: Iterable[Option], *, named: bool) -> str:
    """Return the feedback of each choice, under its own name where several may be shown."""
    told = ((option, qti.remark(quiz, option)) for option in options)
    return "".join(
        rule.modal(name, option.id, (paragraph(_strong(quiz, option)) if named else "") + words)
        for option, words in told
        if words
    )


def _strong(quiz: Quiz, option: Option) -> str:
    return f"<strong>{quiz.html(option.text)}</strong>"


def _inline(quiz: Quiz, item: Item, html: str) -> str:
    return f"<div>{paragraph(quiz.html(item.prompt))}{paragraph(html)}</div>"


def _field(name: str) -> str:
    return f'<textEntryInteraction responseIdentifier="{name}" expectedLength="{_LENGTH}"/>'


def text(quiz: Quiz, item: Item, asked: TextInteraction) -> Question:
    """Return a question that is answered by a word."""
    made = _typed(quiz, item, RESPONSE, FEEDBACK, asked.answers)
    strictly = Loss(item.uid, Ask.TEXT, "loss.typed-strictly")
    return Question(
        responses=made.responses,
        outcomes=made.outcomes,
        body=_inline(quiz, item, made.body),
        rules=made.rules,
        told=made.told,
        losses=(strictly,),
    )


def _typed(quiz: Quiz, item: Item, name: str, outcome: str, answers: Sequence[Answer]) -> Question:
    """Return a field of a sentence: every way of typing an answer earns the same and shows the same."""
    ways = moodle.typed(quiz, item, answers)
    remarks = [(answer, words) for answer in answers if (words := qti.remark(quiz, answer))]
    tests = (
        ("".join(rule.same(name, way) for way, found in ways if found is answer), answer)
        for answer, _ in remarks
    )
    shown = (rule.when(f"<or>{test}</or>", rule.say(outcome, answer.id)) for test, answer in tests if test)
    best = max(answers, key=lambda answer: answer.credit)
    return Question(
        responses=rule.response(name, "string", [quiz.typed(best)], earned(item, ways)),
        outcomes=rule.outcome(outcome) if remarks else "",
        body=_field(name),
        rules=rule.mapped(name, "".join(shown)),
        told="".join(rule.modal(outcome, answer.id, words) for answer, words in remarks),
    )


def numeric(quiz: Quiz, item: Item, asked: NumericInteraction) -> Question:
    """Return a question whose answers are tried one after the other, as the scoring tries them."""
    remarks = {answer.id: words for answer in asked.answers if (words := qti.remark(quiz, answer))}
    first, *others = (
        _near(answer)
        + rule.put("SCORE", rule.share(qti.credit(item, answer)))
        + (rule.say(FEEDBACK, answer.id) if answer.id in remarks else "")
        for answer in asked.answers
    )
    unit = f" {quiz.html(asked.unit)}" if asked.unit else ""
    best = max(asked.answers, key=lambda answer: answer.credit)
    return Question(
        responses=rule.response(RESPONSE, "float", [number(best.value)], {}),
        outcomes=rule.outcome(FEEDBACK) if remarks else "",
        body=_inline(quiz, item, _field(RESPONSE) + unit),
        rules=rule.given(RESPONSE, rule.when(first, "", *others)),
        told="".join(rule.modal(FEEDBACK, name, words) for name, words in remarks.items()),
        losses=(Loss(item.uid, Ask.NUMERIC, "loss.decimal-point"),),
    )


def _near(answer: NumericAnswer) -> str:
    margin = answer.tolerance + EPSILON
    low, high = (number(round(answer.value + side * margin, _DIGITS)) for side in (-1, 1))
    return rule.between(RESPONSE, low, high)


def gaps(quiz: Quiz, item: Item, asked: GapInteraction) -> Question:
    """Return a text with gaps, each of which is a response of its own."""
    made = {str(gap.id): _gap(quiz, item, gap) for gap in asked.gaps}
    sentence = qti.sentence(quiz, asked, {name: gap.body for name, gap in made.items()})

    def joined(part: Callable[[Question], str]) -> str:
        return "".join(map(part, made.values()))

    return Question(
        responses=joined(lambda gap: gap.responses),
        outcomes=joined(lambda gap: gap.outcomes),
        body=f"<div>{paragraph(quiz.html(item.prompt))}{sentence}</div>",
        rules=joined(lambda gap: gap.rules),
        parts=len(asked.gaps),
        told=joined(lambda gap: gap.told),
        losses=tuple(_gap_losses(item, asked)),
    )


def _gap_losses(item: Item, asked: GapInteraction) -> Iterator[Loss]:
    if any(gap.answers for gap in asked.gaps):
        yield Loss(item.uid, Ask.GAP, "loss.typed-strictly")
    if any(marked(option.text) for gap in asked.gaps for option in gap.options):
        yield Loss(item.uid, Feature.MARKUP, "loss.targets-plain")


def _gap(quiz: Quiz, item: Item, gap: Gap) -> Question:
    name, outcome = f"{RESPONSE}-{gap.id}", f"{FEEDBACK}-{gap.id}"
    if not gap.options:
        return _typed(quiz, item, name, outcome, gap.answers)
    told = said(quiz, outcome, gap.options, named=True)
    best = max(gap.options, key=lambda option: option.credit)
    pairs = ((option.id, option) for option in gap.options)
    listed = choices("inlineChoice", ((option.id, xml(quiz.plain(option.text))) for option in gap.options))
    return Question(
        responses=rule.response(name, "identifier", [best.id], earned(item, pairs)),
        outcomes=rule.outcome(outcome) if told else "",
        body=f'<inlineChoiceInteraction responseIdentifier="{name}" shuffle="false">{listed}'
        "</inlineChoiceInteraction>",
        rules=rule.mapped(name, rule.put(outcome, rule.variable(name)) if told else ""),
        told=told,
    )
