"""The learner's own pages: what to review today, and how far each objective is; a script fills them in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from generator.model.course import Concept, Misconception, Objective
from generator.site.concept_map import concept_map
from generator.site.page import Page, Section
from generator.site.pages.plain import plain_page
from generator.site.view import CONCEPT, PROGRESS, REVIEW, Site, View

_SLOT = Markup('<span data-slot="{}"></span>')
_PACES = (0, 3, 5, 10, 20)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with a quiz, and the objectives that the quiz assesses, each with the ids of its items."""

    concept: Concept
    address: str
    objectives: tuple[tuple[Objective, tuple[str, ...]], ...]


def pages(site: Site) -> Iterator[Page]:
    """Yield the page of review and that of progress."""
    yield _review(site.page(REVIEW))
    yield _progress(site.page(PROGRESS))


def _review(view: View) -> Page:
    sheets = _sheets(view)
    listed = [
        {
            "title": view.site.titles[sheet.concept.id],
            "address": sheet.address,
            "items": [item.uid for item in sheet.concept.items],
        }
        for sheet in sheets
    ]
    data = _data(view, listed)
    page = plain_page(
        view, "review", view.render("learner/review.html", data=data, slot=_SLOT.format, paces=_PACES)
    )
    return _alive(page, "learner/review.mjs", "quiz.css")


def _progress(view: View) -> Page:
    sheets = _sheets(view)
    listed = [
        {
            "id": sheet.concept.id,
            "items": [item.uid for item in sheet.concept.items],
            "objectives": {str(objective.id): items for objective, items in sheet.objectives},
        }
        for sheet in sheets
    ]
    values = {"data": _data(view, listed), "slot": _SLOT.format, "sheets": sheets, "ideas": _ideas(view)}

    def section(name: str, title: str) -> Section:
        return view.section(2, name, title, view.render(f"learner/{name}.html", **values), search="")

    page = plain_page(
        view,
        "progress",
        view.render("learner/progress.html", **values),
        view.section(2, "map", "site.concept-map", view.render("learner/map.html", svg=concept_map(view)),
            search="",
        ),
        section("objectives", "site.objectives"),
        section("misconceptions", "learner.betrayed"),
        section("data", "learner.data"),
    )  # fmt: skip
    return _alive(page, "learner/progress.mjs")


def _alive(page: Page, module: str, *styles: str) -> Page:
    """Return a page with its script and styles; it is found by what it is for, not by its buttons."""
    top = replace(page.sections[0], search=page.description)
    return replace(
        page,
        sections=(top, *page.sections[1:]),
        styles=(*styles, "learner/learner.css"),
        modules=(module,),
    )


def _sheets(view: View) -> tuple[Sheet, ...]:
    return tuple(_sheet(view, concept) for concept in view.site.course.concepts if concept.items)


def _sheet(view: View, concept: Concept) -> Sheet:
    assessed: dict[str, list[str]] = {}
    for item in concept.items:
        assessed.setdefault(item.objective, []).append(item.uid)
    objectives = tuple(
        (objective, tuple(assessed[objective.id]))
        for objective in concept.objectives
        if objective.id in assessed
    )
    return Sheet(concept, view.href(CONCEPT.format(id=concept.id)), objectives)


def _ideas(view: View) -> list[tuple[Misconception, str]]:
    """Return each misconception with where to read about it: the sheet that treats it, or its own page."""
    found = []
    for idea in view.site.course.misconceptions:
        treated = view.site.treated.get(idea.id, ())
        path = CONCEPT.format(id=treated[0].id) if treated else "misconceptions"
        found.append((idea, view.href(f"{path}#misconception-{idea.id}")))
    return found


def _data(view: View, sheets: list[dict[str, Any]]) -> Markup:
    value = {"course": view.site.course.id, "sheets": sheets}
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":  # inside <script> only these could end the element
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)
