"""An item of each kind as a question of Canvas."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from generator.exporters import presenting
from generator.exporters.base import Ask, Feature, Loss
from generator.exporters.fragments import xml
from generator.exporters.kits import canvas, qti
from generator.exporters.kits import qti1 as one
from generator.exporters.kits.canvas import Question
from generator.exporters.kits.qti import number
from generator.exporters.losses import marked
from generator.exporters.quiz import Quiz
from generator.inline import direction
from generator.model.items import (
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
from generator.scoring import EPSILON
from generator.text import Text

_TARGETS = 9001  # far from the names of choices
_BOOLEANS = ("True", "False")
_SIGNS = frozenset("<>&")


def question(quiz: Quiz, item: Item) -> Question:
    """Return an item as a question of Canvas."""
    asked = item.interaction
    match asked:
        case ChoiceInteraction():
            return _choice(quiz, asked)
        case MatchInteraction():
            return _match(quiz, item, asked)
        case OrderInteraction():
            return _order(quiz, item, asked)
        case TextInteraction():
            return _text(quiz, item, asked)
        case NumericInteraction():
            return _numeric(quiz, item, asked)
        case GapInteraction():
            return canvas.gapped(quiz, item, asked)
        case FreeInteraction():
            grid = qti.grid(quiz, asked)
            return Question(type="essay", asked=one.field(), conditions=one.always(), after=grid)
        case _:
            assert_never(asked)


def _material(quiz: Quiz, text: Text) -> str:
    """Return a short text as plain characters, which a teacher edits more easily, or else as HTML.

    Canvas reads what is to be matched as HTML in any case: a bare sign would be lost, or its entity shown.
    """
    plain = quiz.plain(text)
    if marked(text) or direction(quiz.locale) == "rtl" or _SIGNS.intersection(plain):
        return one.material(one.block(quiz, quiz.html(text)))
    return one.plain(plain)


def _choice(quiz: Quiz, asked: ChoiceInteraction) -> Question:
    names = canvas.names(len(asked.options))
    pairs = list(zip(names, asked.options, strict=True))
    said = [(name, words) for name, option in pairs if (words := qti.remark(quiz, option))]
    told = "".join(one.when(one.equal(name), shown=canvas.shown(name), go_on=True) for name, _ in said)
    labels = [(name, _material(quiz, option.text)) for name, option in pairs]
    return Question(
        type=_choice_type(quiz, asked),
        asked=one.choices(one.RESPONSE, labels, cardinality="Multiple" if asked.multiple else "Single"),
        conditions=told + one.when(_key(pairs, several=asked.multiple), score=one.ALL),
        feedback=tuple((canvas.shown(name), words) for name, words in said),
    )


def _choice_type(quiz: Quiz, asked: ChoiceInteraction) -> str:
    if asked.multiple:
        return "multiple_answers"
    # Canvas knows the two by their English names only.
    known = tuple(quiz.plain(option.text) for option in asked.options) == _BOOLEANS
    return "true_false" if known else "multiple_choice"


def _key(pairs: Sequence[tuple[str, Option]], *, several: bool) -> str:
    if not several:
        return one.equal(max(pairs, key=lambda pair: pair[1].credit)[0])
    tests = (
        one.equal(name) if option.credit > 0 else f"<not>{one.equal(name)}</not>" for name, option in pairs
    )
    return f"<and>{''.join(tests)}</and>"


def _match(quiz: Quiz, item: Item, asked: MatchInteraction) -> Question:
    found = presenting.targets(item, asked)
    targets = {target.id: str(name) for name, target in enumerate(found, start=_TARGETS)}
    labels = [(targets[target.id], one.plain(quiz.plain(target.text))) for target in found]
    sources = presenting.sources(item, asked)
    lefts = [(_material(quiz, source.text), targets[source.target]) for source in sources]
    said = [qti.remark(quiz, source) for source in sources]
    plain = any(marked(target.text) for target in asked.targets)
    losses = (Loss(item.uid, Feature.MARKUP, "loss.targets-plain"),) if plain else ()
    return _pairs(lefts, labels, said, losses)


def _order(quiz: Quiz, item: Item, asked: OrderInteraction) -> Question:
    """Return a question that gives each element its place."""
    places = range(1, len(asked.entries) + 1)
    labels = [(str(_TARGETS + place), one.plain(quiz.number(place))) for place in places]
    right = {entry.id: name for entry, (name, _) in zip(asked.entries, labels, strict=True)}
    shown = presenting.entries(item, asked)
    return _pairs(
        [(_material(quiz, entry.text), right[entry.id]) for entry in shown], labels, [""] * len(shown)
    )


def _pairs(
    lefts: Sequence[tuple[str, str]],
    labels: Sequence[tuple[str, str]],
    said: Sequence[str],
    losses: tuple[Loss, ...] = (),
) -> Question:
    names = canvas.names(len(lefts))
    share = f"{100 / len(lefts):.2f}"
    shown, conditions = [], []
    for name, (left, right), words in zip(names, lefts, said, strict=True):
        test = one.equal(right, f"response_{name}")
        shown.append(one.choices(f"response_{name}", labels, left))
        conditions.append(one.when(test, score=share, action="Add", go_on=True))
        if words:
            conditions.append(one.when(f"<not>{test}</not>", shown=canvas.shown(name), go_on=True))
    return Question(
        type="matching",
        asked="".join(shown),
        conditions="".join(conditions),
        feedback=tuple((canvas.shown(name), words) for name, words in zip(names, said, strict=True) if words),
        losses=losses,
    )


def _text(quiz: Quiz, item: Item, asked: TextInteraction) -> Question:
    after = qti.remarks(quiz, qti.told(quiz, asked.answers))
    tests = "".join(map(one.equal, qti.right(quiz, item, asked.answers)))
    return Question(
        type="short_answer",
        asked=one.field(),
        conditions=one.when(tests, score=one.ALL),
        after=after,
        losses=(Loss(item.uid, Ask.TEXT, "loss.typed-strictly"), *qti.later(item, after)),
    )


def _numeric(quiz: Quiz, item: Item, asked: NumericInteraction) -> Question:
    right = [answer for answer in asked.answers if answer.credit >= 1 - EPSILON]
    after = qti.remarks(quiz, [(xml(quiz.number(answer.value)), answer) for answer in asked.answers])
    return Question(
        type="numerical",
        asked=one.field("Decimal"),
        conditions="".join(one.when(_near(answer), score=one.ALL) for answer in right),
        text=qti.entry(quiz, "export.unit", quiz.html(asked.unit)) if asked.unit else "",
        after=after,
        losses=qti.later(item, after),
    )


def _near(answer: NumericAnswer) -> str:
    """Return the test of a number, always with a margin: Canvas computes with it, even with none."""
    low, high = (number(round(answer.value + side * answer.tolerance, 12)) for side in (-1, 1))
    least, most = (f'<{test} respident="{one.RESPONSE}">' for test in ("vargte", "varlte"))
    margin = f"<and>{least}{low}</vargte>{most}{high}</varlte></and>"
    return f"<or>{one.equal(number(answer.value))}{margin}</or>"
