from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from exporter_support import HOSTILE, rewritten, whole
from helpers import real_quiz
from lxml import etree
from qti_readers import parsed
from qti_support import needs, package, schema

from generator.exporters.quiz import Quiz
from generator.model.items import Item

_QTI = "qti-2.1/qtiv2p1/imsqti_v2p1.xsd"
_SPACE = "{http://www.imsglobal.org/xsd/imsqti_v2p1}"
_CARTRIDGE = {"cp": "http://www.imsglobal.org/xsd/imscp_v1p1"}


def hostile() -> Quiz:
    return rewritten(whole(), lambda value: HOSTILE + value)


def member(quiz: Quiz, item: Item, name: str = "qti21") -> etree._Element:
    return parsed(package(name, quiz)[f"items/{quiz.identify(item)}.xml"])


def by_uid(uid: str) -> Item:
    return next(item for item in whole().items if item.uid == uid)


@needs("qti-2.1")
@pytest.mark.parametrize(
    "quiz", [whole, hostile, lambda: real_quiz("fr"), lambda: real_quiz("en"), lambda: real_quiz("ar")]
)
def test_every_file_is_valid(quiz: Callable[[], Quiz]) -> None:
    files = package("qti21", quiz())
    assert len([name for name in files if name.startswith("items/")]) == len(quiz().items)
    for name, content in files.items():
        if name.endswith(".xml"):
            found = schema("qti-2.1/imscp_v1p1.xsd" if name == "imsmanifest.xml" else _QTI)
            assert found.validate(parsed(content)), (name, found.error_log)


@needs("qti-2.1")
def test_metadata_is_valid() -> None:
    root = parsed(package("qti21", real_quiz("fr"))["imsmanifest.xml"])
    found = schema("qti-2.1/imsmd_v1p2p4.xsd")
    described = list(root.iter("{http://www.imsglobal.org/xsd/imsmd_v1p2}lom"))
    assert len(described) == len(real_quiz("fr").items) + 1
    for lom in described:
        assert found.validate(etree.ElementTree(lom)), found.error_log


def test_the_manifest_names_every_file() -> None:
    files = package("qti21", whole())
    root = parsed(files["imsmanifest.xml"])
    assert {file.get("href") for file in root.iterfind(".//cp:file", _CARTRIDGE)} == set(files) - {
        "imsmanifest.xml"
    }
    needed = [entry.get("identifierref") for entry in root.iterfind(".//cp:dependency", _CARTRIDGE)]
    known = {entry.get("identifier") for entry in root.iterfind(".//cp:resource", _CARTRIDGE)}
    assert needed == [whole().identify(item) for item in whole().items]
    assert known.issuperset(needed)


def test_the_test_weighs_its_items() -> None:
    root = parsed(package("qti21", whole())["test.xml"])
    weights = {
        reference.get("identifier"): float(reference[0].get("value", ""))
        for reference in root.iter(f"{_SPACE}assessmentItemRef")
    }
    assert weights == {whole().identify(item): item.points for item in whole().items}


def _older(name: str) -> str:
    return re.sub("-([a-z])", lambda found: found[1].upper(), name.removeprefix("qti-"))


def test_both_versions_are_the_same_items() -> None:
    """What a player of the newer version scores, the older one scores in the same way."""
    one, other = package("qti21", real_quiz("fr")), package("qti30", real_quiz("fr"))
    for name in one:
        if name.startswith("items/"):
            newer = parsed(other[name])
            etree.strip_tags(newer, "{*}qti-content-body")
            found = [
                (
                    _older(etree.QName(e).localname),
                    {_older(k): v for k, v in e.attrib.items() if k != "dir"},
                    e.text,
                )
                for e in newer.iter("{*}*")
            ]
            older = [
                (etree.QName(e).localname, dict(e.attrib), e.text) for e in parsed(one[name]).iter("{*}*")
            ]
            assert found[1:] == older[1:], name


def test_a_free_answer_is_for_a_person_to_score() -> None:
    item = by_uid("full.free")
    root = member(whole(), item)
    (rubric,) = root.iter(f"{_SPACE}rubricBlock")
    assert "candidate" not in rubric.get("view", "")
    text = "".join(rubric.itertext())
    assert "Un relais et une file." in text
    assert "Nommer le relais" in text
    assert not [e for e in root.iter(f"{_SPACE}setOutcomeValue") if e.get("identifier") == "SCORE"]
    assert "Un relais" not in "".join(
        word for e in root.iter(f"{_SPACE}p") if e.getparent() is not rubric for word in e.itertext()
    )


def test_a_diagram_is_a_file_with_words() -> None:
    item = by_uid("full.label")
    files = package("qti21", whole())
    (image,) = member(whole(), item).iter(f"{_SPACE}img")
    drawn = files[image.get("src", "").removeprefix("../")]
    assert parsed(drawn).tag == "{http://www.w3.org/2000/svg}svg"
    assert b"var(--" not in drawn
    assert "Le trajet complet" in image.get("alt", "")


def test_hostile_texts_are_texts() -> None:
    for name, content in package("qti21", hostile()).items():
        if name.endswith(".xml"):
            tags = {etree.QName(element).localname for element in parsed(content).iter("{*}*")}
            assert not tags & {"script", "iframe", "object", "style"}, name
