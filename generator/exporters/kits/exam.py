"""A quiz into the data that `exam.typ` sets: texts as runs of characters, never as source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from xml.etree import ElementTree as ET

from generator.exporters.drawing import standalone
from generator.exporters.kits import marking, paper
from generator.exporters.losses import ask
from generator.exporters.quiz import Drawing, Quiz, clean
from generator.inline import direction, filled, split, tag, tokens
from generator.model.items import FreeInteraction, Item
from generator.text import Text
from generator.typography import typeset

Data = dict[str, Any]

VERSIONS = (paper.FIRST, "B")
# Typst brings it along, with Latin, Greek, Cyrillic and Hebrew: these come out the same on any computer.
FONT, MONO = "Libertinus Serif", "DejaVu Sans Mono"
# Drawings name the reader's system fonts.
_NAMED = {re.compile(r'font-family="[^"]*monospace"'): MONO, re.compile(r'font-family="[^"]*serif"'): FONT}
_RTL = 'direction="rtl"'
_ANCHORS = {"start": "end", "end": "start", "middle": "middle"}
_WORDS = {
    "name": "paper.name", "class": "paper.class", "date": "paper.date", "score": "paper.score",
    "instructions": "paper.instructions", "key": "paper.key", "glance": "paper.at-a-glance",
    "explained": "paper.explained", "marks": "paper.grid-of-marks", "total": "paper.total",
    "question": "export.prompt", "points": "export.points", "right": "export.key",
    "explanation": "export.explanation",
}  # fmt: skip


# What stays short: no tables, drawings or ruled lines. Then characters in a line and in half of one, lines
# of an entry beside those of its words, of what surrounds all entries, and of a page; characters of a blank.
_LOW = frozenset({"single", "multiple", "order", "match", "gap", "line"})
_ACROSS, _ACROSS_HALF, _ENTRY, _HEAD, _PAGE, _BLANK = 40, 16, 2.5, 6, 30, 20


def exam(quiz: Quiz, version: str) -> Data:
    """Return what a learner gets."""
    groups, before = [], 0
    for items in paper.groups(quiz, version):
        asked = [_asked(quiz, item, version, before + place) for place, item in enumerate(items, start=1)]
        groups.append({"questions": asked} | _document(quiz, items, before))
        before += len(items)
    return _common(quiz) | {"mark": _named(quiz, version), "groups": groups}


def _common(quiz: Quiz) -> Data:
    return {
        "lang": quiz.locale.replace("_", "-").partition("-")[0],
        "rtl": direction(quiz.locale) == "rtl",
        "digits": [quiz.number(digit) for digit in range(10)],
        "title": quiz.name,
        "authors": list(map(clean, quiz.course.authors)),
        "licence": paper.licence(quiz),
        "total": quiz.number(sum(item.points for item in quiz.items)),
        "words": {name: quiz.word(word) for name, word in _WORDS.items()},
    }


def _named(quiz: Quiz, version: str) -> str:
    return quiz.word("paper.version", letter=version)


def _asked(quiz: Quiz, item: Item, version: str, place: int) -> Data:
    asked = paper.question(quiz, item, version)
    made = {
        **_headed(quiz, item, quiz.number(place)),
        "look": asked.look,
        "how": paper.how(quiz, asked),
        "lines": asked.lines,
        "rows": _entries(quiz, asked.rows),
        "options": _entries(quiz, asked.options),
        "lists": [{"mark": mark, "options": _entries(quiz, options)} for mark, options in asked.lists],
        "drawings": _drawn(paper.drawings(quiz, item)[1]),
        **_said(quiz, sentence=asked.sentence, unit=asked.unit),
    }
    return made | {"short": _short(made)}


def _short(question: Data) -> bool:
    """Tell whether a question takes less than a page for sure: Typst need not measure it, and set it twice.

    Counts lines of 6 mm generously, for the widest script: a page has room for forty of them.
    """
    if question["look"] not in _LOW or question["drawings"]:
        return False
    rows, options = question["rows"], question["options"]
    if question["look"] == "match":
        columns, across = [rows, options], _ACROSS_HALF  # side by side
    else:
        listed = [entry for one in question["lists"] for entry in one["options"]]
        columns, across = [[*rows, *options, *listed]], _ACROSS
    tallest = max(sum(_length(entry["words"]) / across + _ENTRY for entry in column) for column in columns)
    above = _length([*question["prompt"], *question.get("sentence", ()), *question.get("unit", ())])
    return above / _ACROSS + tallest + _HEAD <= _PAGE


def _length(words: Iterable[Data]) -> int:
    return sum(len(run["t"]) if "t" in run else _BLANK for run in words)


def _headed(quiz: Quiz, item: Item, number: str) -> Data:
    points = quiz.word("paper.points", n=quiz.number(item.points))
    return {"number": number, "prompt": runs(quiz, item.prompt), "points": points}


def _entries(quiz: Quiz, entries: Iterable[paper.Entry]) -> list[Data]:
    return [{"mark": entry.mark, "words": runs(quiz, entry.text)} for entry in entries]


def _document(quiz: Quiz, items: tuple[Item, ...], before: int) -> Data:
    found = quiz.stimulus(items[0])
    if found is None:
        return {}
    first, last = quiz.number(before + 1), quiz.number(before + len(items))
    several = quiz.word("paper.document", first=first, last=last)
    return {
        "document": {
            "label": several if len(items) > 1 else quiz.word("export.stimulus"),
            "code": clean(found.code or ""),
            "drawings": _drawn(paper.drawings(quiz, items[0])[0]),
            **_said(quiz, title=found.title, text=found.text),
        }
    }


def _drawn(drawings: Iterable[Drawing]) -> list[Data]:
    return [{"svg": _set(standalone(one.svg)), "alt": " ".join((one.title, *one.steps))} for one in drawings]


def _set(svg: str) -> str:
    for named, family in _NAMED.items():
        svg = named.sub(f'font-family="{family}"', svg)
    return _turned(svg) if _RTL in svg else svg


def _turned(svg: str) -> str:
    """Return a drawing whose texts from right to left stand where browsers set them.

    Typst reads every text of a drawing from the left, all its lines as one: each line becomes a text of its
    own, anchored at its other end, between the characters that turn its direction.
    """
    root = ET.fromstring(svg)  # noqa: S314  # drawn by us
    for parent in list(root.iter()):
        for place, text in reversed(list(enumerate(parent))):
            if text.get("direction") == "rtl":
                parent[place : place + 1] = _lines(text)
    return ET.tostring(root, encoding="unicode")


def _lines(text: ET.Element) -> Iterator[ET.Element]:
    shared = text.attrib | {"text-anchor": _ANCHORS[text.get("text-anchor", "start")]}
    y = float(text.get("y", 0))
    for line in list(text) or [text]:
        y += float(line.get("dy", 0))
        made = ET.Element(text.tag, {**shared, "x": line.get("x", text.get("x", "0")), "y": f"{y:g}"})
        made.text = f"\u202b{''.join(line.itertext())}\u202c"
        yield made


def key(quiz: Quiz) -> Data:
    """Return what the teacher keeps: the answers to each version, in short and explained, and a grid."""
    orders = {
        version: [item for group in paper.groups(quiz, version) for item in group] for version in VERSIONS
    }
    keys = {
        version: {
            item.uid: {"number": quiz.number(place), "key": paper.question(quiz, item, version).key}
            for place, item in enumerate(items, start=1)
        }
        for version, items in orders.items()
    }
    own = {item.uid: [keys[version][item.uid] for version in VERSIONS] for item in quiz.items}
    return _common(quiz) | {
        "mark": quiz.word("paper.key"),
        "versions": [{"mark": _named(quiz, name), "keys": list(keys[name].values())} for name in VERSIONS],
        "questions": [_explained(quiz, item, own[item.uid]) for item in quiz.items],
        "marks": [line for item in quiz.items for line in _marked(quiz, item, own[item.uid])],
    }


def _explained(quiz: Quiz, item: Item, keys: list[Data]) -> Data:
    objective = quiz.objective(item)
    labels = (_named(quiz, version) for version in VERSIONS)
    return {
        **_headed(quiz, item, keys[0]["number"]),
        "keys": [one | {"version": label} for one, label in zip(keys, labels, strict=True)],
        "said": [_answer(quiz, one) for one in marking.said(quiz, item)],
        "rubric": _rubric(quiz, item),
        "evidence": [
            {"words": runs(quiz, text), "sources": where} for text, where in marking.evidence(quiz, item)
        ],
        "objective": runs(quiz, objective.text) if objective else [],
        "about": marking.about(quiz, item),
        "id": quiz.identify(item),
        **_said(quiz, explanation=item.explanation),
    }


def _answer(quiz: Quiz, one: marking.Said) -> Data:
    worth = {"worth": quiz.percent(one.credit)} if 0 < one.credit < 1 else {}
    return {"words": runs(quiz, one.words), "credit": one.credit} | worth | _said(quiz, remark=one.remark)


def _rubric(quiz: Quiz, item: Item) -> list[Data]:
    asked = item.interaction
    if not isinstance(asked, FreeInteraction):
        return []
    points = (quiz.number(round(item.points * share, 2)) for share in marking.shares(asked))
    return [
        {"words": runs(quiz, line.text), "points": quiz.word("paper.points", n=worth)}
        for line, worth in zip(asked.rubric, points, strict=True)
    ]


def _marked(quiz: Quiz, item: Item, keys: list[Data]) -> Iterator[Data]:
    """Yield the lines of the grid: one for an item, one for each criterion of what is written freely."""
    numbers = [one["number"] for one in keys]
    kind = [{"t": quiz.word(f"export.ask-{ask(item)}")}]
    yield {"numbers": numbers, "words": kind, "points": quiz.number(item.points)}
    for line in _rubric(quiz, item):
        yield {"numbers": ["" for _ in numbers], "words": line["words"], "points": f"({line['points']})"}


# ── Words ──


def _said(quiz: Quiz, **words: paper.Words | None) -> Data:
    return {name: runs(quiz, value) for name, value in words.items() if value is not None}


def runs(quiz: Quiz, words: paper.Words) -> list[Data]:
    """Return words as runs of characters: `t`, and how they are set; a run may be a `blank` to fill."""
    match words:
        case str():
            return [{"t": words}]
        case Text():
            return list(_runs(quiz, words))
        case paper.Sentence():
            text, parts = words.slotted()
            return [made for run in _runs(quiz, text) for made in _parted(quiz, run, parts)]


def _parted(quiz: Quiz, run: Data, parts: Mapping[str, Text | str | paper.Blank]) -> Iterator[Data]:
    """Yield a run with its slots replaced by the parts that stand there."""
    for piece in re.split(f"({paper.SLOTS.pattern})", run["t"]):
        part = parts.get(piece)
        if isinstance(part, paper.Blank):
            yield {"blank": part.mark}
        elif part is not None:
            yield from ({"strong": True} | one for one in runs(quiz, part))
        elif piece:
            yield run | {"t": piece}


def _runs(quiz: Quiz, text: Text) -> Iterator[Data]:
    """Yield the inline tokens of a text; a text in another locale says so."""
    where = text.locale or quiz.locale
    foreign = (
        {"lang": tag(where).partition("-")[0], "rtl": direction(where) == "rtl"}
        if where != quiz.locale
        else {}
    )
    style: Data = {}
    links: list[str] = []
    for token in tokens(filled(text, where)):
        name = token.type.rpartition("_")[0]
        match token.type:
            case "text":
                yield {"t": clean(typeset(token.content, where)), **foreign, **style, **_link(links)}
            case "code_inline" | "key":
                yield {
                    "t": clean(token.content),
                    token.type.removesuffix("_inline"): True,
                    **style,
                    **_link(links),
                }
            case "em_open" | "strong_open":
                style = style | {name: True}
            case "em_close" | "strong_close":
                style = {one: on for one, on in style.items() if one != name}
            case "link_open":
                links.append(_address(quiz, str(token.attrs.get("href", ""))))
            case "link_close":
                links.pop()
            case _:
                pass  # a claim's number leads nowhere on paper: the key cites what bears the answer out


def _link(links: list[str]) -> Data:
    return {"href": links[-1]} if links and links[-1] else {}


def _address(quiz: Quiz, href: str) -> str:
    scheme, target = split(href)
    if scheme == "https" and target.startswith("//"):
        return clean(href)
    link = quiz.inline.resolve(scheme, target) if scheme == "source" else None
    return link.href if link else ""
