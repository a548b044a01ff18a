"""The composer: a page on which a teacher puts a quiz together from the items of every sheet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import get_args

from babel.numbers import format_decimal
from markupsafe import Markup

from generator.model.course import Bloom, Concept, Objective
from generator.model.items import ChoiceInteraction, GapInteraction, Item
from generator.player.html import anchor
from generator.site.page import Page
from generator.site.pages.plain import plain_page
from generator.site.view import COMPOSER, CONCEPT, DOWNLOADS, Site, View

_GAP = "____"
_LEVELS = {1: "easy", 2: "medium", 3: "hard"}
_DOWNLOADS = Markup('<a href="{}">{}</a>')
_SLOT = Markup('<span data-slot="{}"></span>')
_HIDDEN = Markup('<span class="fi-hide" data-slot="{}"></span>')


@dataclass(frozen=True, slots=True)
class Row:
    """An item as the list shows it; `ask` and `level` name words, `address` leads to it on its sheet."""

    item: Item
    prompt: Markup
    ask: str
    level: str
    points: str
    objective: Objective
    address: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that has items."""

    concept: Concept
    rows: tuple[Row, ...]


def page(site: Site) -> Page:
    """Return the page, which its script brings to life."""
    view = site.page(COMPOSER)
    sheets = tuple(_sheet(view, concept) for concept in site.course.concepts if concept.items)
    rows = [row for sheet in sheets for row in sheet.rows]
    values = {
        "sheets": sheets,
        "asks": dict.fromkeys(row.ask for row in rows),
        "levels": [level for level in _LEVELS.values() if level in {row.level for row in rows}],
        "blooms": [bloom for bloom in get_args(Bloom) if bloom in {row.objective.bloom for row in rows}],
        "downloads": _DOWNLOADS.format(view.href(DOWNLOADS), view.word("site.downloads")),
        "slot": _SLOT.format,
        "hidden": _HIDDEN.format,
    }
    made = plain_page(view, "composer", view.render("composer/page.html", **values))
    top = replace(made.sections[0], search=made.description)  # the items are found on their sheets
    return replace(
        made, sections=(top,), styles=("composer/composer.css",), modules=("composer/composer.mjs",)
    )


def _sheet(view: View, concept: Concept) -> Sheet:
    objectives = {str(objective.id): objective for objective in concept.objectives}
    address = CONCEPT.format(id=concept.id)
    return Sheet(
        concept,
        tuple(
            Row(
                item,
                _prompt(view, item),
                _ask(item),
                _LEVELS[item.difficulty],
                str(format_decimal(item.points, locale=view.site.babel)),
                objectives[item.objective],
                view.href(f"{address}#{anchor(item)}"),
            )
            for item in concept.items
        ),
    )


def _prompt(view: View, item: Item) -> Markup:
    """Return what an item asks, its text with gaps included."""
    asked = item.interaction
    if not isinstance(asked, GapInteraction):
        return view.site.titled(item.prompt)
    gapped = asked.text.format(**{str(gap.id): _GAP for gap in asked.gaps})
    return Markup("{} {}").format(view.site.titled(item.prompt), view.site.titled(gapped))


def _ask(item: Item) -> str:
    asked = item.interaction
    if isinstance(asked, ChoiceInteraction):
        return "multiple" if asked.multiple else "single"
    return asked.kind
