from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape

import lxml.html
import pytest
from exporter_support import HOSTILE, rewritten, whole
from helpers import real_quiz
from lxml import etree
from qti_readers import parsed
from qti_support import needs, package, schema

from generator.exporters import EXPORTERS
from generator.exporters.losses import OMITTED, run
from generator.exporters.quiz import Memo, Quiz
from generator.model.items import ChoiceInteraction, NumericInteraction

_N = {
    "q": "http://www.imsglobal.org/xsd/ims_qtiasiv1p2",
    "cp": "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1",
}
_PROFILES = {
    "single": "cc.multiple_choice.v0p1", "truefalse": "cc.true_false.v0p1",
    "multiple": "cc.multiple_response.v0p1", "short": "cc.fib.v0p1", "numeric": "cc.fib.v0p1",
    "free": "cc.essay.v0p1",
}  # fmt: skip


def hostile() -> Quiz:
    return rewritten(whole(), lambda value: HOSTILE + value)


def assessment(quiz: Quiz) -> etree._Element:
    return parsed(package("cc11", quiz)[f"{quiz.stem}.xml"])


def questions(quiz: Quiz) -> dict[str, etree._Element]:
    found = {entry.get("ident"): entry for entry in assessment(quiz).iterfind(".//q:item", _N)}
    return {item.uid: found[quiz.identify(item)] for item in quiz.items if quiz.identify(item) in found}


def field(question: etree._Element, label: str) -> str | None:
    return question.findtext(f".//q:qtimetadatafield[q:fieldlabel='{label}']/q:fieldentry", namespaces=_N)


@needs("qti-1.2-cc")
@pytest.mark.parametrize("quiz", [whole, hostile, lambda: real_quiz("fr"), lambda: real_quiz("en")])
def test_the_assessment_is_valid(quiz: Callable[[], Quiz]) -> None:
    found = schema("qti-1.2-cc/domainProfile_4/ims_qtiasiv1p2.xsd")
    assert found.validate(assessment(quiz())), found.error_log


@needs("common-cartridge-1.1")
@pytest.mark.parametrize("quiz", [whole, hostile])
def test_the_manifest_is_valid(quiz: Callable[[], Quiz]) -> None:
    manifest = package("cc11", quiz())["imsmanifest.xml"].decode()
    # The schemas at hand have the content of this version under the names of the one before.
    older = re.sub("imsccv1p1/(imscp_v1p1|LOM)(/manifest)?", r"imscc/\1", manifest)
    older = older.replace("imscc_xmlv1p1", "imscc_xmlv1p0").replace(">1.1.0<", ">1.0.0<")
    found = schema("common-cartridge-1.1/cclibxml2validator.xsd")
    assert found.validate(parsed(older.encode())), found.error_log


def test_the_manifest_names_every_file() -> None:
    files = package("cc11", whole())
    root = parsed(files["imsmanifest.xml"])
    assert {file.get("href") for file in root.iterfind(".//cp:file", _N)} == set(files) - {"imsmanifest.xml"}
    known = {entry.get("identifier") for entry in root.iterfind(".//cp:resource", _N)}
    needed = {entry.get("identifierref") for entry in root.iterfind(".//cp:dependency", _N)}
    assert needed
    assert known.issuperset(needed)


def test_every_item_is_there_or_told() -> None:
    quiz = real_quiz("fr")
    omitted = {loss.item for loss in run(EXPORTERS["cc11"], quiz).losses if loss.why == OMITTED}
    assert set(questions(quiz)) == {item.uid for item in quiz.items} - omitted


def test_profiles() -> None:
    found = questions(real_quiz("fr"))
    assert field(assessment(real_quiz("fr")), "cc_profile") == "cc.exam.v0p1"
    for item in real_quiz("fr").items:
        if item.uid in found:
            assert field(found[item.uid], "cc_profile") == _PROFILES[item.type], item.uid
            assert float(field(found[item.uid], "cc_weighting") or 0) == item.points


def test_true_and_false_have_the_names_that_moodle_wants() -> None:
    found = questions(real_quiz("fr"))
    for item in real_quiz("fr").items:
        if item.type == "truefalse":
            labels = {label.get("ident") for label in found[item.uid].iterfind(".//q:response_label", _N)}
            assert labels == {"true", "false"}


def test_keys_of_several_are_those_that_moodle_looks_for() -> None:
    """Moodle takes for right what is compared with regard to case, and not within a `not`."""
    found = questions(real_quiz("fr"))
    for item in real_quiz("fr").items:
        asked = item.interaction
        if isinstance(asked, ChoiceInteraction) and asked.multiple:
            tests = found[item.uid].iterfind(".//q:varequal[@case='Yes']", _N)
            right = [test.text for test in tests if etree.QName(test.getparent()).localname != "not"]
            assert right == [option.id for option in asked.options if option.credit > 0]


def test_what_is_said_of_a_choice_bears_no_name_that_canvas_takes_for_another() -> None:
    """It shows what is named `wrong`, `correct` or `solution` for the whole question."""
    for question in questions(real_quiz("fr")).values():
        told = {entry.get("ident", "") for entry in question.iterfind("q:itemfeedback", _N)} - {"general_fb"}
        assert all(re.fullmatch(r"\d+_fb", name) for name in told)
        assert told == {
            link.get("linkrefid")
            for condition in question.iterfind(".//q:respcondition[@continue='No']", _N)
            for link in condition.iterfind("q:displayfeedback", _N)
        }


def test_zero_is_an_answer() -> None:
    """Moodle takes the bare text `0` for none, before it decodes entities once more."""
    asked = next(item for item in whole().items if item.uid == "full.numeric").interaction
    assert isinstance(asked, NumericInteraction)
    zero = asked.answers[0].model_copy(update={"value": 0.0})
    found = questions(changed("full.numeric", {"answers": (zero,)}))["full.numeric"]
    kept = [test.text or "" for test in found.iterfind(".//q:varequal", _N) if test.text not in {"", "0"}]
    assert list(map(unescape, kept)) == ["0"]


def changed(uid: str, change: dict[str, object]) -> Quiz:
    """Return a quiz of one item, whose interaction is changed."""
    item = next(item for item in whole().items if item.uid == uid)
    asked = item.interaction.model_copy(update=change)
    return replace(whole(), items=(item.model_copy(update={"interaction": asked}),), memo=Memo())


def test_choices_are_blocks() -> None:
    """A choice that is but `0` is not taken for none, and reads in its own direction."""
    for locale, start in (("fr", "<p>"), ("ar", '<div dir="rtl"><p>')):
        for question in questions(real_quiz(locale)).values():
            for label in question.iterfind(".//q:response_label//q:mattext", _N):
                assert (label.text or "").startswith(start)


def test_nothing_becomes_markup_where_entities_are_decoded_twice() -> None:
    """Moodle decodes what it read once more before it stores it."""
    tags = {
        "b",
        "br",
        "code",
        "div",
        "em",
        "html",
        "body",
        "img",
        "kbd",
        "li",
        "p",
        "pre",
        "span",
        "strong",
        "sup",
        "ul",
        "a",
    }
    for text in assessment(hostile()).iterfind(".//q:mattext", _N):
        html = lxml.html.document_fromstring(unescape(text.text or ""))
        assert {element.tag for element in html.iter()} <= tags
        assert not html.xpath("//@*[starts-with(name(), 'on')]")


def test_the_text_of_a_question_is_ascii() -> None:
    """Moodle reads it as if each byte were a letter."""
    for question in questions(real_quiz("ar")).values():
        text = question.findtext("q:presentation/q:material/q:mattext", namespaces=_N) or ""
        assert text.isascii()
        assert lxml.html.fromstring(text).text_content().strip()


def test_points_are_whole() -> None:
    told = {loss.item for loss in run(EXPORTERS["cc11"], whole()).losses if loss.why == "loss.whole-points"}
    assert told == {item.uid for item in whole().items if item.points % 1}
    assert told


def test_a_number_is_typed_as_the_reader_writes_it() -> None:
    tests = [test.text for test in questions(whole())["full.numeric"].iterfind(".//q:varequal", _N)]
    assert tests == ["4.5", "4,5"]
