from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from exporter_support import HOSTILE, rewritten, whole
from helpers import real_quiz
from hypothesis import given, settings
from hypothesis import strategies as st
from importer_support import carried, loaded

from generator.exporters import EXPORTERS
from generator.exporters.losses import ask, run
from generator.exporters.quiz import Quiz
from generator.importers import convert
from generator.inline import tokens
from generator.model.items import Item

FORMATS = pytest.mark.parametrize("name", ["gift", "moodle-xml"])
_NASTY = "~=#{}:\\%<>&\"'\n*_`[]()+-$|/!?.;^@n% éßاب日🙂"


def assert_round_trip(name: str, quiz: Quiz) -> None:
    """Export a quiz and import it; everything but what the format degrades must be the same."""
    ((file, content),) = run(EXPORTERS[name], quiz).files.items()
    found = loaded(convert(file, content))
    assert [re.sub(r"-\d+$", "", name) for name in found] == [str(item.id) for item in quiz.items]
    for item, again in zip(quiz.items, found.values(), strict=True):
        if name == "gift" and ask(item) == "gap":
            continue  # told: a matching of its gaps
        assert carried(again, quiz.locale) == carried(item, quiz.locale), item.uid
        assert again.points == (item.points if name != "gift" else 1.0)
        assert again.partial == _partial(item), item.uid
        assert len(again.hints) == (0 if name == "gift" else len(item.hints))


def _partial(item: Item) -> bool:
    """Only a wrong choice among several right ones tells that an item is all or nothing."""
    return item.partial or ask(item) != "multiple"


def changed(change: Callable[[str], str]) -> Quiz:
    """Return the small course with every text changed, but the words that tell how hard an item is."""
    quiz = rewritten(whole(), change)
    levels = {name: whole().words[name] for name in ("export.easy", "export.medium", "export.hard")}
    return replace(quiz, words={**quiz.words, **levels})


@FORMATS
def test_small_course(name: str) -> None:
    assert_round_trip(name, whole())


@FORMATS
def test_hostile_texts(name: str) -> None:
    assert_round_trip(name, changed(lambda value: HOSTILE + value))


@FORMATS
@pytest.mark.parametrize(
    "prefix",
    [
        "[html]",
        "[1](x) ",
        "%50%",
        "=",
        "~",
        "{",
        "}",
        "// ",
        "####",
        "a -> b ",
        "::",
        "\\n",
        "$CATEGORY: ",
        "*** ",
        "TRUE",
        "&amp; &lt;b&gt; ",
        "]]> ",
        "<![CDATA[ ",
        "<br>",
        "_____ ",
    ],
)
def test_signs_of_the_formats(name: str, prefix: str) -> None:
    assert_round_trip(name, changed(lambda value: prefix + value))


@FORMATS
@settings(max_examples=20)
@given(signs=st.text(_NASTY, max_size=14))
def test_any_texts(name: str, signs: str) -> None:
    quiz = changed(lambda value: f"{signs}{value}" if tokens(f"{signs}{value}") else value)
    assert_round_trip(name, quiz)


@FORMATS
@pytest.mark.slow
def test_real_course(name: str) -> None:
    quiz = real_quiz()
    assert len(quiz.items) > 200
    assert_round_trip(name, quiz)


@FORMATS
def test_a_whole_file(name: str) -> None:
    """Items of two sheets may bear the same id: each is kept, under a name of its own."""
    quiz = whole()
    ((file, content),) = run(EXPORTERS[name], quiz).files.items()
    made = convert(file, content)
    assert len(loaded(made)) == len(quiz.items)
    assert convert(file, content) == made
    twice = replace(quiz, items=quiz.items)
    assert run(EXPORTERS[name], twice).files[file] == content
