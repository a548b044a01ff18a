"""What a response to an item earns: the one definition, which `scoring.mjs` repeats in the browser."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar, assert_never

from generator.model.items import (
    Answer,
    ChoiceInteraction,
    FreeInteraction,
    Gap,
    GapInteraction,
    Item,
    MatchInteraction,
    NumericInteraction,
    Option,
    OrderInteraction,
    TextInteraction,
)

EPSILON = 1e-9
# The only part of a typed answer; the other interactions name theirs by the ids of the item.
TYPED = "answer"

T = TypeVar("T", Option, Answer)

# Spelled out rather than `\s` and `strip()`, because Python and JavaScript disagree on what a space is.
_SPACES = re.compile("[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
_INVISIBLE = re.compile("[\xad\u200b-\u200f\u2060\ufeff]")
_MARKS = re.compile("[\u0300-\u036f\u064b-\u0652]")
_APOSTROPHES = re.compile("[\u2018\u2019\u02bc]")

_SHAPE = re.compile(r"([+-]?) *([0-9.,٫٬]+)\Z", re.ASCII)
_WHOLE = re.compile(r"\d+\Z|\d{1,3}([.,٬])\d{3}(?:\1\d{3})*\Z|\Z", re.ASCII)
_THOUSANDS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}\Z", re.ASCII)
# Signs that can only group become the Arabic thousands separator, because nothing else means that alone.
_DIGITS = {base + digit: str(digit) for base in (0x660, 0x6F0) for digit in range(10)}
_SIGNS = {0x2212: "-", 0x27: "٬", 0x2019: "٬"}


@dataclass(frozen=True, slots=True)
class Part:
    """One element of a response: what it earned by itself, and the id of the answer that it matched."""

    id: str
    credit: float
    feedback: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The score of a whole response, between 0 and 1, and its parts."""

    score: float
    parts: tuple[Part, ...] = ()


def score(item: Item, response: object, decimal: str = ".") -> float:
    """Return what `response` earns, from 0 to 1; `decimal` is the decimal separator of the locale."""
    return judge(item, response, decimal).score


def judge(item: Item, response: object, decimal: str = ".") -> Verdict:
    """Return the verdict on `response`, which is plain JSON; what makes no sense earns nothing."""
    found = _judge(item, response, decimal)
    earned = min(1.0, max(0.0, found.score))
    if not item.partial:
        earned = float(earned >= 1 - EPSILON)
    return Verdict(earned, found.parts)


def _judge(item: Item, response: object, decimal: str) -> Verdict:
    match item.interaction:
        case ChoiceInteraction() as asked:
            return _choice(asked, _ids(response))
        case MatchInteraction() as asked:
            given = _pairs(response)
            right = {source.id: float(given.get(source.id) == source.target) for source in asked.sources}
            return _mean(Part(name, credit, name) for name, credit in right.items())
        case OrderInteraction() as asked:
            places = (*_ids(response), *("" for _ in asked.entries))
            return _mean(
                Part(entry.id, float(place == entry.id), entry.id)
                for entry, place in zip(asked.entries, places, strict=False)
            )
        case TextInteraction() as asked:
            return _mean([_typed(TYPED, asked.answers, response)])
        case NumericInteraction() as asked:
            return _mean([_number(asked, response, decimal)])
        case GapInteraction() as asked:
            filled = _pairs(response)
            return _mean(_gap(gap, filled.get(gap.id)) for gap in asked.gaps)
        case FreeInteraction() as asked:
            met = _ids(response)
            total = sum(line.points for line in asked.rubric)
            earned = sum(line.points for line in asked.rubric if line.id in met)
            return Verdict(earned / total if total else 0.0)
        case _:
            assert_never(item.interaction)


def _choice(asked: ChoiceInteraction, chosen: Sequence[str]) -> Verdict:
    picked = [option for option in asked.options if option.id in chosen]
    if not asked.multiple:
        parts = tuple(Part(option.id, option.credit, option.id) for option in picked)
        return Verdict(parts[0].credit if len(parts) == 1 else 0.0, parts)
    parts = tuple(Part(option.id, float(option.credit > 0), option.id) for option in picked)
    right = sum(part.credit for part in parts)
    keys = sum(option.credit > 0 for option in asked.options)
    return Verdict((right - (len(parts) - right)) / keys if keys else 0.0, parts)


def _typed(name: str, answers: Iterable[Answer], value: object) -> Part:
    said = normalise(value) if isinstance(value, str) else ""
    for answer in answers:
        if said and normalise(str(answer.text)) == said:
            return Part(name, answer.credit, answer.id)
    return Part(name, 0.0)


def _number(asked: NumericInteraction, value: object, decimal: str) -> Part:
    found = number(value, decimal) if isinstance(value, str) else None
    for answer in asked.answers:
        if found is not None and abs(answer.value - found) <= answer.tolerance + EPSILON:
            return Part(TYPED, answer.credit, answer.id)
    return Part(TYPED, 0.0)


def _gap(gap: Gap, value: object) -> Part:
    found = _picked(gap.options, value, gap.id) if gap.options else _typed(gap.id, gap.answers, value)
    return Part(found.id, found.credit, found.feedback and f"{gap.id}/{found.feedback}")


def _picked(options: Iterable[Option], value: object, name: str) -> Part:
    for option in options:
        if option.id == value:
            return Part(name, option.credit, option.id)
    return Part(name, 0.0)


def _mean(parts: Iterable[Part]) -> Verdict:
    all_parts = tuple(parts)
    return Verdict(sum(part.credit for part in all_parts) / len(all_parts) if all_parts else 0.0, all_parts)


def _ids(response: object) -> tuple[str, ...]:
    if not isinstance(response, (list, tuple)):
        return ()
    return tuple(entry if isinstance(entry, str) else "" for entry in response)


def _pairs(response: object) -> dict[str, object]:
    return dict(response) if isinstance(response, dict) else {}


def normalise(text: str) -> str:
    """Return `text` without what is never judged: case, accents, harakat, spacing, final period."""
    bare = _MARKS.sub("", unicodedata.normalize("NFKD", _INVISIBLE.sub("", text)))
    # A final sigma is lower-cased by context; one form for both is one rule fewer to agree upon.
    lower = unicodedata.normalize("NFC", bare).lower().replace("ς", "σ")
    spaced = _SPACES.sub(" ", _APOSTROPHES.sub("'", lower)).strip(" ")
    return spaced.removesuffix(".").rstrip(" ")


def number(text: str, decimal: str = ".") -> float | None:
    """Return the number that a learner typed, or None; see the cases for what is accepted."""
    plain = _SPACES.sub(" ", _INVISIBLE.sub("", text)).strip(" ").translate(_DIGITS).translate(_SIGNS)
    shape = _SHAPE.match(re.sub(r"(?<=[0-9]) (?=[0-9])", "٬", plain))
    if not shape:
        return None
    sign, body = shape[1], shape[2]
    mark = _decimal_mark(body, decimal)
    whole, _, fraction = body.rpartition(mark) if mark else (body, "", "")
    if not _WHOLE.match(whole) or not re.fullmatch("[0-9]*", fraction) or not (whole or fraction):
        return None
    return float(f"{sign}{re.sub('[.,٬]', '', whole) or 0}.{fraction or 0}")


def _decimal_mark(body: str, decimal: str) -> str:
    if "٫" in body:
        return "٫"
    last = max(".,", key=body.rfind)
    if last not in body:
        return ""
    if "٬" in body or all(sign in body for sign in ".,"):
        return last
    if body.count(last) > 1:
        return ""
    # A locale whose separator is neither comma nor dot (٫) types the dot on a Latin keyboard.
    native = "," if decimal == "," else "."
    return "" if last != native and _THOUSANDS.match(body) else last


def key(item: Item, decimal: str = ".") -> object:
    """Return the response that earns everything."""
    match item.interaction:
        case ChoiceInteraction(multiple=True) as asked:
            return [option.id for option in asked.options if option.credit > 0]
        case ChoiceInteraction() as asked:
            return [_best(asked.options).id]
        case MatchInteraction() as asked:
            return {source.id: source.target for source in asked.sources}
        case OrderInteraction() as asked:
            return [entry.id for entry in asked.entries]
        case TextInteraction() as asked:
            return str(_best(asked.answers).text)
        case NumericInteraction() as asked:
            value = max(asked.answers, key=lambda answer: answer.credit).value
            return f"{value:.12f}".rstrip("0").rstrip(".").replace(".", decimal)
        case GapInteraction() as asked:
            return {
                gap.id: _best(gap.options).id if gap.options else str(_best(gap.answers).text)
                for gap in asked.gaps
            }
        case FreeInteraction() as asked:
            return [line.id for line in asked.rubric]
        case _:
            assert_never(item.interaction)


def _best(entries: Sequence[T]) -> T:
    return max(entries, key=lambda entry: entry.credit)


def machine(item: Item) -> dict[str, object]:
    """Return what `scoring.mjs` needs to judge `item`: ids and numbers, and no words but typed answers."""
    return {"id": item.uid, "points": item.points, "partial": item.partial, **_machine(item)}


def _machine(item: Item) -> dict[str, object]:
    match item.interaction:
        case ChoiceInteraction() as asked:
            return {"kind": asked.kind, "multiple": asked.multiple, "credits": _credits(asked.options)}
        case MatchInteraction() as asked:
            return {"kind": asked.kind, "targets": {source.id: source.target for source in asked.sources}}
        case OrderInteraction() as asked:
            return {"kind": asked.kind, "order": [entry.id for entry in asked.entries]}
        case TextInteraction() as asked:
            return {"kind": asked.kind, "answers": _answers(asked.answers)}
        case NumericInteraction() as asked:
            wanted = {"id", "value", "tolerance", "credit"}
            answers = [entry.model_dump(include=wanted) for entry in asked.answers]
            return {"kind": asked.kind, "answers": answers}
        case GapInteraction() as asked:
            return {"kind": asked.kind, "gaps": {gap.id: _machine_gap(gap) for gap in asked.gaps}}
        case FreeInteraction() as asked:
            return {"kind": asked.kind, "rubric": {line.id: line.points for line in asked.rubric}}
        case _:
            assert_never(item.interaction)


def _machine_gap(gap: Gap) -> dict[str, object]:
    return {"credits": _credits(gap.options)} if gap.options else {"answers": _answers(gap.answers)}


def _credits(options: Iterable[Option]) -> dict[str, float]:
    return {option.id: option.credit for option in options}


def _answers(answers: Iterable[Answer]) -> list[dict[str, object]]:
    return [{"id": answer.id, "text": str(answer.text), "credit": answer.credit} for answer in answers]


@lru_cache(maxsize=20_000)
def shown(uid: str, ids: tuple[str, ...]) -> tuple[str, ...]:
    """Return `ids` in the order in which a learner meets them: always the same, never the one given."""
    mixed = sorted(ids, key=lambda name: hashlib.sha256(f"{uid}/{name}".encode()).digest())
    if tuple(mixed) == ids:
        mixed = [*mixed[1:], *mixed[:1]]
    return tuple(mixed)
