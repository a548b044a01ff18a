from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from exporter_support import whole
from helpers import real_quiz
from package_support import DRAFT, RESPONSES, full, kept, keys

from generator.model.items import FreeInteraction, TextInteraction

HERE = Path(__file__).parent
LIMIT = 4096


def size(text: str) -> int:
    assert not any(ord(sign) < 32 or 0xD800 <= ord(sign) < 0xE000 for sign in text)
    return len(text.encode())


def test_what_is_kept_is_read_back() -> None:
    quiz = full()
    state = {item.uid: {"response": RESPONSES[item.id]} for item in quiz.items}
    state["full.free"]["draft"] = DRAFT
    ((text, found),) = kept(quiz, state)
    assert found == state
    assert list(found) == list(state)  # the place of an answer is that of its interaction
    assert size(text) < 200


@pytest.mark.parametrize(
    "typed", ["a;b,c%2c%", "\t\n;\x00\x1f", "العربية؛ نص", "日本語、長い", "🙂 \u2028", "1;AAA", "%"]
)
def test_any_text_is_read_back(typed: str) -> None:
    quiz = full()
    state = {
        "full.short": {"response": typed},
        "full.cloze": {"response": {"verb": typed}},
        "full.free": {"response": [], "draft": typed},
    }
    assert kept(quiz, state)[0][1] == state


def test_opened_hints_are_kept() -> None:
    state = {
        "full.short": {"response": "!3;a", "hints": 2},
        "full.free": {"hints": 1},
        "full.single": {"response": RESPONSES["single"], "hints": 1},
    }
    assert kept(full(), state)[0][1] == state


def test_halves_of_characters_are_not_kept() -> None:
    ((text, found),) = kept(full(), {"full.short": {"response": "a\ud83db"}})
    assert size(text)
    assert found == {"full.short": {"response": "a\ufffdb"}}


def test_nothing_is_lost_of_sixty_items_nor_of_the_whole_course() -> None:
    quiz = real_quiz()
    sixty = replace(quiz, items=quiz.items[:60])
    for some in (sixty, quiz):
        ((text, found),) = kept(some, keys(some))
        assert found == keys(some)
        assert size(text) <= LIMIT


def test_long_drafts_go_first_and_the_oldest_before_others() -> None:
    quiz = real_quiz()
    free = [item.uid for item in quiz.items if isinstance(item.interaction, FreeInteraction)]
    assert len(free) > 2
    state = keys(quiz, "x" * 900)
    ((text, found),) = kept(quiz, state)
    assert size(text) <= LIMIT
    assert {name: entry["response"] for name, entry in found.items()} == {
        name: entry["response"] for name, entry in state.items()
    }
    lengths = [len(found[name]["draft"]) for name in free]
    assert lengths[0] == 0
    assert lengths == sorted(lengths)


def test_the_limit_holds_whatever_is_typed() -> None:
    quiz = real_quiz()
    state = keys(quiz, "é" * 5000)
    for item in quiz.items:
        if isinstance(item.interaction, TextInteraction):
            state[item.uid] = {"response": "日" * 3000}
    for limit in (LIMIT, 500, 20, 1):
        ((text, found),) = kept(quiz, state, limit=limit)
        assert size(text) <= limit
        assert all(found[name]["response"] == state[name]["response"] for name in found)


@pytest.mark.parametrize("text", ["", "2;AAAB", "1;", "1;zzz", "1;zz", "x", "1", "null", "1;" + "A" * 5000])
def test_nonsense_is_ignored(text: str) -> None:
    script = (
        'import { Suspended } from "../../generator/player/assets/lms/suspend.mjs";'
        'const kept = new Suspended([{ id: "a.b", kind: "text" }], new Map([["a.b", { elements: [], targets: [] }]]), 9);'
        "process.stdout.write(JSON.stringify(kept.read(process.argv[1])));"
    )
    run = subprocess.run(
        ["node", "--input-type=module", "-e", script, text],
        cwd=HERE,
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout == "{}"


def test_an_item_keeps_its_key_when_others_come_and_go() -> None:
    quiz = full()
    ((text, _),) = kept(quiz, {"full.strict": {"response": ["a"]}})
    fewer = replace(quiz, items=quiz.items[1:])
    ((again, _),) = kept(fewer, {"full.strict": {"response": ["a"]}})
    assert text == again
    assert whole().items != quiz.items
