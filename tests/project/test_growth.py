"""A page of a large course weighs what it weighs in a small one."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from helpers import small_course

from generator.labels import LABELS
from generator.model.course import Course
from generator.site.chrome import Chrome
from generator.site.pages import pages
from generator.site.view import Site

pytestmark = pytest.mark.slow
PART = 30  # concepts


def large(count: int) -> Course:
    """Return a course of `count` concepts, in parts of thirty, each a copy of the same one."""
    course = small_course()
    names = [f"concept-{number:04}" for number in range(count)]
    model = course.concepts[1].model_copy(update={"prerequisites": ()})
    concepts = tuple(model.model_copy(update={"id": name}) for name in names)
    parts = tuple(
        course.parts[0].model_copy(
            update={"id": f"part-{start:04}", "concepts": tuple(names[start : start + PART])}
        )
        for start in range(0, count, PART)
    )
    return course.model_copy(update={"concepts": concepts, "parts": parts})


def weights(count: int) -> list[int]:
    """Return the size of each concept's page, its navigation included."""
    site = Site(large(count), LABELS, "https://fiches.example/")
    chrome = Chrome(site, ["fr"], set())
    made = [page for page in pages(site) if page.kind == "concept"]
    assert len(made) == count
    return [len(page.html) + len(chrome.nav(SimpleNamespace(fiches=page), "../..")) for page in made]


def test_pages_do_not_grow_with_the_course() -> None:
    small, big = weights(300), weights(1200)
    assert min(small) > 4000
    assert max(big) <= 1.03 * max(small)
