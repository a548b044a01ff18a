from __future__ import annotations

import json
from dataclasses import replace

import pytest
from exporter_support import whole

from generator.errors import FichesError
from generator.exporters.base import Ask, Capabilities, Export, Exporter, Feature, Loss
from generator.exporters.batch import REPORT, batch
from generator.exporters.losses import OMITTED, ask, run
from generator.exporters.quiz import Quiz, selected


def poor(**changes: object) -> Exporter:
    """Return a format that carries single choices and nothing else."""

    def export(quiz: Quiz) -> Export:
        return Export(
            {f"{quiz.stem}.txt": " ".join(i.uid for i in quiz.items).encode()}, (Loss("", "own", "why"),)
        )

    capabilities = Capabilities(asks=frozenset({Ask.SINGLE}), features=frozenset())
    return Exporter("poor", "Poor", ".txt", replace(capabilities, **changes), export)


def only(uid: str) -> Quiz:
    return replace(whole(), items=tuple(item for item in whole().items if item.uid == uid))


def test_every_need_is_told() -> None:
    told = [loss.what for loss in run(poor(), only("full.single")).losses]
    assert told == [
        "ids", "difficulty", "objectives", "licence",
        "feedback", "hints", "explanation", "sources", "misconceptions", "credit", "points",
        "stimulus", "markup", "own",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("uid", "needed"),
    [
        ("first.truefalse", {"feedback", "misconceptions", "markup", "sources"}),
        ("full.strict", {"feedback", "strict", "stimulus", "images", "sources"}),
        ("full.order", {"partial", "sources"}),
        ("full.cloze", {"feedback", "partial", "credit", "sources"}),
        ("full.label", {"feedback", "partial", "images", "sources"}),
        ("first.short", {"sources"}),
    ],
)
def test_needs(uid: str, needed: set[str]) -> None:
    losses = run(poor(asks=frozenset(Ask)), only(uid)).losses
    assert {loss.what for loss in losses if loss.item} == needed


def test_what_has_no_question_is_left_out_and_told_once() -> None:
    made = run(poor(), whole())
    carried = made.files[f"{whole().stem}.txt"].decode().split()
    left = [loss.item for loss in made.losses if loss.why == OMITTED]
    assert sorted(carried + left) == sorted(item.uid for item in whole().items)
    assert all(ask(item) is Ask.SINGLE for item in whole().items if item.uid in carried)


def test_nothing_to_carry_makes_no_file() -> None:
    made = run(poor(), only("full.order"))
    assert not made.files
    assert ("full.order", "order") in {(loss.item, loss.what) for loss in made.losses}


def test_what_is_degraded_is_kept_and_told() -> None:
    made = run(poor(degraded={Ask.ORDER: "asked as a match"}), only("full.order"))
    assert made.files
    assert Loss("full.order", "order", "asked as a match") in made.losses


def test_a_note_says_what_becomes_of_a_feature() -> None:
    made = run(poor(notes={Feature.HINTS: "shown at once"}), only("full.single"))
    assert Loss("full.single", "hints", "shown at once") in made.losses


def test_the_report() -> None:
    made = batch(poor(), [whole()])
    assert json.loads(made.files[REPORT])["demo.fr"][0]["item"] == ""
    assert json.loads(made.files[REPORT])["demo.fr"][-1] == {"item": "", "what": "own", "why": "why"}


@pytest.mark.parametrize("name", ["../x", "/x", "a/b", ".hidden", "", "a b", "losses.json", "c:x"])
def test_unsafe_names_are_refused(name: str) -> None:
    unsafe = replace(poor(), export=lambda quiz: Export({name: b""}))
    with pytest.raises(FichesError, match="not safe"):
        batch(unsafe, [whole()])


def test_quizzes_do_not_overwrite_one_another() -> None:
    clash = replace(poor(), export=lambda quiz: Export({"same": quiz.id.encode()}))
    with pytest.raises(FichesError, match="two different files"):
        batch(clash, [whole(), replace(whole(), id="other")])


def test_items_are_drawn_alike_every_time() -> None:
    quiz = whole()
    drawn = [item.uid for item in selected(quiz, count=5).items]
    assert drawn == [item.uid for item in selected(whole("en"), count=5).items]
    assert drawn != [item.uid for item in selected(quiz, count=5, seed="b").items]
    order = [item.uid for item in quiz.items]
    assert sorted(drawn, key=order.index) == drawn
    assert {item.difficulty for item in selected(quiz, [2, 3]).items} == {2, 3}
    assert selected(quiz, count=1000).items == quiz.items
