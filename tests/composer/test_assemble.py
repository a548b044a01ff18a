from __future__ import annotations

import json
import random
import shutil
import subprocess
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest
from exporter_support import HOSTILE, rewritten, whole

from generator.exporters import EXPORTERS
from generator.exporters.base import Export, Loss
from generator.exporters.losses import run, subject, told
from generator.exporters.quiz import Quiz, composed
from generator.exporters.store import stored

SCRIPT = Path(__file__).parent / "assembled.mjs"
COMPOSED = [name for name, exporter in EXPORTERS.items() if exporter.composed]
LOCALES = ("fr", "en", "ar", "ja", "uk")
TITLES = (
    "", "   ", "Mon contrôle n° 1", "a & b < c > d / e \" f ' g ’ $& {title} $1", "🎉 été\u0301 日本語 العربية",
    "\ufefftab\tand\nline\u00a0", "\u202ebad\x07\uf0f0title\uf0f1\uffff", "<!-- ]]> </script> -->", "=1+1",
    "../../x", "%s %(x)s ::a:: ~=#{}",
)  # fmt: skip
ROUNDS = 6


@dataclass(frozen=True)
class Case:
    """A choice of items, with points or None for each item's own, and the quiz that it is made from."""

    name: str
    title: str
    choice: tuple[tuple[str, float | None], ...]

    @property
    def fragment(self) -> str:
        items = ",".join(uid if points is None else f"{uid}={points:g}" for uid, points in self.choice)
        return urlencode({"items": items, "title": self.title})


@cache
def courses() -> dict[str, Quiz]:
    hostile = rewritten(whole(), lambda value: HOSTILE + value)
    return {**{locale: whole(locale) for locale in LOCALES}, "hostile": hostile}


@cache
def cases() -> tuple[Case, ...]:
    draw = random.Random(1)
    found = []
    for name, quiz in courses().items():
        uids = [item.uid for item in quiz.items]
        found.append(Case(name, "", tuple((uid, None) for uid in uids)))
        found += [Case(name, "Un", ((uid, 2.5),)) for uid in uids if name == "fr"]
        for title in (*TITLES, *(f"Essai {number}" for number in range(ROUNDS))):
            taken = draw.sample(uids, draw.randint(1, len(uids)))
            points = [None, 0.5, 1.0, 1.5, 2.0, 12.5, 100.0]
            found.append(Case(name, title, tuple((uid, draw.choice(points)) for uid in taken)))
    return tuple(found)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Any]]:
    """What the page's modules make of every case: a folder of files, and what they say."""
    node = shutil.which("node")
    if node is None:
        pytest.fail("these tests need node: run tests/system.sh")
    store, out = tmp_path_factory.mktemp("store"), tmp_path_factory.mktemp("out")
    for name, quiz in courses().items():
        for path, content in stored(quiz, EXPORTERS.values()).items():
            file = store / name / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
    asked = [
        {"locale": case.name, "own": {item.uid: item.points for item in courses()[case.name].items},
         "fragment": case.fragment, "formats": COMPOSED}
        for case in cases()
    ]  # fmt: skip
    done = subprocess.run(
        [node, str(SCRIPT), str(store), str(out)],
        input=json.dumps(asked), capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return out, json.loads(done.stdout)


def quiz_of(case: Case) -> Quiz:
    return composed(courses()[case.name], case.choice, case.title)


@cache
def exported(format_: str, case: Case) -> Export:
    return run(EXPORTERS[format_], quiz_of(case))


@pytest.mark.parametrize("format_", COMPOSED)
def test_same_bytes_as_the_exporters(format_: str, made: tuple[Path, list[Any]]) -> None:
    for number, case in enumerate(cases()):
        files = {path.name: path.read_bytes() for path in (made[0] / str(number) / format_).iterdir()}
        assert files == exported(format_, case).files, case


@pytest.mark.parametrize("format_", COMPOSED)
def test_same_losses_as_the_exporters(format_: str, made: tuple[Path, list[Any]]) -> None:
    for number, case in enumerate(cases()):
        quiz = quiz_of(case)
        found = made[1][number]["losses"][format_]
        losses = exported(format_, case).losses
        wanted = Counter(shown(quiz, loss) for loss in losses)
        kept = {(loss["what"], loss["why"]): loss["items"] or 1 for loss in found["losses"]}
        assert kept == wanted, case
        whole_quiz = {shown(quiz, loss) for loss in losses if not loss.item}
        assert {(loss["what"], loss["why"]) for loss in found["losses"] if not loss["items"]} == whole_quiz
        assert bool(found["carried"]) == bool(exported(format_, case).files)


def shown(quiz: Quiz, loss: Loss) -> tuple[str, str]:
    return subject(quiz, loss), told(quiz, loss).why


def test_a_link_holds_the_choice(made: tuple[Path, list[Any]]) -> None:
    for case, said in zip(cases(), made[1], strict=True):
        own = {item.uid: item.points for item in courses()[case.name].items}
        wanted = [
            {"uid": uid, "points": own[uid] if points is None else points} for uid, points in case.choice
        ]
        assert said["items"] == wanted
        fields = {"items": ",".join(_entry(entry, own) for entry in wanted), "title": case.title}
        assert dict(parse_qsl(said["again"])) == {name: value for name, value in fields.items() if value}


def _entry(entry: dict[str, Any], own: dict[str, float]) -> str:
    uid, points = entry["uid"], entry["points"]
    return uid if points == own[uid] else f"{uid}={points:g}"


def test_the_store_holds_each_item_once_a_format() -> None:
    quiz = whole()
    files = {path: json.loads(content) for path, content in stored(quiz, EXPORTERS.values()).items()}
    sheets = {item.concept for item in quiz.items}
    assert set(files) == {"course.json"} | {f"{name}.json" for name in COMPOSED} | {
        f"{folder}/{sheet}.json" for folder in ("losses", *COMPOSED) for sheet in sheets
    }
    for folder in ("losses", *COMPOSED):
        found = [uid for sheet in sheets for uid in files[f"{folder}/{sheet}.json"]]
        assert sorted(found) == sorted(item.uid for item in quiz.items)
