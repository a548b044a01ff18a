"""The page that every package for an LMS holds: the site's player, alone and without a network."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from generator import player
from generator.exporters.base import Ask, Capabilities, Envelope, Feature, Fragment, Loss
from generator.exporters.fragments import each, mark
from generator.exporters.losses import ask, reactions
from generator.exporters.quiz import Quiz, clean, once
from generator.inline import direction, tag
from generator.model.course import Misconception
from generator.model.diagram import Diagram
from generator.model.items import Item
from generator.player.html import (
    QuizView,
    anchor,
    machine_data,
    render_item,
    render_player,
    render_stimulus,
)
from generator.text import Text

PAGE = "index.html"
STYLE = "style.css"
# What passes, where the LMS does not say another: half of the points, as French marks out of 20 do.
MASTERY = 0.5

CAPABILITIES = Capabilities(asks=frozenset(Ask), features=frozenset(Feature))

_SHEETS = ("tokens.css", "package.css", "diagrams.css", "quiz.css")
_SCORM = ("lms/page.mjs", "lms/responses.mjs", "lms/scorm.mjs", "lms/suspend.mjs")
_MODULES = {
    "scorm12": (*_SCORM, "lms/scorm12.mjs"),
    "scorm2004": (*_SCORM, "lms/scorm2004.mjs"),
    "cmi5": ("lms/page.mjs", "lms/responses.mjs", "lms/cmi5.mjs"),
}
# The tokens know a dark scheme by Material's attribute; a package follows the reader's system instead.
_DARK = {
    "@media screen {": "@media screen and (prefers-color-scheme: dark) {",
    '[data-md-color-scheme="slate"]': ":root",
}
# Stands in the ids of a drawing for the number of the item: a stimulus is drawn once for several items.
_HERE = "fi-here"
_WEB = re.compile("https?://", re.IGNORECASE)
_LEVELS = {1: "easy", 2: "medium", 3: "hard"}

_TEMPLATES = Environment(
    loader=PackageLoader("generator.exporters.kits", "templates"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=StrictUndefined,
    auto_reload=False,
)


@dataclass(frozen=True, slots=True)
class _Cleaned:
    """Renders texts without the characters that no file should hold."""

    quiz: Quiz

    def html(self, text: Text) -> Markup:
        return Markup(self.quiz.html(text))  # noqa: S704  # rendered by Inline, which escapes

    def plain(self, text: Text) -> str:
        return self.quiz.plain(text)


def envelope(quiz: Quiz, script: str, manifest: Mapping[str, str]) -> Envelope:
    """Return the zip of a page run by `lms/<script>.js`, with the files of `manifest` beside it."""
    files = {PAGE: _page(quiz, script), **assets(script), **manifest}
    return Envelope(files=files, zipped=f"{mark('stem')}.zip")


def described(manifest: str, script: str, **values: object) -> str:
    """Return a manifest filled with the title, the page, its files as IMS lists them, and `values`."""
    files = "\n".join(f'      <file href="{name}"/>' for name in sorted((PAGE, *assets(script))))
    return manifest.format(stem=mark("stem"), title=mark("title", "xml"), page=PAGE, files=files, **values)


def fragment(quiz: Quiz, item: Item, longest: int = 0) -> Fragment:
    """Return the question of an item, and what the page's script judges it by.

    `longest` says how much of a written answer the LMS is sent, if not all.
    """
    made = _asked(quiz, item)
    return replace(made, losses=tuple(_cut(item, longest))) if longest else made


@once
def _asked(quiz: Quiz, item: Item) -> Fragment:
    stimulus = quiz.stimulus(item)
    view = _view(quiz, item)
    lead = clean(render_stimulus(stimulus, _view(quiz, item, _HERE))) if stimulus else ""
    question = _render(
        "package_item.html",
        view=view,
        quiz=quiz,
        id=quiz.identify(item),
        form=render_item(item, mark("number"), view),
        ideas={f"{anchor(item)}--{idea.id}": idea for idea in _ideas(quiz, item)},
        claims=quiz.evidence(item),
        objective=quiz.objective(item),
        level=_LEVELS[item.difficulty],
        points=mark("points-shown"),
    )
    return Fragment(
        slots={"": f"{question}\n", "data": _data(item)},
        lead=f"{lead}\n".replace(_HERE, f"q{mark('number')}") if lead else "",
    )


@cache
def assets(script: str) -> dict[str, str]:
    """Return the one style-sheet of the page and its modules, by path."""
    found = {name: content.decode() for name, content in player.assets().items()}
    tokens = found["tokens.css"]
    for site, package in _DARK.items():
        tokens = tokens.replace(site, package, 1)
    sheets = found | {"tokens.css": tokens}
    # Moodle and others serve .mjs as an unknown kind of file, which browsers do not run.
    modules = {
        name.replace(".mjs", ".js"): text.replace('.mjs"', '.js"')
        for name, text in found.items()
        if name.startswith("quiz/") or name in _MODULES[script]
    }
    return {STYLE: "\n".join(sheets[name] for name in _SHEETS), **modules}


def _page(quiz: Quiz, script: str) -> str:
    view = _view(quiz, None)
    body, data = Markup(each()), Markup(each("data", ","))  # noqa: S704  # marks, filled with fragments
    return _render(
        "package.html",
        view=view,
        quiz=quiz,
        lang=tag(quiz.locale),
        dir=direction(quiz.locale),
        title=mark("title", "xml"),
        style=STYLE,
        script=f"lms/{script}.js",
        mastery=MASTERY,
        authors=[clean(author) for author in quiz.course.authors],
        licence=clean(quiz.course.licence.name),
        licence_url=address if _WEB.match(address := clean(quiz.course.licence.url)) else "",
        player=render_player(mark("stem"), body, data, view),
    )


def _render(template: str, **values: object) -> str:
    return _TEMPLATES.get_template(template).render(**values)


def _view(quiz: Quiz, item: Item | None, place: str = "") -> QuizView:
    """Return what an item is rendered with; its ids are its own, or start with `place`."""
    name = anchor(item) if item else ""
    inline = _Cleaned(quiz)

    def diagram(wanted: str, marks: Mapping[str, str]) -> Markup:
        assert item  # noqa: S101  # only an item has diagrams
        drawn = next(entry for entry in quiz.concept(item).diagrams if entry.id == wanted)
        return _figure(quiz, drawn, marks, f"{place or name}-{wanted}")

    return QuizView(
        inline=inline,
        words=quiz.words,
        diagram=diagram,
        misconception=lambda idea: f"#{name}--{idea}" if idea in quiz.course.misconception else None,
        locale=quiz.locale,
        course=quiz.course.id,
    )


def _figure(quiz: Quiz, diagram: Diagram, marks: Mapping[str, str], prefix: str) -> Markup:
    where = (quiz.locale, quiz.words, marks)
    svg = Markup(clean(diagram.svg(*where, prefix=prefix)))  # noqa: S704  # drawn by us
    steps = [clean(step) for step in diagram.steps(*where)]
    made = _render("package_figure.html", quiz=quiz, diagram=diagram, svg=svg, steps=steps)
    return Markup(made)  # noqa: S704  # escaped by the template


def _cut(item: Item, longest: int) -> Iterator[Loss]:
    if ask(item) is Ask.FREE:
        yield Loss(item.uid, Ask.FREE, "loss.free-cut", (("n", longest),))


def _ideas(quiz: Quiz, item: Item) -> list[Misconception]:
    named = dict.fromkeys(answer.misconception for answer in reactions(item))
    return [quiz.course.misconception[name] for name in named if name in quiz.course.misconception]


def _data(item: Item) -> str:
    """Return the machine's data with a mark for the points, which a teacher may change."""
    own = f'"points":{item.points!r}'
    return clean(str(machine_data(item))).replace(own, f'"points":{mark("points")}', 1)
