"""Diagrams in a real browser, on a phone: in both directions and both schemes, no word leaves its box."""

from __future__ import annotations

from typing import Any

import pytest
from browsers import PROBE
from diagram_cases import SOUND, longer, with_texts

from generator import player
from generator.labels import DIAGRAMS as WORDS

pytestmark = pytest.mark.browser
ARABIC = "يحتفظ الخادم بالرسالة حتى يقبلها الخادم التالي ثم يسلمها إلى صندوق المستلم"


def page(locale: str, scheme: str, *, long: bool) -> str:
    assets = player.assets()
    css = "".join(assets[name].decode() for name in ("tokens.css", "diagrams.css"))
    diagrams = SOUND
    if locale == "ar":
        diagrams = [with_texts(diagram, lambda text: ARABIC[: len(text)], "ar") for diagram in diagrams]
    if long:
        diagrams = [with_texts(diagram, longer, locale) for diagram in diagrams]
    drawn = "".join(
        f'<div class="fi-diagram">{diagram.svg(locale, WORDS, prefix=f"d{number}")}</div>'
        for number, diagram in enumerate(diagrams)
    )
    direction = "rtl" if locale == "ar" else "ltr"
    head = f'<!doctype html><html lang="{locale}" dir="{direction}"><style>{css}body{{margin:16px}}</style>'
    return f'{head}<body data-md-color-scheme="{scheme}">{drawn}'


@pytest.mark.parametrize("long", [False, True], ids=["plain", "longer"])
@pytest.mark.parametrize("scheme", ["default", "slate"])
@pytest.mark.parametrize("locale", ["fr", "ar"])
def test_no_word_leaves_its_place_on_a_phone(browser: Any, locale: str, scheme: str, long: bool) -> None:
    tab = browser.new_page(viewport={"width": 360, "height": 740})
    tab.set_content(page(locale, scheme, long=long))
    assert tab.evaluate(PROBE) == []
    tab.close()


@pytest.mark.parametrize("scheme", ["default", "slate"])
def test_colours_stand_out_from_the_paper(browser: Any, scheme: str) -> None:
    tab = browser.new_page()
    tab.set_content(page("fr", scheme, long=False))
    tokens = tab.evaluate(
        """() => Object.fromEntries('app transport network queue lost done ink line paper'.split(' ')
          .map((name) => [name, getComputedStyle(document.body).getPropertyValue('--fi-' + name).trim()]))"""
    )
    tab.close()
    paper = _luminance(tokens.pop("paper"))
    for name, colour in tokens.items():
        high, low = sorted((_luminance(colour), paper), reverse=True)
        least = 3 if name == "line" else 4.5
        assert (high + 0.05) / (low + 0.05) >= least, name


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
