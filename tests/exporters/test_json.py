from __future__ import annotations

import json
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import jsonschema
import pytest
from exporter_support import HOSTILE, rewritten, whole

from generator.exporters.formats.json_ import EXPORTER
from generator.exporters.kits.document import SCHEMA_FILE, schema
from generator.exporters.losses import run
from generator.scoring import judge


def document(quiz: Any = None) -> dict[str, Any]:
    quiz = quiz or whole()
    return json.loads(run(EXPORTER, quiz).files[f"{quiz.stem}.json"])


@pytest.mark.parametrize("texts", ["", HOSTILE, "⟦⟧"])
def test_a_document_is_valid(texts: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    made = document(rewritten(whole(), lambda value: texts + value))
    jsonschema.Draft202012Validator(schema()).validate(made)


def test_the_schema_refuses_what_it_does_not_know() -> None:
    made = document()
    made["items"][0]["colour"] = "red"
    with pytest.raises(jsonschema.ValidationError, match="colour"):
        jsonschema.validate(made, schema())


def test_the_schema_stands_beside_the_document_and_tells_every_field() -> None:
    files = run(EXPORTER, whole()).files
    assert json.loads(files[SCHEMA_FILE]) == schema()
    assert document()["$schema"] == SCHEMA_FILE
    assert schema()["$defs"]["Words"]["properties"]["html"]["description"]


def test_the_key_earns_everything() -> None:
    made = {entry["uid"]: entry for entry in document()["items"]}
    for item in whole().items:
        assert judge(item, made[item.uid]["key"]).score == 1, item.uid


def test_ids_keys_and_credits_do_not_depend_on_the_locale() -> None:
    other = whole("en")
    assert document(other)["locale"] == "en"
    assert [_bones(entry) for entry in document(other)["items"]] == [_bones(e) for e in document()["items"]]


def _bones(value: Any) -> Any:
    match value:
        case dict():
            words = {"html", "plain", "locale", "svg", "steps", "title", "label"}
            return {name: _bones(member) for name, member in value.items() if name not in words}
        case list():
            return [_bones(member) for member in value]
        case str():
            return value.removesuffix(".fr").removesuffix(".en")
    return value


def test_a_text_that_is_not_translated_says_so() -> None:
    title = document(whole("en"))["items"][0]["prompt"]
    assert title["locale"] == "fr"
    assert title["html"].startswith('<span lang="fr" dir="ltr">')


def test_html_holds_the_allowed_elements_only() -> None:
    allowed = {"em", "strong", "code", "kbd", "a", "sup", "span"}
    seen: list[str] = []
    parser = HTMLParser()
    parser.handle_starttag = lambda name, attrs: seen.append(name)  # type: ignore[method-assign]
    for html in _html(document(rewritten(whole(), lambda value: HOSTILE + value))):
        parser.feed(html)
    assert set(seen) <= allowed


def _html(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [value["html"]] if "html" in value else [h for member in value.values() for h in _html(member)]
    return [h for member in value for h in _html(member)] if isinstance(value, list) else []


@pytest.mark.parametrize(("url", "kept"), [("https://x.example/", True), ("javascript:alert(1)", False)])
def test_only_web_addresses_are_links(url: str, kept: bool) -> None:
    quiz = rewritten(whole(), lambda value: f"{value} [lien](source:rfc1)")
    sources = tuple(source.model_copy(update={"url": url}) for source in quiz.course.sources)
    course = quiz.course.model_copy(update={"sources": sources})
    course.__dict__.pop("source", None)
    content = str(document(replace(quiz, course=course)))
    assert (url in content) is kept


def test_categories_and_orders_do_not_tell_the_answer() -> None:
    made = {entry["uid"]: entry["interaction"] for entry in document()["items"]}
    members = [source["id"] for source in made["full.categorise"]["sources"]]
    assert members != ["smtp", "imap", "ip", "arp"]
    order = made["full.order"]
    assert order["shown"] != [entry["id"] for entry in order["entries"]]
    assert sorted(order["shown"]) == sorted(entry["id"] for entry in order["entries"])


def test_bytes() -> None:
    content = run(EXPORTER, whole()).files[f"{whole().stem}.json"]
    assert content.endswith(b"}\n")
    assert "complète".encode() in content
    assert b"\r" not in content
