"""What every registered format must do; a new one is tested from its first day."""

from __future__ import annotations

import re
from typing import Any

import pytest
from exporter_support import HOSTILE, READERS, normal, promised, rewritten, whole

from generator.exporters import EXPORTERS
from generator.exporters.base import Ask, Export, Exporter, Feature
from generator.exporters.batch import batch
from generator.exporters.losses import OMITTED, ask, needs, run
from generator.exporters.quiz import Quiz

ALL = pytest.mark.parametrize("exporter", EXPORTERS.values(), ids=EXPORTERS.keys())


def strings(exporter: Exporter, made: Export, *, ids: bool = True) -> list[str]:
    assert exporter.name in READERS, f"say in READERS how {exporter.name} is read back"
    return list(READERS[exporter.name](made.files, ids=ids))


def omitted(made: Export) -> set[str]:
    return {loss.item for loss in made.losses if loss.why == OMITTED}


def test_names_are_those_of_the_table() -> None:
    assert all(name == exporter.name for name, exporter in EXPORTERS.items())


def test_the_course_needs_every_feature() -> None:
    quiz = whole()
    assert {ask(item) for item in quiz.items} == set(Ask)
    arabic = whole("ar")
    found = {feature for each in (quiz, arabic) for item in each.items for feature in needs(each, item)}
    assert found == set(Feature) - {Feature.IDS, Feature.DIFFICULTY, Feature.OBJECTIVES, Feature.LICENCE}


@ALL
def test_same_bytes(exporter: Exporter) -> None:
    whole.cache_clear()
    one = run(exporter, whole())
    whole.cache_clear()
    assert one == run(exporter, whole())


@ALL
def test_no_item_is_lost_in_silence(exporter: Exporter) -> None:
    quiz = whole()
    made = run(exporter, quiz)
    text = normal(" ".join(strings(exporter, made)))
    for item in quiz.items:
        assert item.uid in omitted(made) or normal(quiz.plain(item.prompt)) in text, item.uid


@ALL
def test_what_is_claimed_is_there(exporter: Exporter) -> None:
    quiz = whole()
    made = run(exporter, quiz)
    text = normal(" ".join(strings(exporter, made)))
    for item in quiz.items:
        if item.uid in omitted(made):
            continue
        for feature, wanted in promised(quiz, item).items():
            missing = [words for words in wanted if normal(words) not in text]
            assert feature not in exporter.capabilities.features or not missing, (item.uid, feature, missing)


@ALL
def test_what_is_not_claimed_is_told(exporter: Exporter) -> None:
    quiz = whole()
    told = {(loss.item, loss.what) for loss in run(exporter, quiz).losses}
    for item in quiz.items:
        if ask(item) in {*exporter.capabilities.asks, *exporter.capabilities.degraded}:
            for feature in needs(quiz, item) - exporter.capabilities.features:
                assert (item.uid, feature) in told
        else:
            assert (item.uid, ask(item)) in told


@ALL
def test_hostile_texts_are_inert(exporter: Exporter) -> None:
    quiz = rewritten(whole(), lambda value: HOSTILE + value)
    made = run(exporter, quiz)
    kept = [item for item in quiz.items if item.uid not in omitted(made)]
    text = " ".join(strings(exporter, made))
    assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e\ud800-\udfff]", text.replace("\r\n", ""))
    if Feature.IDS in exporter.capabilities.features:
        assert all(quiz.identify(item) in text for item in kept)


@ALL
def test_pseudo_locale(exporter: Exporter) -> None:
    """Every word is a text of the course or of the interface, or machine text that is never translated."""
    quiz = rewritten(whole(), lambda value: f"⟦{value}⟧")
    given = _untranslated(quiz)
    for value in strings(exporter, run(exporter, quiz), ids=False):
        rest = value
        for words in given:
            rest = rest.replace(words, "")
        rest = re.sub(r"<[^<>]*>", "", rest)
        while (less := re.sub(r"⟦[^⟦⟧]*⟧", "", rest)) != rest:
            rest = less
        assert not re.search(r"[^\W\d_]{2,}", rest), value


def _untranslated(quiz: Quiz) -> list[str]:
    course: Any = quiz.course
    code = [
        line for concept in course.concepts for s in concept.stimuli for line in (s.code or "").splitlines()
    ]
    sources = [part for source in course.sources for part in (source.title, source.short, source.url)]
    given = [*course.authors, course.licence.name, course.licence.url, *code, *sources]
    return sorted((part for part in given if part), key=len, reverse=True)


@ALL
def test_names_of_files_are_safe(exporter: Exporter) -> None:
    for name in batch(exporter, [whole()]).files:
        assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", name)
    assert any(name.endswith(exporter.suffix) for name in run(exporter, whole()).files)


@ALL
def test_an_item_alone(exporter: Exporter) -> None:
    quiz = whole()
    for item in quiz.items:
        alone = Quiz(quiz.id, quiz.title, quiz.course, quiz.words, (item,))
        made = run(exporter, alone)
        assert bool(made.files) != (item.uid in omitted(made))
