"""Translations that break something, and what is said about them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from helpers import small_course, write_course

from generator import pipeline
from generator.catalogs import po
from generator.catalogs.checks import check
from generator.catalogs.messages import Message, messages
from generator.catalogs.style import names, slips, tags

CASES = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text("utf-8"))
COURSE = small_course()
TEMPLATE = messages(COURSE)
SOURCE = {message.context: message.msgid for message in TEMPLATE}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_case(case: dict[str, Any]) -> None:
    context = case["context"]
    message = Message(
        context, case.get("msgid") or SOURCE[context], case["msgstr"], fuzzy=case.get("fuzzy", False)
    )
    others = [Message(name, SOURCE[name], msgstr) for name, msgstr in case.get("also", {}).items()]
    terms = {name: tuple(forms) for name, forms in case.get("terms", {}).items()}
    found = check("en.po", COURSE, TEMPLATE, [message, *others], case.get("locale", ""), terms)
    assert [f"{fault.severity} {fault.code}: {fault.message}" for fault in found] == case.get("faults", [])


def test_the_source_itself_has_no_fault() -> None:
    same = [Message(message.context, message.msgid, message.msgid) for message in TEMPLATE]
    assert list(check("fr.po", COURSE, TEMPLATE, same)) == []
    assert {fault.code for fault in check("fr.po", COURSE, TEMPLATE, same, "fr")} == {"po-same"}


def test_faults_stand_in_the_catalog(tmp_path: Path) -> None:
    changed = [
        Message(m.context, m.msgid, "x {y}" if m.context == "concepts/second/title" else "") for m in TEMPLATE
    ]
    data = po.dump(changed, "fr", "en")
    project = write_course(tmp_path, {"locales/en/LC_MESSAGES/fiches.po": data})
    line = data.decode().split("\n").index('msgstr "x {y}"') + 1
    assert [str(fault) for fault in pipeline.inspect_catalogs(project, COURSE)] == [
        f"locales/en/LC_MESSAGES/fiches.po:{line}:1: this translation adds {{y}} [po-placeholder]\n"
        '    msgstr "x {y}"\n    ^\n    keep what the source has, as often as it has it'
    ]


def test_what_is_no_catalog_is_located(tmp_path: Path) -> None:
    files = {
        "locales/en/LC_MESSAGES/fiches.po": 'msgid ""\nmsgstr ""\n\nmsgid "a\nmsgstr "b"\nnonsense\n',
        "locales/ar/LC_MESSAGES/fiches.po": b"msgid \xff",
    }
    found = pipeline.inspect_catalogs(write_course(tmp_path, files), COURSE)
    places = [f"{fault.at} {fault.code}" for fault in found]
    assert places == [
        "locales/ar/LC_MESSAGES/fiches.po:1:1 po-unreadable",
        "locales/en/LC_MESSAGES/fiches.po:4:1 po-syntax",
        "locales/en/LC_MESSAGES/fiches.po:6:1 po-syntax",
    ]


def test_a_context_translated_twice(tmp_path: Path) -> None:
    twice = [Message("concepts/first/title", SOURCE["concepts/first/title"], text) for text in ("One", "Two")]
    project = write_course(tmp_path, {"locales/en/LC_MESSAGES/fiches.po": po.dump(twice, "fr", "en")})
    assert [fault.code for fault in pipeline.inspect_catalogs(project, COURSE)] == ["po-duplicate"]


@pytest.mark.parametrize(
    ("source", "found", "language", "codes"),
    [
        ("Il y a 29 001 octets.", "There are 29,001 bytes.", "en", []),
        ("Il y a 29 001 octets.", "هناك ٢٩٬٠٠١ بايت.", "ar", []),
        ("Il y a 1,5 s.", "It takes 1.5 s.", "en", []),
        ("Il y a 250 octets.", "There are 205 bytes.", "en", ["po-number"]),
        ("Deux, ou 2.", "Two.", "en", []),
        ("Avec mx1 et {t1-size}.", "With it and {t1-size}.", "en", []),
        ("SMTP et POP3.", "SMTP and POP.", "en", ["po-name"]),
        ("SMTPとPOP3。", "SMTPとPOP3。", "ja", []),
        ("SANS SMTP", "WITHOUT SMTP", "en", []),
        ("Le port 25 !", "El puerto 25.", "es", ["po-end"]),
        ("Le port 25 ?", "المنفذ 25؟", "ar", []),
        ("Le port 25 ?", "المنفذ 25?", "ar", ["po-sign"]),
        ("Le port.", "ポート。", "ja", []),
        ("Le port ?", "ポートか", "ja", []),
        ("Le port ?", "Το port;", "el", []),
        ("Le port ?", "El puerto?", "es", ["po-sign"]),
        ("Le port ?", "¿El puerto?", "es", []),
        ("Le port ?", "Der Port ?", "de", ["po-spacing"]),
        ("Le port ?", "Lo pòrt ?", "oc", []),
        ("« Le port »", "« the port »", "en", ["po-quote", "po-spacing"]),
        ("« Le port »", "“the port”", "en", []),
        ("« Le port »", '"the port"', "en", ["po-quote"]),
        ("« Le port »", "„der Port“", "de", []),
        ("Le courriel", 'דוא"ל', "he", []),
        ("Le port attend.", "พอร์ตรออยู่", "th", []),
        ("Est-ce le port ?", "พอร์ตไหม.", "th", ["po-end"]),
        ("« Le port »", "「連接埠」", "zh", []),
        ("Demandez s’il attend.", "Wartet es? Fragen Sie?", "de", []),
        ("« Le port »", "“puerto”", "es", ["po-quote"]),
        ("Dit « le port ».", "«dice “puerto”».", "es", []),
        ("« Le port »", "« lo pòrt »", "oc", []),
        ("Le port [^c1] : oui", "The port [^c1]: yes", "en", []),
        ("Alice et Bob", "Alice et Bob", "en", []),
        ("Le message attend.", "Le message attend.", "en", ["po-same"]),
        ("mx1.exemple.example", "mx1.exemple.example", "en", []),
        ("[le relais](term:relay) `DATA` 25.", "[the relay](term:relay) `DATA` 25.", "en", []),
    ],
)
def test_what_a_careful_reader_would_mend(source: str, found: str, language: str, codes: list[str]) -> None:
    known = names(["SMTP et POP3 vont sans rien.", "SANS rien"])
    assert "SANS" not in known
    assert [code for code, _, _ in slips(source, found, language, names=known)] == codes


def test_what_is_too_long_for_its_place() -> None:
    assert [slip[0] for slip in slips("oui", "a" * 22, "en", limit=21)] == ["po-long"]
    assert list(slips("oui", "あ" * 10, "ja", limit=21)) == []
    assert [slip[0] for slip in slips("oui", "あ" * 11, "ja", limit=21)] == ["po-long"]


@pytest.mark.parametrize(
    ("found", "added"),
    [
        ("the <b>port</b>", ["<b>", "</b>"]),
        ("<script>", ["<script>"]),
        ("<!-- x", ["<!--"]),
        ("1 < 2 and 3 > 2", []),
        ("`<alice@depart.example>` <3", []),
        ("<br>", []),
    ],
)
def test_html_is_refused(found: str, added: list[str]) -> None:
    assert tags("le <br>" if found == "<br>" else "le port", found) == added


def test_a_list_of_terms_is_read_and_its_slips_located(tmp_path: Path) -> None:
    files = {
        "locales/en/LC_MESSAGES/fiches.po": po.dump(
            [
                Message("terms/relay/term", "relais", "relay"),
                Message("concepts/first/title", SOURCE["concepts/first/title"], "A"),
            ],
            "fr",
            "en",
        ),
        "locales/en/glossary.yaml": "relay: [hop]\nrelais: x\nother: {a: b}\n",
    }
    found = pipeline.inspect_catalogs(write_course(tmp_path, files), COURSE)
    assert [f"{fault.at} {fault.code} {fault.hint}" for fault in found] == [
        "locales/en/glossary.yaml:2:1 po-glossary did you mean “relay”?",
        "locales/en/glossary.yaml:3:1 po-glossary expected one of: relay",
        "locales/en/glossary.yaml:3:8 po-glossary write a word",
    ]


@pytest.mark.parametrize("text", ["[relay]", "", "relay: [", "\x07", "relay: a\n---\nx: y"])
def test_what_is_no_list_of_terms_is_located(text: str, tmp_path: Path) -> None:
    files = {
        "locales/en/LC_MESSAGES/fiches.po": po.dump([], "fr", "en"),
        "locales/en/glossary.yaml": text,
    }
    found = pipeline.inspect_catalogs(write_course(tmp_path, files), COURSE)
    assert found
    assert all(fault.at.path == "locales/en/glossary.yaml" for fault in found)


def test_a_header_of_another_language_is_told(tmp_path: Path) -> None:
    data = po.dump([], "fr", "ja").decode().replace("Language: ja", "Language: en")
    files = {
        "locales/uk/LC_MESSAGES/fiches.po": data,
        "locales/es/LC_MESSAGES/fiches.po": po.dump([], "fr", "es")
        .decode()
        .replace(
            "nplurals=2; plural=(n != 1)",
            "nplurals=3; plural=(n == 1 ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2)",
        ),
        "locales/pt_BR/LC_MESSAGES/fiches.po": po.dump([], "fr", "pt_BR").decode().replace("pt_BR", "pt-BR"),
    }
    found = pipeline.inspect_catalogs(write_course(tmp_path, files), COURSE)
    assert [f"{fault.severity} {fault.code}: {fault.message}" for fault in found] == [
        "warning po-header: the header’s Language is “en”",
        "warning po-header: the header’s Plural-Forms is “nplurals=1; plural=0;”",
    ]
