from __future__ import annotations

import csv
import io
import re

import pytest
from exporter_support import HOSTILE, rewritten, whole

from generator.exporters.formats.csv_ import EXPORTER, cell
from generator.exporters.losses import run
from generator.exporters.presenting import letter
from generator.exporters.quiz import Quiz


def raw(quiz: Quiz) -> bytes:
    return run(EXPORTER, quiz).files[f"{quiz.stem}.csv"]


def rows(quiz: Quiz) -> dict[str, dict[str, str]]:
    """Return the rows by uid, under the French headings."""
    reader = csv.DictReader(
        io.StringIO(raw(quiz).decode("utf-8-sig"), newline=""), delimiter=";", strict=True
    )
    return {row["Identifiant"].removeprefix("demo.").removesuffix(".fr"): row for row in reader}


def test_one_row_for_each_item() -> None:
    assert list(rows(whole())) == [item.uid for item in whole().items]


def test_bytes() -> None:
    content = raw(whole())
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b"\r\n")
    assert content.count(b"\r") == len(whole().items) + 1
    assert not re.search("[\x00-\x09\x0b\x0c\x0e-\x1f]", content.decode())


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+33", "'+33"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "' =1"),
        ("\r=1", "'=1"),
        ("\n=1", "'\n=1"),
        ("  =1", "'  =1"),
        ("\u200b=1", "'\u200b=1"),
        ("＝1+1", "'＝1+1"),
        ("\x00=1", "'=1"),
        ("1=1", "1=1"),
        ("a;b\"c'", "a;b\"c'"),
        ("", ""),
    ],
)
def test_formulas_are_inert(given: str, written: str) -> None:
    assert cell(given) == written


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", HOSTILE])
def test_no_cell_starts_a_formula(start: str) -> None:
    quiz = rewritten(whole(), lambda value: start + value)
    for row in csv.reader(io.StringIO(raw(quiz).decode("utf-8-sig"), newline=""), delimiter=";"):
        assert not [value for value in row if value[:1] and value[0] in "=+-@\t\r"]


@pytest.mark.parametrize(
    ("uid", "choices", "key", "feedback"),
    [
        (
            "full.single",
            "A. =1+1 est accepté\nB. C’est en partie vrai\nC. C’est refusé",
            "A\nB (50 %)",
            "A. Oui, accepté.\nB. -2 points seulement.\nC. Non : un relais s’intercale.",
        ),
        ("full.strict", "A. Premier\nB. Deuxième\nC. Troisième", "A\nB", "A. Juste pour a.\nC. Faux pour c."),
        (
            "full.cloze",
            "1.A. sans-fil\n1.B. avec-fil",
            "1.A\n1.B (25 %)\n2. numérote",
            "1.A. Bien vu.\n1.B. Presque vu.\n2. perd : Il les renvoie.",
        ),
        ("full.short", "", "numéro français\nnuméro (50 %)", "numéro : De quel pays ?"),
        ("full.numeric", "", "4,5 jours, à 0,5 près", "'-1 jours : Un temps n’est pas négatif."),
        ("full.free", "Nommer le relais (2)\nNommer la file (1)", "Un relais et une file.", ""),
    ],
)
def test_answers(uid: str, choices: str, key: str, feedback: str) -> None:
    row = rows(whole())[uid]
    found = (row["Choix, éléments ou critères"], row["Bonne réponse"], row["Commentaires"])
    assert tuple(re.sub("[\xa0\u202f]", " ", value) for value in found) == (choices, key, feedback)


def test_a_match_and_an_order_can_be_solved_from_their_key() -> None:
    made = rows(whole())
    listed = dict(
        line.split(". ", 1) for line in made["full.categorise"]["Choix, éléments ou critères"].split("\n")
    )
    pairs = [line.split(" → ") for line in made["full.categorise"]["Bonne réponse"].split("\n")]
    assert {listed[source]: listed[target] for source, target in pairs} == {
        "SMTP": "Courrier", "IMAP": "Courrier", "IP": "Réseaux", "ARP": "Réseaux",
    }  # fmt: skip
    listed = dict(
        line.split(". ", 1) for line in made["full.order"]["Choix, éléments ou critères"].split("\n")
    )
    order = made["full.order"]["Bonne réponse"].split(" → ")
    assert [listed[mark] for mark in order] == ["Recevoir", "Écrire", "Répondre", "Transmettre"]
    assert order != sorted(order)


def test_letters() -> None:
    assert [letter(place) for place in (0, 25, 26, 51, 52, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
    ]
