from __future__ import annotations

import json
import re
import subprocess
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from container_readers import strings
from exporter_support import HOSTILE, rewritten, whole
from helpers import real_quiz
from pyh5p import read_package

from generator.exporters.base import Export
from generator.exporters.formats.h5p import EXPORTER
from generator.exporters.losses import run
from generator.exporters.quiz import Quiz
from generator.scoring import score

HERE = Path(__file__).parent


def made(quiz: Quiz) -> Export:
    return run(EXPORTER, quiz)


def raw(quiz: Quiz) -> bytes:
    return made(quiz).files[f"{quiz.stem}.h5p"]


def read(quiz: Quiz, name: str) -> Any:
    with ZipFile(BytesIO(raw(quiz))) as zipped:
        return json.loads(zipped.read(name))


def questions(quiz: Quiz) -> dict[str, dict[str, Any]]:
    """Return the questions by uid."""
    kept = [item.uid for item in quiz.items if item.interaction.kind != "free"]
    return dict(zip(kept, read(quiz, "content/content.json")["questions"], strict=True))


def clozes(text: str) -> list[tuple[list[str], str]]:
    """Return what H5P.Blanks and H5P.DragText find between asterisks: accepted words, and a tip."""
    found = []
    for inside in re.findall(r"\*(.*?)\*", text):
        words, _, tip = inside.partition(":")
        found.append(([unescape(word) for word in words.split("/")], unescape(tip)))
    return found


def test_the_package() -> None:
    with ZipFile(BytesIO(raw(whole()))) as zipped:
        assert zipped.namelist() == ["content/content.json", "h5p.json"]
    head = read(whole(), "h5p.json")
    listed = {
        f"{d['machineName']} {d['majorVersion']}.{d['minorVersion']}" for d in head["preloadedDependencies"]
    }
    used = {question["library"] for question in questions(whole()).values()}
    assert listed == used | {"H5P.QuestionSet 1.20"}
    assert (head["license"], head["licenseVersion"]) == ("CC BY-SA", "4.0")
    ids = [question["subContentId"] for question in questions(whole()).values()]
    assert len(set(ids)) == len(ids)


def test_only_needed_libraries_are_listed() -> None:
    (single,) = (item for item in whole().items if item.uid == "full.single")
    alone = Quiz(whole().id, whole().title, whole().course, whole().words, (single,))
    listed = [entry["machineName"] for entry in read(alone, "h5p.json")["preloadedDependencies"]]
    assert listed == ["H5P.QuestionSet", "H5P.MultiChoice"]


def test_choices() -> None:
    params = questions(whole())["full.single"]["params"]
    assert [answer["correct"] for answer in params["answers"]] == [True, False, False]
    assert params["answers"][0]["tipsAndFeedback"]["chosenFeedback"] == "Oui, accepté."
    assert params["behaviour"]["type"] == "single"
    strict = questions(whole())["full.strict"]["params"]["behaviour"]
    assert (strict["type"], strict["singlePoint"]) == ("multi", True)


def test_words_to_drag() -> None:
    pairs = questions(whole())["full.categorise"]["params"]["textField"]
    told = dict(line.split(" → ") for line in pairs.split("\n"))
    assert told == {"SMTP": "*Courrier*", "IMAP": "*Courrier*", "IP": "*Réseaux*", "ARP": "*Réseaux*"}
    order = questions(whole())["full.order"]["params"]["textField"]
    assert clozes(order) == [([word], "") for word in ("Recevoir", "Écrire", "Répondre", "Transmettre")]


def test_blanks_accept_what_we_accept() -> None:
    for uid, right in (("full.short", ["numéro français"]), ("full.numeric", ["4,5", "4.5"])):
        (item,) = (item for item in whole().items if item.uid == uid)
        ((words, _),) = clozes(questions(whole())[uid]["params"]["questions"][0])
        assert set(right) <= set(words)
        assert all(score(item, word, ",") == 1 for word in words)


def test_a_gap_with_choices_beside_one_to_type() -> None:
    text = questions(whole())["full.cloze"]["params"]["questions"][0]
    assert clozes(text) == [(["sans-fil"], "sans-fil / avec-fil"), (["numérote", "numerote"], "")]


def test_marks_in_texts_part_nothing() -> None:
    quiz = rewritten(whole(), lambda value: "a*b/c:d\\+e*" + value)
    for uid, given in questions(quiz).items():
        plain = questions(whole())[uid]["params"]
        for name in ("textField", "distractors"):
            assert len(clozes(given["params"].get(name, ""))) == len(clozes(plain.get(name, ""))), uid
        for old, new in zip(plain.get("questions", ()), given["params"].get("questions", ()), strict=True):
            assert [len(words) for words, _ in clozes(new)] == [len(words) for words, _ in clozes(old)], uid
            assert all("a*b/c:d\\+e*" in word for words, _ in clozes(new) for word in words[:1]) or "4" in new


def test_every_word_of_the_interface_is_given() -> None:
    empty = [
        name
        for question in questions(whole()).values()
        for name, value in question["params"].items()
        if value == "" and name != "distractors"
    ]
    assert not empty
    assert not re.search(
        r"Check|Submit|Retry|Show",
        " ".join(strings(read(whole(), "content/content.json"), frozenset({"metadata"}))),
    )


def test_losses() -> None:
    told = {(loss.item, loss.why) for loss in made(whole()).losses}
    assert ("full.categorise", "loss.h5p-points") in told
    assert ("full.single", "loss.h5p-points") in told
    assert ("full.short", "loss.h5p-points") not in told
    assert ("full.numeric", "loss.no-tolerance") in told
    assert ("full.cloze", "loss.h5p-typed") in told
    assert ("full.free", "loss.omitted") in told


def test_strict_items_beside_choices_are_told() -> None:
    items = tuple(item.model_copy(update={"partial": False}) for item in whole().items)
    quiz = Quiz(whole().id, whole().title, whole().course, whole().words, items)
    told = {loss.item for loss in made(quiz).losses if loss.why == "loss.no-strict"}
    assert {"full.categorise", "full.order", "full.cloze", "full.label"} <= told
    assert not told & {"full.single", "full.strict", "full.short"}


@pytest.mark.parametrize("quiz", [whole(), real_quiz("fr"), real_quiz("ar")], ids=["small", "fr", "ar"])
def test_pyh5p_finds_nothing_wrong(quiz: Quiz, tmp_path: Path) -> None:
    """The package holds content only: platforms have the libraries."""
    package = tmp_path / "given.h5p"
    package.write_bytes(raw(quiz))
    assert read_package(package).validate(require_content=True, allow_content_only=True) == []


@pytest.mark.slow
@pytest.mark.parametrize("hostile", [False, True])
def test_h5p_server_accepts_it(tmp_path: Path, hostile: bool) -> None:
    quiz = rewritten(whole(), lambda value: HOSTILE + value) if hostile else whole()
    package = tmp_path / "given.h5p"
    package.write_bytes(raw(quiz))
    script = HERE / "h5p_check.mjs"
    done = subprocess.run(
        ["node", str(script), str(package), str(tmp_path / "out")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert set(found["used"]) < set(found["listed"])
    assert len(found["used"]) == len(questions(quiz))
