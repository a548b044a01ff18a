from __future__ import annotations

from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest
from importer_support import faults_of, loaded

from generator.importers import convert
from generator.importers.base import MAX_BYTES, MAX_QUESTIONS

_PNG = b64encode(b"\x89PNG\r\n\x1a\n" + bytes(16)).decode()


def question(kind: str, inside: str, name: str = "q", text: str = "Q ?") -> str:
    return (
        f'<question type="{kind}">\n<name><text>{name}</text></name>\n'
        f'<questiontext format="html"><text><![CDATA[<p>{text}</p>]]></text></questiontext>\n{inside}</question>\n'
    )


def answer(share: str, text: str, inside: str = "") -> str:
    return f'<answer fraction="{share}" format="html"><text>{text}</text>{inside}</answer>\n'


def file(*questions: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n{"".join(questions)}</quiz>\n'.encode()


def read(*questions: str) -> dict[str, Any]:
    made = convert("a.xml", file(*questions))
    loaded(made)
    return {name: dict(item) for name, item in made.items.items()}


def losses(*questions: str) -> list[str]:
    made = convert("a.xml", file(*questions))
    loaded(made)
    return [str(loss).partition(": ")[2] for loss in made.losses]


def test_ordering() -> None:
    made = read(question("ordering", answer("2.0", "deux") + answer("1.0", "un") + answer("3.0", "trois")))
    assert made["q"]["entries"] == {"e1": "un", "e2": "deux", "e3": "trois"}


def test_numerical() -> None:
    inside = (
        answer("100", "3.5", "<tolerance>0.5</tolerance>")
        + answer("0", "*", "<feedback><text>non</text></feedback>")
        + "<units><unit><multiplier>1</multiplier><unit_name>km</unit_name></unit></units><defaultgrade>2.5</defaultgrade>"
    )
    made = read(question("numerical", inside))
    assert made["q"]["answers"] == {"a": {"value": 3.5, "tolerance": 0.5}}
    assert (made["q"]["unit"], made["q"]["points"]) == ("km", 2.5)
    assert losses(question("numerical", inside)) == [
        "q: feedback: what is said to any other number is left out"
    ]


def test_cloze() -> None:
    text = (
        "Un {1:MULTICHOICE:=chat#oui~%50%lion~chien#&lt;b&gt;non&lt;/b&gt;} et {2:SA:=deux\\}~%50%d&#101;u*}."
    )
    made = read(question("cloze", "", text=text))
    assert made["q"]["text"] == "Un {g1} et {g2}."
    assert made["q"]["gaps"]["g1"]["choices"] == {
        "a": {"text": "chat", "correct": True, "feedback": "oui"},
        "b": {"text": "lion", "credit": 0.5},
        "c": {"text": "chien", "feedback": "**non**"},
    }
    assert made["q"]["gaps"]["g2"]["accept"] == {"a": {"text": "deux}"}}


def test_hints_and_code() -> None:
    text = "Voici.</p><pre>  a &lt;\n  b</pre><p>Que fait <code>f()</code> ?"
    inside = (
        answer("100", "true") + answer("0", "false") + '<hint format="html"><text>Un indice</text></hint>'
    )
    made = convert("a.xml", file(question("truefalse", inside, text=text)))
    assert made.items["q"]["prompt"] == "Que fait `f()` ?"
    assert made.items["q"]["hints"] == {"h1": "Un indice"}
    assert made.stimuli["q"] == {"text": "Voici.", "code": "  a <\n  b"}
    assert loaded(made)["q"].stimulus == "q"


def test_thirds_are_thirds_again() -> None:
    inside = (
        "<single>false</single>"
        + "".join(answer("33.33333", name) for name in "abc")
        + answer("-33.33333", "d")
    )
    assert losses(question("multichoice", inside)) == []


def test_other_languages() -> None:
    text = '<span lang="fr" class="multilang">oui</span><span lang="en" class="multilang">yes <span>x</span></span> !'
    inside = answer("100", "true") + answer("0", "false")
    assert read(question("truefalse", inside, text=text))["q"]["prompt"] == "oui !"
    assert losses(question("truefalse", inside, text=text)) == [
        "q: question: the text in “en” cannot stand in a text"
    ]


@pytest.mark.parametrize(
    ("inside", "told"),
    [
        (
            f'<file name="a.png" encoding="base64">{_PNG}</file>',
            "image: “a.png” is left out: an item shows no image",
        ),
        ('<file name="a.exe" encoding="base64">TVqQAA==</file>', "image: “a.exe” is left out: it is no PNG"),
        ('<file name="a.svg" encoding="base64">PHN2Zy8+</file>', "image: “a.svg” is left out: an item shows"),
        (
            "<correctfeedback><text>Bravo</text></correctfeedback>",
            "correctfeedback: what is said to any answer",
        ),
        ("<defaultgrade>0</defaultgrade>", "points: 0 is not between"),
    ],
)
def test_losses(inside: str, told: str) -> None:
    found = losses(question("truefalse", answer("100", "true") + answer("0", "false") + inside))
    assert any(told in loss for loss in found), found


def test_unknown_types_are_told() -> None:
    found = losses(question("calculated", ""), question("description", "", name="d"))
    assert found == [
        "q: question: left out: a sheet has no question of the type “calculated”",
        "d: question: left out: a sheet has no question of the type “description”",
    ]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "a.xml:1:1: this is not XML: Document is empty"),
        (b"<quiz><question></quiz>", "a.xml:1:1: this is not XML: Opening and ending tag mismatch"),
        (b"<html></html>", "a.xml:1:1: this is no Moodle XML: it begins with <html>"),
        (b"<quiz>\x00</quiz>", "a.xml:1:1: this is not XML"),
        (b'<?xml version="1.0" encoding="UTF-8"?><quiz>\n\xe9</quiz>', "a.xml:2:1: this is not XML"),
        (b'<?xml version="1.0" encoding="klingon"?><quiz/>', "a.xml:1:1: this is not XML"),
        (b"<quiz>" + b"<a>" * 400, "a.xml:1:1: this is not XML"),
        (b"<!DOCTYPE quiz><quiz/>", "a.xml:1:1: a document type is not allowed here [xml-doctype]"),
        (b'<!DOCTYPE q SYSTEM "http://localhost:9/x.dtd"><quiz>&a;</quiz>', "a.xml:1:1: "),
        ('<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE quiz [<!ENTITY a "b">]><quiz>&a;</quiz>'.encode("utf-16"), "a.xml:1:1: a document type is not allowed"),
        (b"<quiz></quiz>", "a.xml:1:1: this file holds no question [import-empty]"),
        (b" " * (MAX_BYTES + 1), "a.xml:1:1: this file is larger than 20,000,000 bytes [import-size]"),
    ],
    ids=lambda value: str(value)[:40],
)  # fmt: skip
def test_bad_files(content: bytes, fault: str) -> None:
    (found,) = faults_of("a.xml", content)
    assert found.startswith(fault)


def test_billion_laughs() -> None:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    content = f'<!DOCTYPE quiz [<!ENTITY l0 "lol">{entities}]><quiz><question type="essay"><name>&l11;</name></question></quiz>'
    (found,) = faults_of("a.xml", content)
    assert found.startswith("a.xml:1:1: ")
    assert len(found) < 200


@pytest.mark.parametrize("sign", ["<", "<a ", "<!--", "&#", "<div>", "<b>x", "*", "[", "`a", "{1:MC:", "![["])
def test_long_texts_are_refused_at_once(sign: str) -> None:
    found = faults_of("a.xml", file(question("essay", "", text=sign * 100_000)))
    assert found == ["a.xml:3:1: a text of this question has more than 20,000 characters [import-long]"]


def test_no_file_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("hidden words")
    content = f'<!DOCTYPE quiz [<!ENTITY x SYSTEM "{secret.as_uri()}">]><quiz>{question("essay", "", name="&x;")}</quiz>'
    (found,) = faults_of("a.xml", content)
    assert "hidden" not in found
    include = f'<quiz xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="{secret.as_uri()}" parse="text"/>{question("essay", "")}</quiz>'
    assert "hidden" not in str(convert("a.xml", include.encode()))


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        (question("multichoice", answer("x", "a")), "the fraction “x” is no number [xml-fraction]"),
        (question("multichoice", answer("nan", "a") + answer("180", "b")), "the fraction nan is not between"),
        (question("numerical", answer("100", "douze")), "“douze” is no number [xml-number]"),
        (question("essay", "<defaultgrade>inf</defaultgrade>"), "“inf” is no number [xml-number]"),
        (question("truefalse", answer("100", "true")), "this question needs the answers “true” and “false”"),
        (question("shortanswer", ""), "this question has no answer [xml-answers]"),
        (question("matching", ""), "a matching needs two pairs or more [xml-match]"),
        (
            question("essay", '<file name="a" encoding="base64">%%%</file>'),
            "the embedded file “a” is not base64",
        ),
    ],
)
def test_faults(written: str, fault: str) -> None:
    found = faults_of("a.xml", file(written))
    assert fault in found[0]
    assert int(found[0].split(":")[1]) > 1


def test_too_many_questions() -> None:
    found = faults_of("a.xml", file(*[question("essay", "")] * (MAX_QUESTIONS + 1)))
    assert found == ["a.xml:1:1: this file holds more than 2,000 questions [import-size]"]
