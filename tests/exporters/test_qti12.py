from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator

import lxml.html
import pytest
from exporter_support import HOSTILE, rewritten, whole
from helpers import real_quiz
from lxml import etree
from qti_readers import parsed
from qti_support import needs, package, schema

from generator.exporters import EXPORTERS
from generator.exporters.losses import run
from generator.exporters.quiz import Memo, Quiz
from generator.model.items import (
    ChoiceInteraction,
    GapInteraction,
    Item,
    MatchInteraction,
    NumericInteraction,
)
from generator.scoring import EPSILON

_N = {
    "q": "http://www.imsglobal.org/xsd/ims_qtiasiv1p2",
    "cp": "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1",
}
_TYPES = {
    "single": "multiple_choice_question", "truefalse": "multiple_choice_question",
    "multiple": "multiple_answers_question", "match": "matching_question", "categorise": "matching_question",
    "grid": "matching_question", "label": "matching_question", "order": "matching_question",
    "short": "short_answer_question", "numeric": "numerical_question", "free": "essay_question",
}  # fmt: skip


def hostile() -> Quiz:
    return rewritten(whole(), lambda value: HOSTILE + value)


def assessment(quiz: Quiz, name: str = "qti12") -> etree._Element:
    return parsed(package(name, quiz)[f"{quiz.stem}/{quiz.stem}.xml"])


def questions(quiz: Quiz) -> dict[str, etree._Element]:
    found = {entry.get("ident"): entry for entry in assessment(quiz).iterfind(".//q:item", _N)}
    return {item.uid: found[quiz.identify(item)] for item in quiz.items}


def fields(question: etree._Element) -> dict[str, str]:
    entries = question.iterfind(".//q:qtimetadatafield", _N)
    return {entry[0].text or "": entry[1].text or "" for entry in entries}


def scored(question: etree._Element) -> Iterator[etree._Element]:
    yield from (setvar.getparent() for setvar in question.iterfind(".//q:setvar", _N))


@needs("qti-1.2-cc")
@pytest.mark.parametrize("quiz", [whole, hostile, lambda: real_quiz("fr"), lambda: real_quiz("en")])
def test_the_assessment_is_valid(quiz: Callable[[], Quiz]) -> None:
    found = schema("qti-1.2-cc/domainProfile_4/ims_qtiasiv1p2.xsd")
    assert found.validate(assessment(quiz())), found.error_log


def test_the_manifest_is_what_canvas_writes() -> None:
    files = package("qti12", whole())
    root = parsed(files["imsmanifest.xml"])
    kinds = {entry.get("type") for entry in root.iterfind(".//cp:resource", _N)}
    assert kinds == {
        "imsqti_xmlv1p2", "associatedcontent/imscc_xmlv1p1/learning-application-resource", "webcontent",
    }  # fmt: skip
    assert {file.get("href") for file in root.iterfind(".//cp:file", _N)} == set(files) - {"imsmanifest.xml"}


def test_the_settings_say_the_points_and_the_licence() -> None:
    quiz = whole()
    root = parsed(package("qti12", quiz)[f"{quiz.stem}/assessment_meta.xml"])
    told = {etree.QName(entry).localname: entry.text or "" for entry in root}
    assert float(told["points_possible"]) == sum(item.points for item in quiz.items)
    assert quiz.course.licence.name in told["description"]
    assert told["available"] == "false"


def test_every_item_has_a_type_and_points() -> None:
    for item in real_quiz("fr").items:
        told = fields(questions_of("fr")[item.uid])
        assert float(told["points_possible"]) == item.points
        if not isinstance(item.interaction, GapInteraction):
            assert told["question_type"] == _TYPES[item.type], item.uid


def questions_of(locale: str, cache: dict[str, dict[str, etree._Element]] = {}) -> dict[str, etree._Element]:  # noqa: B006
    if locale not in cache:
        cache[locale] = questions(real_quiz(locale))
    return cache[locale]


def test_true_and_false_are_known_by_their_english_names() -> None:
    item = next(item for item in real_quiz("en").items if item.type == "truefalse")
    assert fields(questions_of("en")[item.uid])["question_type"] == "true_false_question"


def test_keys_of_choices() -> None:
    for item in real_quiz("fr").items:
        asked = item.interaction
        if isinstance(asked, ChoiceInteraction):
            question = questions_of("fr")[item.uid]
            labels = [entry.get("ident") for entry in question.iterfind(".//q:response_label", _N)]
            (condition,) = scored(question)
            right = [
                test.text
                for test in condition.iterfind(".//q:varequal", _N)
                if test.getparent().tag != f"{{{_N['q']}}}not"
            ]
            assert right == [
                n for n, o in zip(labels, asked.options, strict=True) if o.credit >= 1 - EPSILON
            ], item.uid


def test_names_of_choices_are_numbers() -> None:
    for question in questions_of("fr").values():
        for label in question.iterfind(".//q:render_choice/q:response_label", _N):
            assert label.get("ident", "").isdecimal()
        shown = {feedback.get("ident") for feedback in question.iterfind("q:itemfeedback", _N)}
        assert shown == {link.get("linkrefid") for link in question.iterfind(".//q:displayfeedback", _N)}


def test_only_right_answers_are_tested_where_they_are_typed() -> None:
    question = questions(whole())["full.short"]
    assert [test.text for test in question.iterfind(".//q:varequal", _N)] == [
        "numéro français",
        "numero francais",
    ]
    general = question.findtext("q:itemfeedback[@ident='general_fb']//q:mattext", namespaces=_N)
    assert general
    assert "De quel pays" in general


def test_numbers_have_their_margin() -> None:
    condition = next(scored(questions(whole())["full.numeric"]))
    told = [(etree.QName(test).localname, test.text) for test in condition.iter() if test.get("respident")]
    assert told == [("varequal", "4.5"), ("vargte", "4"), ("varlte", "5")]


def test_a_number_without_margin_has_one_of_nothing() -> None:
    """Canvas fails to compute with none when it marks an answer."""
    asked = found("full.numeric").interaction
    assert isinstance(asked, NumericInteraction)
    quiz = alone("full.numeric", {"answers": (asked.answers[0].model_copy(update={"tolerance": 0.0}),)})
    condition = next(scored(questions(quiz)["full.numeric"]))
    assert [test.text for test in condition.iter() if test.get("respident")] == ["4.5"] * 3


def found(uid: str) -> Item:
    return next(item for item in whole().items if item.uid == uid)


def alone(uid: str, change: dict[str, object]) -> Quiz:
    """Return a quiz of one item, whose interaction is changed."""
    asked = found(uid).interaction.model_copy(update=change)
    items = (found(uid).model_copy(update={"interaction": asked}),)
    return dataclasses.replace(whole(), items=items, memo=Memo())


def test_what_is_to_be_matched_survives_being_read_as_html() -> None:
    """Canvas reads it so in any case, and shows bare entities as such: signs stand within an element."""
    quiz = rewritten(whole(), lambda value: f"RCPT TO:<bob> & {value}")
    for item in quiz.items:
        if isinstance(item.interaction, MatchInteraction):
            question = questions(quiz)[item.uid]
            for text in question.iterfind("q:presentation/q:response_lid/q:material/q:mattext", _N):
                assert text.get("texttype") == "text/html"
                (block,) = lxml.html.fromstring(text.text or "").xpath("self::div[@dir]")
                assert block.text_content().startswith("RCPT TO:<bob> & ")


def test_short_texts_read_from_the_right_where_the_locale_does() -> None:
    for question in questions_of("ar").values():
        for label in question.iterfind(".//q:response_lid[@ident='response1']//q:mattext", _N):
            assert (label.text or "").startswith('<div dir="rtl">')


def test_names_of_gaps_are_none_that_the_importer_takes_for_others() -> None:
    """It cuts `_str` and `_ans` off, which other tools write after the name of a response."""
    asked = found("full.cloze").interaction
    assert isinstance(asked, GapInteraction)
    for name in ("str", "ans"):
        gaps = (asked.gaps[0].model_copy(update={"id": name}),)
        text = dataclasses.replace(asked.text, value=f"{{{name}}} !")
        (question,) = questions(alone("full.cloze", {"text": text, "gaps": gaps})).values()
        (ident,) = {entry.get("ident", "") for entry in question.iterfind(".//q:response_lid", _N)}
        assert not ident.endswith(("_str", "_ans"))
        assert {test.get("respident") for test in question.iterfind(".//q:varequal", _N)} == {ident}


def test_blanks_stand_in_the_text() -> None:
    for item in real_quiz("fr").items:
        if isinstance(item.interaction, GapInteraction):
            question = questions_of("fr")[item.uid]
            text = question.findtext("q:presentation/q:material/q:mattext", namespaces=_N) or ""
            assert [f"response_gap-{gap.id}" for gap in item.interaction.gaps] == [
                entry.get("ident") for entry in question.iterfind(".//q:response_lid", _N)
            ]
            assert all(text.count(f"[gap-{gap.id}]") == 1 for gap in item.interaction.gaps)


@pytest.mark.parametrize(
    ("wrong", "kind"), [(True, "multiple_dropdowns"), (False, "fill_in_multiple_blanks")]
)
def test_gaps_are_all_lists_or_all_fields(wrong: bool, kind: str) -> None:
    asked = found("full.cloze").interaction
    assert isinstance(asked, GapInteraction)
    typed = asked.gaps[1]
    answers = typed.answers if wrong else typed.answers[:1]
    quiz = alone("full.cloze", {"gaps": (asked.gaps[0], typed.model_copy(update={"answers": answers}))})
    assert fields(questions(quiz)["full.cloze"])["question_type"] == f"{kind}_question"
    told = {loss.why for loss in run(EXPORTERS["qti12"], quiz).losses}
    assert ("loss.gap-as-list" if wrong else "loss.list-as-gap") in told


def test_pictures_are_files_of_the_package() -> None:
    files = package("qti12", whole())
    shown = [
        source
        for text in assessment(whole()).iterfind(".//q:mattext[@texttype='text/html']", _N)
        for source in lxml.html.fromstring(text.text or "").xpath("//img/@src")
    ]
    assert shown
    assert all(source.removeprefix("$IMS-CC-FILEBASE$/") in files for source in shown)


def test_hostile_texts_are_texts() -> None:
    for text in assessment(hostile()).iterfind(".//q:mattext[@texttype='text/html']", _N):
        html = lxml.html.fragment_fromstring(text.text or "", create_parent=True)
        assert not html.xpath("//script | //iframe | //*[@onclick] | //a[starts-with(@href, 'javascript')]")


def test_an_order_is_matched_with_places() -> None:
    question = questions(whole())["full.order"]
    assert len(question.findall(".//q:response_lid", _N)) == 4
    assert [setvar.text for setvar in question.iterfind(".//q:setvar", _N)] == ["25.00"] * 4
