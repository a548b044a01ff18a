"""Matchings into the authored types that are one: pairs, categories, a grid, an order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from generator.importers.base import Kind, Pair, Words
from generator.importers.page import Passage, plain
from generator.importers.scribe import Scribe

Fields = dict[str, Any]


def match(scribe: Scribe) -> tuple[str, Fields]:
    """Return a matching, or what one of our exporters made a matching of."""
    pairs = [pair for pair in scribe.asked.pairs if plain(pair.source)]
    extras = [pair.target for pair in scribe.asked.pairs if not plain(pair.source)]
    for kind, make in _MATCHINGS.items():
        if scribe.asked.ours and kind in scribe.asked.tags and (made := make(scribe, pairs, extras)):
            return kind, made
    return "match", _pairs(scribe, pairs, extras)


def _pairs(scribe: Scribe, pairs: Sequence[Pair], extras: Sequence[Words]) -> Fields:
    fields = {
        f"p{n}": {"left": scribe.line(pair.source, "pair"), "right": scribe.line(pair.target, "pair")}
        for n, pair in enumerate(pairs, start=1)
    }
    used = {entry["right"] for entry in fields.values()}
    others = dict.fromkeys(scribe.line(target, "pair") for target in extras)
    left = [other for other in others if other and other not in used]
    return {"pairs": fields} | (
        {"extras": {f"x{n}": other for n, other in enumerate(left, start=1)}} if left else {}
    )


def _ordered(scribe: Scribe, pairs: Sequence[Pair], extras: Sequence[Words]) -> Fields | None:
    places = [plain(pair.target) for pair in pairs]
    if extras and {plain(target) for target in extras} - {*places}:
        return None
    if not all(place.isdecimal() for place in places) or len({*places}) != len(places):
        return None
    sorted_pairs = sorted(pairs, key=lambda pair: int(plain(pair.target)))
    return {"entries": {f"e{n}": scribe.line(p.source, "entry") for n, p in enumerate(sorted_pairs, start=1)}}


def _categories(scribe: Scribe, pairs: Sequence[Pair], extras: Sequence[Words]) -> Fields | None:
    groups: dict[str, list[str]] = {}
    for pair in pairs:
        groups.setdefault(scribe.line(pair.target, "category"), []).append(scribe.line(pair.source, "member"))
    if len(groups) < 2 or any(scribe.line(target, "category") not in groups for target in extras):
        return None
    numbers = iter(range(1, len(pairs) + 1))
    return {
        "categories": {
            f"c{n}": {"text": text, "members": {f"m{next(numbers)}": {"text": one} for one in members}}
            for n, (text, members) in enumerate(groups.items(), start=1)
        }
    }


def _grid(scribe: Scribe, pairs: Sequence[Pair], extras: Sequence[Words]) -> Fields | None:
    texts = dict.fromkeys(scribe.line(target, "column") for target in (*(p.target for p in pairs), *extras))
    columns = {text: f"k{n}" for n, text in enumerate((text for text in texts if text), start=1)}
    statements = {
        f"s{n}": {
            "text": scribe.line(pair.source, "statement"),
            "answer": columns[scribe.line(pair.target, "column")],
        }
        for n, pair in enumerate(pairs, start=1)
    }
    shown = {name: text for text, name in columns.items()}
    return {"columns": shown, "statements": statements} if len(columns) > 1 else None


_Make = Callable[[Scribe, Sequence[Pair], Sequence[Words]], Fields | None]
_MATCHINGS: Mapping[str, _Make] = {"order": _ordered, "categorise": _categories, "grid": _grid}


def remark(scribe: Scribe, fields: Fields, told: Sequence[Passage]) -> None:
    """Give the elements of a matching what our exporters say of them after the question.

    What else they say there, the sources and the objective, belongs to the sheet.
    """
    if scribe.asked.kind is not Kind.MATCH:
        return
    said: dict[str, str] = {}
    for place, passage in enumerate(told[:-1]):
        if passage.tag == "li" and told[place + 1].tag == "p":
            text = scribe.join(told[place + 1 : place + 2], "feedback")
            said.setdefault(scribe.join([passage], "feedback"), text)
    members = [
        *fields.get("pairs", {}).values(),
        *fields.get("statements", {}).values(),
        *(each for group in fields.get("categories", {}).values() for each in group["members"].values()),
    ]
    for member in members:
        if words := said.get(member.get("left") or member["text"]):
            member["feedback"] = words
