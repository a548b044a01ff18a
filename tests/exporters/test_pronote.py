from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from exporter_support import HOSTILE, rewritten, whole
from helpers import real_quiz
from lxml import etree
from moodle_bank import gaps, mark, read, words

from generator.exporters.base import Feature
from generator.exporters.formats.pronote import EXPORTER
from generator.exporters.losses import run
from generator.exporters.quiz import Quiz, clean
from generator.model.items import Item
from generator.scoring import score
from generator.text import Text

# What files that Pronote reads have, in their order.
ORDER = {
    "multichoice": ["single", "answer"],
    "matching": ["subquestion", "shuffleanswers"],
    "shortanswer": ["answer"],
    "cloze": [],
}
SHARED = ["name", "questiontext", "externallink", "usecase", "defaultgrade", "editeur"]


def made(quiz: Quiz) -> list[etree._Element]:
    return read(run(EXPORTER, quiz).files[f"{quiz.stem}.xml"])


def kept(quiz: Quiz) -> list[Item]:
    return [item for item in quiz.items if item.interaction.kind != "free"]


def bank(quiz: Quiz) -> dict[str, etree._Element]:
    return {item.uid: found for item, found in zip(kept(quiz), made(quiz)[1:], strict=True)}


def lost(quiz: Quiz, uid: str) -> set[str]:
    return {loss.what for loss in run(EXPORTER, quiz).losses if loss.item == uid}


def test_the_title() -> None:
    quiz = replace(whole(), label="L’étude & <co> ]]>")
    first = made(quiz)[0]
    assert first.get("type") == "category"
    about = etree.fromstring(first.findtext("category/text"))
    told = {element.tag: element.text for element in about}
    assert about.tag == "infos"
    assert told == {"name": "L’étude & <co> ]]>", "answernumbering": "123", "niveau": None, "matiere": None}


@pytest.mark.parametrize("quiz", [whole(), real_quiz()], ids=["small", "course"])
def test_elements_stand_in_their_known_order(quiz: Quiz) -> None:
    for item, question in bank(quiz).items():
        kind = question.get("type")
        found = list(dict.fromkeys(element.tag for element in question))
        assert found == [*SHARED, *ORDER[kind]], item
        assert question.find("questiontext").get("format") == "html"
        assert question.get("desc") == ("variable" if kind == "cloze" else None)
        assert not question.findall(".//file")


def test_texts_are_in_cdata() -> None:
    content = run(EXPORTER, real_quiz()).files[f"{real_quiz().stem}.xml"].decode()
    assert content.count("<text>") == content.count("<text><![CDATA[")


def test_hostile_texts_are_read_back() -> None:
    quiz = rewritten(whole(), lambda value: HOSTILE + value)
    found = bank(quiz)
    for item in kept(quiz):
        if item.interaction.kind == "choice":
            texts = [answer.findtext("text") for answer in found[item.uid].iterfind("answer")]
            assert texts == [quiz.plain(option.text) for option in item.interaction.options]


CHOICES = [
    (quiz, item)
    for quiz in (whole(), real_quiz())
    for item in quiz.items
    if item.interaction.kind == "choice"
]


@pytest.mark.parametrize(("quiz", "item"), CHOICES, ids=[item.uid for _, item in CHOICES])
def test_right_choices_share_the_points(quiz: Quiz, item: Item) -> None:
    question = bank(replace(quiz, items=(item,)))[item.uid]
    asked = item.interaction
    worth = [int(answer.get("fraction")) for answer in question.iterfind("answer")]
    wanted = [o.credit > 0 if asked.multiple else o.credit == 1 for o in asked.options]
    assert [share > 0 for share in worth] == wanted
    assert sum(worth) == 100
    assert max(worth) - min(share for share in worth if share) <= 1
    assert question.findtext("single") == str(not asked.multiple).lower()


def test_what_pronote_may_score_otherwise_is_told() -> None:
    quiz = whole()
    for item in quiz.items:
        if item.interaction.kind == "choice" and item.interaction.multiple:
            assert {Feature.PARTIAL, Feature.STRICT} & lost(quiz, item.uid)
    assert Feature.CREDIT in lost(quiz, "full.single")
    assert {"numeric"} <= lost(quiz, "full.numeric")
    assert {"gap"} <= lost(quiz, "full.cloze")
    assert {"match"} <= lost(quiz, "full.categorise")
    assert {"images"} <= lost(quiz, "full.label")
    assert {"free"} <= lost(quiz, "full.free")


MATCHES = [item for item in whole().items if item.interaction.kind == "match"]


@pytest.mark.parametrize("item", MATCHES, ids=lambda item: item.uid)
def test_matches_earn_the_same(item: Item) -> None:
    quiz, asked = whole(), item.interaction
    question = bank(quiz)[item.uid]
    names = {target.id: quiz.plain(target.text) for target in asked.targets}
    alike = sorted(source.target for source in asked.sources) == sorted(names)
    assert question.get("type") == ("matching" if alike else "cloze")
    texts = {source.id: quiz.plain(source.text) for source in asked.sources}
    text = words(question, "questiontext/text")
    shown = sorted(texts, key=lambda name: text.index(quiz.html(_source(item, name)))) if not alike else []
    for chosen in product(names, repeat=len(texts)):
        response = dict(zip(texts, chosen, strict=True))
        given = {texts[name]: names[target] for name, target in response.items()}
        mapped = given if alike else [names[response[name]] for name in shown]
        assert mark(question, mapped) == pytest.approx(score(item, response))


def _source(item: Item, name: str) -> Text:
    return next(source.text for source in item.interaction.sources if source.id == name)


@pytest.mark.parametrize("quiz", [whole(), real_quiz()], ids=["small", "course"])
def test_every_gap_can_be_filled_right(quiz: Quiz) -> None:
    for item in (item for item in quiz.items if item.interaction.kind == "gap"):
        question = bank(replace(quiz, items=(item,)))[item.uid]
        found = gaps(words(question, "questiontext/text"))
        assert len(found) == len(item.interaction.gaps)
        for gap, asked in zip(found, item.interaction.gaps, strict=True):
            right = [entry for entry in gap.alternatives if entry.fraction == 1]
            assert len(right) == 1
            assert len({entry.text for entry in gap.alternatives}) == len(gap.alternatives)
            if gap.kind == "SHORTANSWER":
                assert all(answer.credit > 0 for answer in asked.answers)
            else:
                assert len(gap.alternatives) > 1


def test_a_number_is_accepted_as_it_may_be_typed() -> None:
    question = bank(whole())["full.numeric"]  # 4.5, give or take 0.5
    assert [words(answer, "text") for answer in question.iterfind("answer")] == ["4.5", "4,5", "4", "5"]
    assert "jours" in words(question, "questiontext/text")


@pytest.mark.parametrize("uid", ["full.short", "first.short"])
def test_typed_answers(uid: str) -> None:
    item = next(item for item in whole().items if item.uid == uid)
    question = bank(whole())[uid]
    assert question.findtext("usecase") == "0"
    for answer in item.interaction.answers:
        assert mark(question, str(answer.text)) == float(answer.credit == 1)


def test_diagrams_are_told() -> None:
    quiz = whole()
    text = words(bank(quiz)["full.label"], "questiontext/text")
    item = next(item for item in quiz.items if item.uid == "full.label")
    assert all(clean(step) in text for drawing in quiz.drawings(item) for step in drawing.steps)
