from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from exporter_support import HOSTILE, rewritten, whole
from helpers import real_quiz

from generator.exporters.formats.gift import EXPORTER
from generator.exporters.kits import weights
from generator.exporters.losses import run
from generator.exporters.quiz import Quiz
from generator.model.items import ChoiceInteraction, Item, MatchInteraction, Option, TextInteraction
from generator.scoring import score
from generator.text import Text

_TESTS = Path(__file__).parent.parent
_PARSE = """
const gift = require("./node_modules/gift-pegjs");
const read = [];
process.stdin.on("data", (part) => read.push(part)).on("end", () => {
  const texts = JSON.parse(Buffer.concat(read).toString());
  console.log(JSON.stringify(texts.map((text) => gift.parse(text))));
});
"""
# `question_bank::fraction_options_full()` of Moodle, to five decimals.
_MOODLE = {100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20, 16.66667, 14.28571, 12.5, 11.11111, 10, 5, 0}  # fmt: skip


def text_of(quiz: Quiz) -> str:
    return run(EXPORTER, quiz).files[f"{quiz.stem}.gift.txt"].decode()


def parsed(*texts: str) -> list[list[dict[str, Any]]]:
    """Return what gift-pegjs makes of GIFT texts, without their categories."""
    done = subprocess.run(
        ["node", "-e", _PARSE],
        cwd=_TESTS,
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return [[each for each in found if each["type"] != "Category"] for found in json.loads(done.stdout)]


def item_of(*options: Option, multiple: bool = False, partial: bool = True) -> Item:
    model = next(item for item in whole().items if item.type == ("multiple" if multiple else "single"))
    asked = ChoiceInteraction(multiple=multiple, options=options)
    return model.model_copy(update={"interaction": asked, "partial": partial})


def options(*shares: float) -> tuple[Option, ...]:
    return tuple(
        Option(id=f"o{place}", text=Text(f"choix {place}"), credit=credit)
        for place, credit in enumerate(shares)
    )


def quiz_of(*items: Item) -> Quiz:
    quiz = whole()
    return Quiz(quiz.id, quiz.title, quiz.course, quiz.words, items)


def assert_stored(quiz: Quiz, found: list[dict[str, Any]]) -> None:
    """Every item is one question, with its identifier, tags, choices and feedback."""
    assert [each["id"] for each in found] == [quiz.identify(item) for item in quiz.items]
    for item, each in zip(quiz.items, found, strict=True):
        assert set(quiz.tags(item)) <= set(each["tags"]), item.uid
        assert each["stem"]["format"] == "html"
        if isinstance(item.interaction, ChoiceInteraction) and item.type != "truefalse":
            assert len(each["choices"]) == len(item.interaction.options), item.uid
            for option, choice in zip(item.interaction.options, each["choices"], strict=True):
                assert choice["isCorrect"] == (option.credit == 1 and not item.interaction.multiple)
                assert bool(choice["feedback"]) == bool(option.feedback), item.uid
                weight = choice["weight"]
                assert weight is None or abs(weight) in _MOODLE


def test_small_course() -> None:
    quiz = whole()
    (found,) = parsed(text_of(quiz))
    assert_stored(quiz, found)
    by_id = {each["id"].removeprefix("demo.").removesuffix(".fr"): each for each in found}
    choices = by_id["full.single"]["choices"]
    assert [
        (c["isCorrect"], c["weight"], c["text"]["text"], c["feedback"]["text"][:16]) for c in choices
    ] == [
        (True, None, "=1+1 est accepté", "<p>Oui, accepté."),
        (False, 50, "C’est en partie vrai", "<p>-2 points seu"),
        (False, 0, "C’est refusé", "<p>Non\xa0: un rela"),
    ]
    assert by_id["full.numeric"]["choices"][0]["text"] == {"type": "range", "number": 4.5, "range": 0.5}
    assert by_id["first.truefalse"]["type"] == "TF"
    assert by_id["full.free"]["type"] == "Essay"
    assert "<pre" in by_id["full.single"]["stem"]["text"]
    assert "C: MAIL FROM:&lt;a@b.example&gt;\nS: 250 OK" in by_id["full.single"]["stem"]["text"]
    assert "Une explication complète" in by_id["full.single"]["globalFeedback"]["text"]
    assert [pair["subanswer"] for pair in by_id["full.order"]["matchPairs"]] != ["1", "2", "3", "4"]


def test_hostile_texts() -> None:
    quiz = rewritten(whole(), lambda value: HOSTILE + value)
    prefixes = (
        "[html]",
        "%50%",
        "=",
        "~",
        "{",
        "}",
        "// ",
        "####",
        "::",
        "\\n",
        "$CATEGORY: ",
        "*",
        "TRUE",
        "_____ ",
    )
    others = [rewritten(whole(), lambda value, prefix=prefix: prefix + value) for prefix in prefixes]  # type: ignore[misc]
    for made, found in zip((quiz, *others), parsed(*map(text_of, (quiz, *others))), strict=True):
        assert_stored(made, found)


@pytest.mark.slow
def test_real_course() -> None:
    every = [real_quiz(locale) for locale in ("fr", "ar", "ja")]
    for quiz, found in zip(every, parsed(*map(text_of, every)), strict=True):
        assert len(found) > 200
        assert_stored(quiz, found)


def _weights(text: str) -> list[float]:
    """Return the fraction that Moodle stores for each answer of the first choice question."""
    answers = (
        re.sub(r"\\[\\:#={}~n]", "", text[text.index("::[html]") :])
        .partition("{")[2]
        .partition("}")[0]
        .partition("####")[0]
    )
    found = []
    for answer in re.split("(?=[~=])", answers.strip()):
        if answer.startswith("="):
            found.append(1.0)
        elif answer.startswith("~"):
            weight = re.match(r"~%(-*[0-9]{1,3}\.?[0-9]*)%", answer)  # as format.php reads one
            assert weight is None or abs(float(weight[1])) in _MOODLE, answer
            found.append(float(weight[1]) / 100 if weight else 0.0)
    return found


def _subsets(item: Item) -> Iterator[tuple[int, ...]]:
    assert isinstance(item.interaction, ChoiceInteraction)
    count = len(item.interaction.options)
    sizes = range(count + 1) if item.interaction.multiple else (1,)
    for size in sizes:
        yield from combinations(range(count), size)


def _earned(weights_of: list[float], chosen: tuple[int, ...]) -> float:
    """Return what Moodle gives: the sum of the fractions, between 0 and 1."""
    return min(1.0, max(0.0, sum(weights_of[place] for place in chosen)))


@pytest.mark.parametrize("keys", range(1, 11))
@pytest.mark.parametrize("wrong", [1, 2, 3])
def test_moodle_scores_choices_as_we_do(keys: int, wrong: int) -> None:
    item = item_of(*options(*[1.0] * keys, *[0.0] * wrong), multiple=True)
    fractions = _weights(text_of(quiz_of(item)))
    for chosen in _subsets(item):
        ours = score(item, [f"o{place}" for place in chosen])
        assert _earned(fractions, chosen) == pytest.approx(ours, abs=1e-4), chosen
    assert not [loss for loss in run(EXPORTER, quiz_of(item)).losses if loss.why == "loss.weight-rounded"]


@pytest.mark.parametrize("shares", [(1.0, 0.5, 0.0), (0.0, 1.0), (1.0, 0.25, 1 / 3, 0.9)])
def test_moodle_scores_single_choices_as_we_do(shares: tuple[float, ...]) -> None:
    item = item_of(*options(*shares))
    fractions = _weights(text_of(quiz_of(item)))
    for chosen in _subsets(item):
        assert _earned(fractions, chosen) == pytest.approx(score(item, [f"o{chosen[0]}"]), abs=1e-4)


@pytest.mark.parametrize(("keys", "rounded"), [(11, True), (15, True), (19, True), (20, False)])
def test_many_keys_make_all_the_points(keys: int, rounded: bool) -> None:
    item = item_of(*options(*[1.0] * keys, 0.0), multiple=True)
    assert sum(weight for weight in _weights(text_of(quiz_of(item))) if weight > 0) == pytest.approx(1)
    told = [loss for loss in run(EXPORTER, quiz_of(item)).losses if loss.why == "loss.weight-rounded"]
    assert bool(told) == rounded


def test_a_rounded_credit_is_told() -> None:
    item = item_of(*options(1.0, 0.42))
    assert "~%40%" in text_of(quiz_of(item))
    assert "loss.weight-rounded" in {loss.why for loss in run(EXPORTER, quiz_of(item)).losses}


def test_all_or_nothing_takes_back_everything() -> None:
    item = item_of(*options(1.0, 1.0, 0.0), multiple=True, partial=False)
    assert _weights(text_of(quiz_of(item))) == [0.5, 0.5, -1.0]


def test_allowed_weights() -> None:
    assert {float(weights.percent(share / 1000)) for share in range(1001)} == _MOODLE


def test_typed_answers() -> None:
    item = next(item for item in whole().items if item.uid == "full.short")
    assert isinstance(item.interaction, TextInteraction)
    answer = item.interaction.answers[0]

    def wanted(value: str) -> list[str]:
        asked = TextInteraction(answers=(answer.model_copy(update={"text": Text(value)}),))
        made = text_of(quiz_of(item.model_copy(update={"interaction": asked})))
        return re.findall(r"\t=%100%(.*)", made)

    assert wanted("l’été") == ["l’été", "l'été", "l’ete", "l'ete"]
    assert wanted("a*b") == [r"a\\*b"]
    assert wanted("a->b") == ["a-*>b"]
    assert wanted("[html]x=y") == [r"[plain][html]x\=y"]


def test_what_is_degraded() -> None:
    text = text_of(whole())
    assert "=[1] -> sans-fil" in text
    assert "= -> avec-fil" in text
    assert "Le courriel est [1] connexion, et TCP [2] les octets." in text


def test_what_moodle_has_room_for() -> None:
    item = next(item for item in whole().items if item.uid == "full.categorise")
    assert isinstance(item.interaction, MatchInteraction)
    targets = tuple(t.model_copy(update={"text": Text(f"{t.id} & " * 50)}) for t in item.interaction.targets)
    asked = item.interaction.model_copy(update={"targets": targets})
    quiz = quiz_of(item.model_copy(update={"uid": f"full.{'long-' * 30}end", "interaction": asked}))
    (found,) = parsed(text_of(quiz))
    assert len(found[0]["id"]) == 100
    pairs = found[0]["matchPairs"]
    assert all(len(pair["subanswer"]) <= 255 for pair in pairs)
    assert len({pair["subanswer"] for pair in pairs}) == len(targets)
    assert "loss.text-cut" in {loss.why for loss in run(EXPORTER, quiz).losses}
