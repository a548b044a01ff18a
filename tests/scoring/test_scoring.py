"""The shared cases, run by Python and by node, and the laws that every score obeys."""

from __future__ import annotations

import json
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.scoring import judge, key, machine, normalise, number, score, shown

sys.path.insert(0, str(Path(__file__).parent))
from scoring_items import item_of

HERE = Path(__file__).parent
CASES: dict[str, Any] = json.loads((HERE / "cases.json").read_text("utf-8"))
ITEMS = {name: item_of(data) for name, data in CASES["items"].items()}


@pytest.mark.parametrize("case", CASES["judge"], ids=lambda case: case["name"])
def test_case(case: dict[str, Any]) -> None:
    found = judge(ITEMS[case["item"]], case["response"], case.get("decimal", "."))
    assert found.score == pytest.approx(case["score"], abs=1e-9)
    if "parts" in case:
        assert [[part.id, part.credit, part.feedback] for part in found.parts] == case["parts"]


@pytest.mark.parametrize(("typed", "bare"), CASES["normalise"])
def test_normalise(typed: str, bare: str) -> None:
    assert normalise(typed) == bare


@pytest.mark.parametrize(("typed", "decimal", "value"), CASES["number"])
def test_number(typed: str, decimal: str, value: float | None) -> None:
    assert number(typed, decimal) == value


def test_the_script_passes_the_same_cases() -> None:
    run = subprocess.run(
        ["node", "--test", "scoring.test.mjs"], cwd=HERE, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("name", ITEMS)
@pytest.mark.parametrize("decimal", [".", ",", "٫"])
def test_the_key_scores_everything(name: str, decimal: str) -> None:
    assert score(ITEMS[name], key(ITEMS[name], decimal), decimal) == 1


@pytest.mark.parametrize("name", ITEMS)
def test_machine_data_says_all_that_scoring_needs(name: str) -> None:
    assert machine(ITEMS[name]) == CASES["items"][name]


# Typed characters that Python's and node's Unicode tables both know.
CHARACTERS = st.characters(codec="utf-8", exclude_categories=("Cn", "Co", "Cs")).filter(
    lambda c: unicodedata.category(c) != "Cn"
)
TYPED = st.text(CHARACTERS, max_size=12) | st.text("ßẞİıΣσςÉe\u0301 \u00a0'’.ﷺ", max_size=8)
NUMBERS = st.text("0123456789٠٥٫٬.,'’ \u00a0\u202f-−+d_", max_size=9)
IDS = st.sampled_from([*"abcd", "queue", "half", "lost", "one", "two", "three", "four", "r1", "r2", "r3"])
TARGETS = st.sampled_from(["t1", "t2", "t4", "with", "without", "stocker", "Garder.", ""])
SOURCES = st.sampled_from(["s1", "s2", "s3", "s4", "mode", "word"])
KNOWN = st.sampled_from(["file d’attente", "Spool", "1.5", "1,6", "1500"])
RESPONSES = (
    st.lists(IDS, max_size=5)
    | st.dictionaries(SOURCES, TARGETS | TYPED)
    | TYPED
    | NUMBERS
    | KNOWN
    | st.none()
)
RESPONSE_TO_AN_ITEM = st.tuples(st.sampled_from(sorted(ITEMS)), RESPONSES, st.sampled_from([".", ",", "٫"]))


@given(RESPONSE_TO_AN_ITEM)
def test_a_score_stays_within_bounds(given: tuple[str, object, str]) -> None:
    name, response, decimal = given
    assert 0 <= score(ITEMS[name], response, decimal) <= 1


@given(TYPED)
def test_normalising_twice_changes_only_periods(text: str) -> None:
    once = normalise(text)
    assert normalise(once).rstrip(". ") == once.rstrip(". ")


@given(st.text("ab-", min_size=1), st.lists(st.text("abc", min_size=1), min_size=2, unique=True))
def test_the_shown_order_is_never_the_given_one(uid: str, ids: list[str]) -> None:
    assert sorted(shown(uid, tuple(ids))) == sorted(ids)
    assert shown(uid, tuple(ids)) != tuple(ids)
    assert shown(uid, tuple(ids)) == shown(uid, tuple(ids))


def test_both_languages_agree_on_random_responses() -> None:
    batch = _batch()
    run = subprocess.run(
        ["node", "judge.mjs"], cwd=HERE, input=json.dumps(batch), capture_output=True, text=True, check=True
    )
    found = json.loads(run.stdout)
    for (data, response, decimal), verdict in zip(batch["judge"], found["judge"], strict=True):
        mine = judge(item_of(data), response, decimal)
        assert mine.score == pytest.approx(verdict["score"], abs=1e-12), (data, response)
        parts = [{"id": part.id, "credit": part.credit, "feedback": part.feedback} for part in mine.parts]
        assert parts == verdict["parts"], (data, response)
    for text, bare in zip(batch["normalise"], found["normalise"], strict=True):
        assert normalise(text) == bare, ascii(text)
    for (text, decimal), value in zip(batch["number"], found["number"], strict=True):
        mine_too = number(text, decimal)
        assert mine_too == value, (text, decimal)


def _batch() -> dict[str, list[Any]]:
    batch: dict[str, list[Any]] = {"judge": [], "normalise": [], "number": []}

    @given(RESPONSE_TO_AN_ITEM, TYPED, st.tuples(NUMBERS, st.sampled_from([".", ",", "٫"])))
    @settings(max_examples=400)
    def collect(answer: tuple[str, object, str], text: str, typed: tuple[str, str]) -> None:
        name, response, decimal = answer
        batch["judge"].append([CASES["items"][name], response, decimal])
        batch["normalise"].append(text)
        batch["number"].append(list(typed))

    collect()
    return batch
