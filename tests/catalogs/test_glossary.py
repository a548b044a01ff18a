from __future__ import annotations

import pytest
from helpers import small_course

from generator.catalogs.glossary import Glossary, astray, forms, uses
from generator.text import Text

BASE = small_course().terms[0]
SOURCES = ["connexion", "sans connexion", "file d’attente", "relais", "SMTP", "segment TCP", "réseau local"]
TERMS = {f"t{n}": BASE.model_copy(update={"id": f"t{n}", "term": Text(word, f"c{n}"), "also": None}) for n, word in enumerate(SOURCES)}  # fmt: skip
GLOSSARY = Glossary(tuple(TERMS.values()))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Deux connexions, puis une Connexion.", ["connexion"]),
        ("Un service sans connexion ouvre une connexion.", ["sans connexion", "connexion"]),
        ("Les files d’attente du relais.", ["file d’attente", "relais"]),
        ("smtp, mais pas SMTPS", []),
        ("SMTP : un segment TCP", ["SMTP", "segment TCP"]),
        ("`SMTP` {relais} [ici](term:relais) [^relais] ++SMTP++", []),
        ("[un relais](term:relay)", ["relais"]),
        ("déconnexion", []),
        ("", []),
    ],
)
def test_terms_are_found_in_a_text(text: str, found: list[str]) -> None:
    assert [TERMS[name].term.value for name in GLOSSARY.find(text)] == found


@pytest.mark.parametrize(
    ("text", "form", "used"),
    [
        ("Las colas esperan", "cola", True),
        ("Las filas esperan", "cola", False),
        ("sin conexiones", "conexión", True),
        ("flujos de octetos", "flujo de octetos", True),
        ("flujos", "flujo de octetos", False),
        ("надійного каналу", "надійний канал", True),
        ("الاتصالات", "اتصال", True),
        ("والخادمُ", "خادم", True),
        ("خوادم", "خادم", False),
        ("データグラムを送る", "データグラム", True),
        ("メッセージを送る", "データグラム", False),
        ("end to end", "end-to-end", True),
    ],
)
def test_a_translation_uses_a_term_in_any_form(text: str, form: str, used: bool) -> None:
    assert uses(text, forms(form)) == used


def test_forms_are_the_term_its_other_names_and_those_allowed() -> None:
    assert forms("buzón", "almacén, MS", ["casilla"]) == ("buzón", "almacén", "MS", "casilla")


@pytest.mark.parametrize(
    ("source", "found", "allowed", "wrong"),
    [
        ("Un [relais](term:t3).", "Un [relevo](term:t3).", {}, []),
        ("Un [relais](term:t3).", "Un [salto](term:t3).", {}, ["t3"]),
        ("Un [relais](term:t3).", "Un [salto](term:t3).", {"t3": ["salto"]}, []),
        ("Un [autre](term:t3).", "Un [salto](term:t3).", {}, []),
        ("Un relais.", "Un salto.", {}, []),
        ("Un relais.", "Un salto.", {"t3": []}, ["t3"]),
        ("Un relais.", "Los relevos.", {"t3": []}, []),
        ("Par SMTP.", "Por correo.", {"t4": []}, []),
        ("Une connexion.", "Nada.", {"t0": []}, []),
    ],
)
def test_a_term_astray(source: str, found: str, allowed: dict[str, list[str]], wrong: list[str]) -> None:
    catalog = {"c3": "relevo", "c4": "SMTP"}
    faults = astray(TERMS, GLOSSARY.find(source), (source, found), catalog, allowed)
    assert [name for name, _ in faults] == wrong
