"""Packages of the real course, the official schemas, and the responses that an item is tried with."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import combinations, islice, permutations, product
from pathlib import Path
from typing import Any
from unicodedata import combining, normalize

import pytest
from lxml import etree
from qti_readers import members

from generator.exporters import EXPORTERS
from generator.exporters.losses import run
from generator.exporters.quiz import Quiz
from generator.model.items import (
    Answer,
    ChoiceInteraction,
    Gap,
    GapInteraction,
    Item,
    MatchInteraction,
    NumericInteraction,
    OrderInteraction,
    TextInteraction,
)
from generator.scoring import key

SCHEMAS = Path(os.environ.get("FICHES_SCHEMAS", "/work/shared/schemas"))


def needs(folder: str) -> pytest.MarkDecorator:
    reason = f"no {folder} schemas in {SCHEMAS}: set FICHES_SCHEMAS to their folder"
    return pytest.mark.skipif(not (SCHEMAS / folder).is_dir(), reason=reason)


@cache
def schema(path: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SCHEMAS / path))


def package(name: str, quiz: Quiz) -> dict[str, bytes]:
    (content,) = run(EXPORTERS[name], quiz).files.values()
    return members(content)


def responses(item: Item, most: int) -> list[Any]:
    """Return responses as `scoring.score` takes them: right, wrong, in part, and none.

    Choices are tried in every way, other items in at most as many.
    """
    found = _responses(item)
    return list(found if isinstance(item.interaction, ChoiceInteraction) else islice(found, most))


def _responses(item: Item) -> Iterator[Any]:
    asked = item.interaction
    yield key(item)
    match asked:
        case ChoiceInteraction():
            ids = [option.id for option in asked.options]
            most = len(ids) if asked.multiple else 1
            yield from (list(chosen) for size in range(most + 1) for chosen in combinations(ids, size))
        case MatchInteraction():
            sources, targets = [s.id for s in asked.sources], [t.id for t in asked.targets]
            yield {}
            yield {sources[0]: asked.sources[0].target}
            yield from (
                dict(zip(sources, chosen, strict=False)) for chosen in product(targets, repeat=len(sources))
            )
        case OrderInteraction():
            ids = [entry.id for entry in asked.entries]
            yield []
            yield from map(list, permutations(ids))
        case TextInteraction():
            yield from _typed(asked.answers)
        case NumericInteraction():
            for answer in asked.answers:
                sides = (
                    0,
                    answer.tolerance,
                    -answer.tolerance,
                    answer.tolerance + 0.01,
                    -answer.tolerance - 0.01,
                )
                yield from (f"{answer.value + side:.10g}" for side in sides)
            yield ""
        case GapInteraction():
            names = [gap.id for gap in asked.gaps]
            yield from (dict(zip(names, said, strict=True)) for said in product(*map(_gap, asked.gaps)))


def _gap(gap: Gap) -> list[str]:
    return [option.id for option in gap.options] + [""] if gap.options else list(_typed(gap.answers))


def _typed(answers: Iterable[Answer]) -> Iterator[str]:
    for answer in answers:
        yield str(answer.text)
        yield str(answer.text).upper()
        yield "".join(sign for sign in normalize("NFD", str(answer.text)) if not combining(sign))
    yield "rien de tout cela"
    yield ""
