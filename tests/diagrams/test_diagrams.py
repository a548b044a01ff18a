"""Diagrams: what they tell, what is wrong with them, and laws that hold for any text."""

from __future__ import annotations

import re
from itertools import combinations
from typing import Any

import pytest
from diagram_cases import CASES, SOUND, build, longer, with_texts
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from generator.diagrams.base import Drawn
from generator.diagrams.metrics import width, wrap
from generator.diagrams.scene import Box, Icon, Line, Rect, Scene, Words
from generator.diagrams.wording import Wording
from generator.labels import DIAGRAMS as WORDS

KINDS = pytest.mark.parametrize("diagram", SOUND, ids=lambda diagram: diagram.name)
TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=60
).filter(str.strip)
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case: dict[str, Any]) -> None:
    diagram = build(case)
    assert [where for where, _ in diagram.problems()] == case.get("problems", [])
    if "steps" in case:
        told = [re.sub("[\u00a0\u202f]", " ", step) for step in diagram.steps("fr", WORDS)]
        assert told == case["steps"]
        assert list(diagram.parts()) == case["parts"]


def scene(diagram: Drawn, locale: str = "fr") -> Scene:
    return diagram.scene(Wording(locale, WORDS))


def assert_contained(drawing: Scene) -> None:
    sheet = Box(0, 0, drawing.width, drawing.height)
    words = [shape for shape in drawing.flat() if isinstance(shape, Words)]
    for shape in drawing.flat():
        if isinstance(shape, Words):
            assert shape.box.holds(shape.extent), (shape.para, shape.box, shape.extent)
            assert sheet.holds(shape.extent), shape
        elif isinstance(shape, Rect):
            assert sheet.holds(shape.box, slack=4), shape
        elif isinstance(shape, Line):
            assert all(sheet.holds(Box(x, y, 0, 0), slack=2) for x, y in shape.points), shape
        elif isinstance(shape, Icon):
            assert sheet.holds(Box(shape.at[0] - 11, shape.at[1] - 11, 22, 22), slack=2), shape
    for one, other in combinations([shape.extent for shape in words], 2):
        apart = one.right <= other.x + 1 or other.right <= one.x + 1
        assert apart or one.bottom <= other.y + 1 or other.bottom <= one.y + 1, (one, other)


@KINDS
def test_words_stay_in_their_boxes_in_any_length(diagram: Drawn) -> None:
    assert_contained(scene(diagram))
    assert_contained(scene(with_texts(diagram, longer)))
    assert_contained(scene(with_texts(diagram, lambda text: longer(text * 4))))


@KINDS
@settings(max_examples=40)
@given(texts=st.lists(TEXTS, min_size=1, max_size=6))
def test_words_stay_in_their_boxes_whatever_they_are(diagram: Drawn, texts: list[str]) -> None:
    assert_contained(scene(with_texts(diagram, lambda text: texts[len(text) % len(texts)])))


@given(text=TEXTS, limit=st.integers(24, 300), style=st.sampled_from(["regular", "bold", "code"]))
def test_wrapping_loses_nothing_and_fits(text: str, limit: int, style: str) -> None:
    lines = wrap(text, limit, style)
    # Only the spaces where lines may break can go.
    assert re.sub("[ \t\n\u200b\u3000]", "", "".join(lines)) == re.sub(
        "[ \t\n\u200b\u3000]", "", text.strip()
    )
    assert all(width(line, style) <= limit or len(line) < 60 for line in lines)


def test_east_asian_text_breaks_between_characters_but_not_before_a_stop() -> None:
    lines = wrap("メールは届きます。次へ", 14 * 9)
    assert lines[0] == "メールは届きます。"
    assert wrap("接続型とコネクションレス型", 14 * 9) == ("接続型と", "コネクションレス型")


@KINDS
def test_svg_is_well_formed_small_and_named(diagram: Drawn) -> None:
    drawn = diagram.svg("fr", WORDS, prefix="page-d")
    root = etree.fromstring(drawn)
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    names = [root.find(f".//*[@id='{name}']") for name in root.get("aria-labelledby", "").split()]
    assert [name is not None and name.text for name in names] == [
        str(diagram.title),
        str(diagram.description),
    ]
    assert {node.get("id") for node in root.iter() if node.get("id")} == {"page-d-title", "page-d-desc"}
    assert len(drawn) < 10_000
    assert diagram.svg("fr", WORDS, prefix="page-d") == drawn
    assert not re.search(r"#[0-9a-f]{3}|rgb|style=", drawn)


@KINDS
def test_texts_are_inert(diagram: Drawn) -> None:
    hostile = '<script>alert("&")</script>'
    root = etree.fromstring(with_texts(diagram, lambda text: hostile).svg("fr", WORDS, prefix='"><script>'))
    assert not root.findall(f".//{SVG}script")
    assert root.findtext(f"{SVG}title") == hostile.replace("'", "’")


@KINDS
def test_mirrored_drawing_has_the_same_size(diagram: Drawn) -> None:
    french, arabic, again = (etree.fromstring(diagram.svg(locale, WORDS)) for locale in ("en", "ar", "ar_EG"))
    assert french.get("viewBox") == arabic.get("viewBox")
    words = [
        [float(t.get("x", 0)) for t in root.iter(f"{SVG}text", f"{SVG}tspan")] for root in (french, arabic)
    ]
    assert words[0] != words[1]
    assert again.get("lang") == "ar-EG"


@KINDS
def test_marks_hide_the_texts_of_their_parts(diagram: Drawn) -> None:
    secret = with_texts(diagram, lambda text: "secret")
    marks = {part: f"#{number}" for number, part in enumerate(diagram.parts(), start=1)}
    drawn = secret.svg("fr", WORDS, marks)
    root = etree.fromstring(drawn)
    for part, mark in marks.items():
        group = root.find(f".//*[@data-part='{part}']")
        assert group is not None
        assert mark in "".join(group.itertext())
    assert all(mark in "".join(secret.steps("fr", WORDS, marks)) for mark in marks.values())


def test_tubes_never_join_the_two_ends() -> None:
    path = next(diagram for diagram in SOUND if diagram.name == "path")
    drawing = scene(path)
    boxes = [shape.box for shape in drawing.flat() if isinstance(shape, Rect) and shape.look == "fi-d-box"]
    tubes = [shape.box for shape in drawing.flat() if isinstance(shape, Rect) and "fi-d-tube" in shape.look]
    assert len(boxes) == 3
    assert tubes
    assert all(tube.h < boxes[-1].y - boxes[0].bottom for tube in tubes)
    assert all(not (tube.y < box.y and tube.bottom > box.bottom) for tube in tubes for box in boxes)
