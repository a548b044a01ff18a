"""The HTML of a quiz: every interaction, nothing but data between its words, answers that need no script."""

from __future__ import annotations

import gzip
import json
import re
import sys
from pathlib import Path
from typing import Any

import lxml.html
import pytest

sys.path.insert(0, str(Path(__file__).parent))
import quiz_samples as samples

from generator import player
from generator.scoring import key, machine

FIELDS = "self::input or self::select or self::textarea"


def parse(html: str) -> lxml.html.HtmlElement:
    return lxml.html.fragment_fromstring(html)


@pytest.mark.parametrize("name", samples.INTERACTIONS)
def test_each_interaction_renders(name: str) -> None:
    quiz = parse(samples.quiz(name))
    (form,) = quiz.xpath(".//form[@data-item]")
    assert form.get("data-item") == f"relay.{name}"
    assert form.xpath("./fieldset/legend")
    for field in form.xpath(f".//*[{FIELDS}]"):
        assert field.get("aria-label") or field.xpath("ancestor::label"), "a field without a name"
    assert form.xpath("./details[@data-answer]/summary")


def test_ids_are_unique() -> None:
    ids = parse(samples.quiz()).xpath("//@id")
    assert len(ids) == len(set(ids))


def test_every_word_is_a_text() -> None:
    quiz = parse(samples.quiz(left="⟦", right="⟧"))
    for script in quiz.xpath(".//script"):
        script.drop_tree()
    for code in quiz.xpath(".//code"):
        code.drop_tree()
    attributes = quiz.xpath(".//@aria-label | .//@title | .//@alt | .//@placeholder")
    for shown in (*attributes, "".join(quiz.itertext())):
        words = shown
        while "⟦" in words:
            words = re.sub("⟦[^⟦⟧]*⟧", "", words)
        assert not re.search(r"[^\W\d]", words), words


def test_hostile_text_stays_text() -> None:
    more = {"explanation": samples.HOSTILE, "hints": ({"id": "h", "text": samples.HOSTILE},)}
    item = samples.item("text", prompt=samples.HOSTILE, **more)
    typed = item.interaction.model_copy(
        update={
            "answers": (
                item.interaction.answers[0].model_copy(update={"text": samples.Text(samples.HOSTILE)}),
            )
        }
    )
    item = item.model_copy(update={"interaction": typed})
    html = str(samples.render_quiz(samples.concept((item,)), (item,), samples.view()))
    quiz = parse(html)
    assert not quiz.xpath(".//img")
    assert samples.HOSTILE in quiz.xpath("string(.//form[@data-item]//legend)")
    (script,) = quiz.xpath(".//script")
    assert not set("<>&") & set(script.text)
    assert json.loads(script.text)["items"] == [machine(item)]


def test_no_handler_and_no_inline_style() -> None:
    quiz = parse(samples.quiz())
    assert not quiz.xpath(".//@style | .//style | .//@*[starts-with(name(), 'on')]")
    assert [script.get("type") for script in quiz.xpath(".//script")] == ["application/json"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (
            "single",
            ["Juste Il attend dans une file. Oui, il sera réessayé.", "Erreur Il est perdu.", "idée reçue"],
        ),
        (
            "several",
            ["Juste Le serveur garde une copie.", "Erreur Il appelle Bob au téléphone. Personne n’appelle."],
        ),
        ("pairs", ["Client de messagerie → MUA Il parle à Alice."]),
        ("grid", ["TCP relie Alice à Bob. → Faux"]),
        ("order", ["EHLO MAIL FROM RCPT TO DATA"]),
        ("text", ["Juste File d’attente C’est le mot.", "Erreur boîte La boîte est au bout du chemin."]),
        ("numeric", ["1,5, à 0,1 près s Bien compté."]),
        ("gap", ["Un service sans connexion qui sait garder le message.", "Regardez mieux."]),
        ("free", ["Le message attend en file, saut par saut.", "Parle de file."]),
    ],
)
def test_the_answer_can_be_read_without_a_script(name: str, words: list[str]) -> None:
    (answer,) = parse(samples.quiz(name)).xpath(".//details[@data-answer]")
    shown = " ".join(answer.text_content().split())
    for expected in (*words, f"Explication Parce que ({name})."):
        assert expected in shown
    assert not answer.xpath("ancestor-or-self::*[@hidden]")


def test_consecutive_items_share_their_stimulus() -> None:
    quiz = parse(samples.quiz("single", "several", "text"))
    groups = quiz.xpath(".//div[@class='fi-group']")
    assert [len(group.xpath("./form")) for group in groups] == [2, 1]
    assert [len(group.xpath("./div[@class='fi-stimulus']")) for group in groups] == [1, 0]
    assert groups[0].xpath("string(.//pre)") == "250 <OK> & fin"


def test_entries_and_targets_are_not_shown_in_the_right_order() -> None:
    quiz = parse(samples.quiz("order", "pairs"))
    assert quiz.xpath(".//ol[@data-order]/li/@data-element") != samples.KEYS["order"]
    assert quiz.xpath(".//select[@name='m1']/option/@value") != ["", "mua", "mta", "mda"]
    assert samples.quiz() == samples.quiz()


def test_labels_are_marked_on_their_diagram() -> None:
    (drawing,) = parse(samples.quiz("labels")).xpath(".//svg")
    assert drawing.get("data-diagram") == "relay"
    assert drawing.get("data-marks") == "[('l1', '1'), ('l2', '2')]"


def test_right_means_right_on_the_page_and_in_scoring() -> None:
    wanted: dict[str, Any] = {name: key(samples.item(name)) for name in samples.INTERACTIONS}
    assert wanted["order"] == samples.KEYS["order"]
    assert wanted["grid"] == samples.KEYS["grid"]


def imported(name: str, found: set[str]) -> set[str]:
    """Return `name` and the modules that it cannot start without."""
    if name not in found:
        found.add(name)
        for other in re.findall(
            r'^import .* from "\./(.*)";$', player.assets()[f"quiz/{name}"].decode(), re.M
        ):
            imported(other, found)
    return found


def test_the_player_is_small() -> None:
    sizes = {name: len(gzip.compress(content)) for name, content in player.assets().items()}
    start = {"quiz.css"} | {f"quiz/{name}" for name in imported("fiches-quiz.mjs", set())}
    assert {"quiz/question.mjs", "quiz/scoring.mjs", "quiz/store.mjs"} < start
    assert sum(size for name, size in sizes.items() if name in start) <= 12_000
    wanted = [size for name, size in sizes.items() if name.startswith("quiz/") and name not in start]
    assert len(wanted) > 3
    assert sum(wanted) <= 12_000
