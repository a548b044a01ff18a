"""Items as they are printed: what bears a letter or a number, what is left blank, and the key to it.

A version is an order of items and choices: the first is the one of the quiz, any other is mixed by ids.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import NamedTuple, TypeVar, assert_never

from generator.exporters import presenting
from generator.exporters.quiz import Drawing, Quiz, clean
from generator.model.base import Named
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
    Reaction,
    TextInteraction,
)
from generator.scoring import EPSILON, shown
from generator.text import Text

FIRST = "A"
# Characters that no text holds mark the places of parts within a translated sentence.
_SLOT = 0xE000
SLOTS = re.compile(f"[{chr(_SLOT)}-{chr(_SLOT + 0xFF)}]")
_ID = re.compile(r' (?:id|aria-labelledby)="[^"]*"')
_LINES, _LINES_EACH, _LINES_MOST = 4, 2, 12

N = TypeVar("N", bound=Named)


@dataclass(frozen=True, slots=True)
class Blank:
    """A place to write in, within a sentence; `mark` is its number where there are several."""

    mark: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text with parts at the places of its placeholders."""

    text: Text
    parts: Mapping[str, Text | str | Blank]

    def slotted(self) -> tuple[Text, dict[str, Text | str | Blank]]:
        """Return the text with a character for each part, and the parts by these characters."""
        slots = {name: chr(_SLOT + place) for place, name in enumerate(self.parts)}
        text = replace(self.text, args=(*self.text.args, *slots.items()))
        return text, {slot: self.parts[name] for name, slot in slots.items()}


Words = Text | str | Sentence


class Entry(NamedTuple):
    """Something printed beside its letter or number."""

    mark: str
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """An item in one version.

    `look` is `single`, `multiple`, `match`, `grid`, `labels`, `order`, `gap`, `line` or `free`; `rows` bear
    numbers and `options` letters; `lists` are the options of each gap, by its number. `key` is what earns all
    the points, in letters and numbers where it can.
    """

    look: str
    key: str = ""
    rows: tuple[Entry, ...] = ()
    options: tuple[Entry, ...] = ()
    lists: tuple[tuple[str, tuple[Entry, ...]], ...] = ()
    sentence: Sentence | None = None
    unit: Text | None = None
    lines: int = 0


def groups(quiz: Quiz, version: str = FIRST) -> tuple[tuple[Item, ...], ...]:
    """Return the items of a version in groups: those about one document stay together, and under it."""
    rows = [tuple(found) for _, found in groupby(quiz.items, key=_about)]
    if version == FIRST:
        return tuple(rows)
    by_first = {row[0].uid: row for row in rows}
    mixed = (by_first[uid] for uid in shown(f"{quiz.id}/{version}", tuple(by_first)))
    return tuple(_mixed(version, row) for row in mixed)


def _about(item: Item) -> tuple[str, str]:
    return item.concept, item.stimulus or item.uid


def _mixed(version: str, items: tuple[Item, ...]) -> tuple[Item, ...]:
    by_uid = {item.uid: item for item in items}
    return tuple(by_uid[uid] for uid in shown(f"{_about(items[0])}/{version}", tuple(by_uid)))


def question(quiz: Quiz, item: Item, version: str = FIRST) -> Question:
    """Return an item as it is printed in a version."""
    asked = item.interaction
    match asked:
        case ChoiceInteraction():
            return _choice(item, asked, version)
        case MatchInteraction():
            return _match(quiz, item, asked, version)
        case OrderInteraction():
            return _order(quiz, item, asked, version)
        case TextInteraction():
            return Question(look="line", key=_typed(quiz, asked.answers))
        case NumericInteraction():
            right = (number(quiz, answer, asked.unit) for answer in asked.answers if answer.credit >= 1)
            return Question(look="line", key=" / ".join(right), unit=asked.unit)
        case GapInteraction():
            return _gaps(quiz, item, asked, version)
        case FreeInteraction():
            lines = min(_LINES_MOST, _LINES + _LINES_EACH * len(asked.rubric))
            return Question(look="free", lines=lines, key=quiz.word("export.ask-free"))
        case _:
            assert_never(asked)


def _varied(
    item: Item, version: str, values: Iterable[N], never: Sequence[str] = (), part: str = ""
) -> list[N]:
    """Return `values` as they are, or for another version in an order that is neither theirs nor `never`."""
    by_id = {str(value.id): value for value in values}
    if version == FIRST or item.type == "truefalse":
        return list(by_id.values())
    first = tuple(by_id)
    order = shown(f"{item.uid}{part}/{version}", first)
    turned = ((*order[at:], *order[:at]) for at in range(len(order)))
    chosen = next((names for names in turned if names not in (first, tuple(never))), order)
    return [by_id[name] for name in chosen]


def _lettered(values: Iterable[Option]) -> tuple[Entry, ...]:
    return tuple(Entry(presenting.letter(place), value.text) for place, value in enumerate(values))


def _letters(values: Sequence[Named]) -> dict[str, str]:
    return {str(value.id): presenting.letter(place) for place, value in enumerate(values)}


def _choice(item: Item, asked: ChoiceInteraction, version: str) -> Question:
    options = _varied(item, version, asked.options)
    least = 0.0 if asked.multiple else max(option.credit for option in options) - EPSILON
    right = (presenting.letter(place) for place, option in enumerate(options) if option.credit > least)
    look = "multiple" if asked.multiple else "single"
    return Question(look=look, options=_lettered(options), key=", ".join(right))


def _match(quiz: Quiz, item: Item, asked: MatchInteraction, version: str) -> Question:
    look = asked.layout if asked.layout in ("grid", "labels") else "match"
    sources: Sequence[Reaction] = presenting.sources(item, asked)
    if look != "labels":  # whose numbers stand on the drawing
        sources = _varied(item, version, sources)
    targets = list(presenting.targets(item, asked))
    if look != "grid":
        targets = _varied(item, version, targets, [source.target for source in asked.sources], "/targets")
    by_id = {source.id: source for source in asked.sources}
    numbered = [(quiz.number(place), by_id[source.id]) for place, source in enumerate(sources, start=1)]
    letters = _letters(targets)
    return Question(
        look=look,
        rows=tuple(Entry(mark, source.text) for mark, source in numbered),
        options=tuple(Entry(letters[target.id], target.text) for target in targets),
        key=" ".join(f"{mark}{letters[source.target]}" for mark, source in numbered),
    )


def _order(quiz: Quiz, item: Item, asked: OrderInteraction, version: str) -> Question:
    right = [str(entry.id) for entry in asked.entries]
    entries = _varied(item, version, presenting.entries(item, asked), right)
    key = (f"{mark}{quiz.number(right.index(name) + 1)}" for name, mark in _letters(entries).items())
    options = tuple(Entry(presenting.letter(place), entry.text) for place, entry in enumerate(entries))
    return Question(look="order", options=options, key=" ".join(key))


def _gaps(quiz: Quiz, item: Item, asked: GapInteraction, version: str) -> Question:
    several = len(asked.gaps) > 1
    blanks: dict[str, Text | str | Blank] = {}
    lists, key = [], []
    for place, gap in enumerate(asked.gaps, start=1):
        mark = quiz.number(place) if several else ""
        blanks[gap.id] = Blank(mark)
        if gap.options:
            options = _varied(item, version, gap.options, part=f"/{gap.id}")
            lists.append((mark, _lettered(options)))
            best = max(options, key=lambda option: option.credit)
            key.append(mark + _letters(options)[best.id])
        else:
            key.append(f"{mark} {_typed(quiz, gap.answers)}".strip())
    sentence = Sentence(asked.text, blanks)
    return Question(look="gap", sentence=sentence, lists=tuple(lists), key=", ".join(key))


def _typed(quiz: Quiz, answers: Iterable[Answer]) -> str:
    return " / ".join(quiz.typed(answer) for answer in answers if answer.credit >= 1)


def number(quiz: Quiz, answer: NumericAnswer, unit: Text | None) -> str:
    """Return a foreseen number with its unit and its margin."""
    value = f"{quiz.number(answer.value)} {quiz.plain(unit)}" if unit else quiz.number(answer.value)
    if not answer.tolerance:
        return value
    return quiz.word("quiz.tolerance", value=value, tolerance=quiz.number(answer.tolerance))


_HOW = {
    "multiple": "quiz.several",
    "match": "paper.match",
    "grid": "paper.grid",
    "labels": "paper.labels",
    "order": "paper.order",
    "gap": "paper.gap",
}


def how(quiz: Quiz, asked: Question) -> str:
    """Return how to answer with a pen, where it does not go without saying."""
    if asked.sentence and len(asked.lists) == len(asked.sentence.parts):
        return quiz.word("paper.choose")
    return quiz.word(_HOW[asked.look]) if asked.look in _HOW else ""


def drawings(quiz: Quiz, item: Item) -> tuple[tuple[Drawing, ...], tuple[Drawing, ...]]:
    """Return the drawings that belong to the document of an item, and those of the item itself."""
    asked = item.interaction
    own = asked.diagram if isinstance(asked, MatchInteraction) else None
    found = quiz.drawings(item)
    return tuple(one for one in found if one.id != own), tuple(one for one in found if one.id == own)


def anonymous(svg: str) -> str:
    """Return an SVG element without ids, so that it may stand twice on a page; no drawing refers to any."""
    return _ID.sub("", svg)


def licence(quiz: Quiz) -> str:
    """Return the licence and where it is to be read."""
    found = quiz.course.licence
    return clean(" · ".join(part for part in (found.name, found.url) if part))
