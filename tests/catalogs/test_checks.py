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
    found = check("en.po", COURSE, TEMPLATE, [message, *others])
    assert [f"{fault.severity} {fault.code}: {fault.message}" for fault in found] == case.get("faults", [])


def test_the_source_itself_has_no_fault() -> None:
    same = [Message(message.context, message.msgid, message.msgid) for message in TEMPLATE]
    assert list(check("fr.po", COURSE, TEMPLATE, same)) == []


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
