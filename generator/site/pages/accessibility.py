"""The declaration of accessibility, after the form of the RGAA: its figures are those of the tests."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

from babel.lists import format_list
from markupsafe import Markup, escape

from generator.inline import cldr
from generator.site.page import Page
from generator.site.pages.plain import plain_page
from generator.site.view import ACCESSIBILITY, Site, View

_TECHNOLOGIES = ("HTML", "CSS", "SVG", "JavaScript", "WAI-ARIA")
_RIGHTS = "https://www.defenseurdesdroits.fr/"


@cache
def measured() -> dict[str, Any]:
    """Return what the tests measured: see tests/site/test_accessibility.py, which refuses stale figures."""
    return dict(json.loads(files("generator.site").joinpath("data/accessibility.json").read_text("utf-8")))


def page(site: Site) -> Page:
    """Return the declaration of accessibility."""
    view = site.page(ACCESSIBILITY)
    texts = _texts(view, measured())
    checks = [view.word(f"accessibility.check-{name}") for name in measured()["checks"]]
    more = [
        view.section(
            2,
            name,
            f"accessibility.{name}",
            view.render("accessibility.html", lines=texts[name], checks=checks if name == "results" else ()),
        )
        for name in ("state", "results", "limits", "made", "contact", "remedy")
    ]
    return plain_page(
        view, "accessibility", view.render("accessibility.html", lines=texts[""], checks=()), *more
    )


def _texts(view: View, found: dict[str, Any]) -> dict[str, list[Markup]]:
    """Return the paragraphs of each section."""
    axe, nu, site = found["axe"], found["nu"], view.site
    authors = _names(site, site.course.authors)
    number = {name: escape(site.number(axe[name])) for name in ("violations", "pages", "kinds")}
    locales = _listed(site, (cldr(name).get_display_name(site.babel) or name for name in axe["locales"]))
    rights = Markup('<a href="{}" rel="external" dir="ltr">{}</a>').format(_RIGHTS, _RIGHTS[8:-1])

    def say(name: str, **parts: Markup) -> Markup:
        return view.sentence(f"accessibility.{name}", **parts)

    return {
        "": [
            say(
                "intro",
                title=view.html(site.course.title),
                authors=authors,
                month=escape(site.month(found["month"])),
            ),
            say("duty"),
        ],
        "state": [say("state-audit"), say("state-aim")],
        "results": [
            say("results-axe", version=_name(axe["version"]), locales=locales, **number),
            say("results-nu", version=_name(nu["version"]), errors=escape(site.number(nu["errors"]))),
            say("results-browser"),
        ],
        "limits": [say(f"limits-{name}") for name in ("found", "reader", "files", "drawings")],
        "made": [
            say("made-technologies", names=_names(site, _TECHNOLOGIES)),
            say("made-environment", browser=_name("Chromium")),
            say(
                "made-tools",
                names=_names(site, (f"axe-core {axe['version']}", f"Nu {nu['version']}", "Playwright")),
            ),
        ],
        "contact": [say("contact-text", authors=authors)],
        "remedy": [say("remedy-text", link=rights)],
    }


def _name(name: str) -> Markup:
    return Markup('<span translate="no" dir="ltr">{}</span>').format(name)


def _names(site: Site, names: Iterable[str]) -> Markup:
    return _listed(site, map(_name, names))


def _listed(site: Site, parts: Iterable[str]) -> Markup:
    # Babel puts the signs between the parts as they are, and no locale's signs are markup.
    return Markup(format_list([escape(part) for part in parts], locale=site.babel))
