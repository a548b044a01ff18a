from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from exporter_support import whole
from helpers import real_quiz
from package_support import machine, unpack

from generator.exporters.base import Exporter
from generator.exporters.formats import cmi5, scorm12, scorm2004
from generator.model.items import (
    ChoiceInteraction,
    FreeInteraction,
    GapInteraction,
    Item,
    MatchInteraction,
    OrderInteraction,
)
from generator.scoring import key, score

MOST = 8
SCRIPT = """
import { readFileSync } from "node:fs";
const { score } = await import(process.argv[1]);
const batch = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(batch.map((one) => score(...one))));
"""


def responses(item: Item) -> Iterator[Any]:
    """Yield the right response, wrong ones, and every one of a choice that has few options."""
    right = key(item, ",")
    yield from (right, None, "", "?", [], {})
    match item.interaction:
        case ChoiceInteraction(options=asked):
            names = [option.id for option in asked[:MOST]]
            yield from (list(some) for size in range(len(names) + 1) for some in combinations(names, size))
        case FreeInteraction(rubric=lines):
            names = [line.id for line in lines]
            yield from (list(some) for size in range(len(names) + 1) for some in combinations(names, size))
        case OrderInteraction(entries=entries):
            names = [entry.id for entry in entries]
            yield from (names[place:] + names[:place] for place in range(len(names)))
        case MatchInteraction() | GapInteraction():
            assert isinstance(right, dict)
            yield from ({**right, name: "?"} for name in right)
            yield from ({name: value} for name, value in right.items())
            yield dict(zip(right, reversed(right.values()), strict=True))
        case _:
            for answer in item.interaction.answers:
                yield str(getattr(answer, "text", getattr(answer, "value", "")))


@pytest.mark.parametrize("quiz", [whole, real_quiz], ids=["full", "real"])
@pytest.mark.parametrize(
    "exporter", [scorm12.EXPORTER, scorm2004.EXPORTER, cmi5.EXPORTER], ids=lambda one: one.name
)
def test_the_package_scores_as_we_do(exporter: Exporter, quiz: Any, tmp_path: Path) -> None:
    made = quiz()
    unpack(exporter, made, tmp_path)
    told = machine((tmp_path / "index.html").read_text("utf-8"))
    assert [(one["id"], one["points"]) for one in told["items"]] == [(i.uid, i.points) for i in made.items]
    cases = [
        (item, data, response)
        for item, data in zip(made.items, told["items"], strict=True)
        for response in responses(item)
    ]
    batch = [[data, response, told["decimal"]] for _, data, response in cases]
    run = subprocess.run(
        ["node", "--input-type=module", "-e", SCRIPT, (tmp_path / "quiz/scoring.js").as_uri()],
        input=json.dumps(batch), capture_output=True, text=True, check=True,
    )  # fmt: skip
    found = json.loads(run.stdout)
    assert max(found) == 1
    for (item, _, response), mark in zip(cases, found, strict=True):
        assert mark == pytest.approx(score(item, response, told["decimal"]), abs=1e-6), (item.uid, response)
