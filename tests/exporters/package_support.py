"""Packages for an LMS: unpacked, served to Chromium, and answered with the keyboard."""

from __future__ import annotations

import io
import json
import subprocess
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import lxml.html
from exporter_support import whole
from playwright.sync_api import Frame, Page

from generator import pipeline
from generator.exporters.base import Exporter
from generator.exporters.formats import scorm12
from generator.exporters.losses import run
from generator.exporters.quiz import Quiz
from generator.model.items import (
    ChoiceInteraction,
    FreeInteraction,
    GapInteraction,
    Item,
    MatchInteraction,
    OrderInteraction,
)
from generator.scoring import key, score

_HERE = Path(__file__).parent
_REAL = pipeline.Project.at(_HERE.parent.parent)
MODULES = _HERE.parent / "node_modules"
State = dict[str, Any]
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; frame-src 'self'; form-action 'none'"
)
# One answer to each item of the full sheet: right, wrong, or right in part.
RESPONSES: dict[str, Any] = {
    "single": ["half"],
    "strict": ["a", "b"],
    "categorise": {"imap": "mail", "smtp": "mail", "ip": "mail"},
    "order": ["one", "four", "two", "three"],
    "cloze": {"mode": "with", "verb": "numérote"},
    "short": "Numéro, français",
    "numeric": "4,2",
    "label": {"alice": "bob", "bob": "alice"},
    "free": ["r1"],
}
DRAFT = "Un relais ; une file, 100 % sûre."


def files(exporter: Exporter, quiz: Quiz) -> dict[str, str]:
    """Return the files of the one zip that a quiz makes."""
    (content,) = run(exporter, quiz).files.values()
    with ZipFile(io.BytesIO(content)) as zipped:
        return {name: zipped.read(name).decode() for name in zipped.namelist()}


def unpack(exporter: Exporter, quiz: Quiz, folder: Path) -> Path:
    """Write the files of a quiz's package below `folder`, as modules that node runs too."""
    for name, text in {**files(exporter, quiz), "package.json": '{"type": "module"}'}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def full() -> Quiz:
    """Return the quiz of the full sheet."""
    quiz = whole()
    own = tuple(item for item in quiz.items if item.concept == "full")
    return Quiz("full", quiz.title, quiz.course, quiz.words, own)


def machine(page: str) -> dict[str, Any]:
    """Return what the page's script is told."""
    (script,) = lxml.html.document_fromstring(page).xpath("//fiches-quiz/script/text()")
    found: dict[str, Any] = json.loads(script)
    return found


def shapes(page: str) -> dict[str, dict[str, list[str]]]:
    """Return the ids that the fields of each item show, in their order, as `lms/page.mjs` finds them."""
    found = {}
    for form in lxml.html.document_fromstring(page).xpath("//form[@data-item]"):
        elements = form.xpath("./fieldset//@data-element")
        targets = form.xpath("./fieldset//option/@value | ./fieldset//input[@type='radio']/@value")
        found[form.get("data-item")] = {
            "elements": list(dict.fromkeys(elements)),
            "targets": list(dict.fromkeys(filter(None, targets))),
        }
    return found


def share(quiz: Quiz, names: list[str]) -> float:
    """Return the share of the quiz's points that `RESPONSES` earn."""
    earned = sum(
        score(item, RESPONSES[item.id], ",") * item.points for item in quiz.items if item.id in names
    )
    return earned / sum(item.points for item in quiz.items)


def kept(quiz: Quiz, *states: State, limit: int = 4096) -> list[tuple[str, State]]:
    """Return what `suspend.mjs` writes of each state, and what it reads back."""
    page = files(scorm12.EXPORTER, quiz)["index.html"]
    given = {"items": machine(page)["items"], "shapes": shapes(page), "limit": limit, "states": states}
    run = subprocess.run(
        ["node", "suspending.mjs"],
        cwd=_HERE,
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=True,
    )
    return [(found["text"], found["state"]) for found in json.loads(run.stdout)]


def keys(quiz: Quiz, draft: str = "") -> State:
    """Return the right answer to every item."""
    return {
        item.uid: {"response": key(item, ",")}
        | ({"draft": draft} if isinstance(item.interaction, FreeInteraction) else {})
        for item in quiz.items
    }


class Learner:
    """Someone with a keyboard, in the frame that the LMS gives the quiz."""

    def __init__(self, page: Page, frame: Frame) -> None:
        self.page, self.frame = page, frame

    def tab(self, selector: str) -> None:
        """Press Tab until an element has the focus."""
        for _ in range(150):
            if self.frame.evaluate("wanted => document.activeElement.matches(wanted)", selector):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not lead to {selector}")

    def press(self, key: str, times: int = 1) -> None:
        """Press a key several times."""
        for _ in range(times):
            self.page.keyboard.press(key)

    def answer(self, item: Item) -> None:
        """Give an item the response of `RESPONSES`, and check it."""
        form, response = f"#{item.uid.replace('.', '--')}", RESPONSES[item.id]
        match item.interaction:
            case ChoiceInteraction(multiple=False, options=options):
                self.tab(f"{form} [name=choice]")
                places = [option.id for option in options]
                self.press("Space")
                self.press("ArrowDown", places.index(response[0]))
            case ChoiceInteraction():
                for name in response:
                    self.tab(f"{form} [value={name}]")
                    self.press("Space")
            case MatchInteraction() | GapInteraction():
                for name, value in response.items():
                    self._fill(f"{form} [name={name}]", value)
            case OrderInteraction():
                self.tab(f"{form} [data-element={response[0]}] [data-do=up]")
                self.press("ArrowUp", self._order(form).index(response[0]))
                assert self._order(form) == response
            case FreeInteraction():
                self.tab(f"{form} textarea")
                self.page.keyboard.type(DRAFT)
            case _:
                self._fill(f"{form} [name=answer]", response)
        self.tab(f"{form} [data-do=check]")
        self.press("Enter")
        for name in response if isinstance(item.interaction, FreeInteraction) else ():
            self.tab(f"{form} [name=met][value={name}]")
            self.press("Space")

    def _fill(self, field: str, value: str) -> None:
        self.tab(field)
        if self.frame.eval_on_selector(field, "field => field.type") != "select-one":
            self.page.keyboard.type(value)
            return
        place = "(field, value) => [...field.options].findIndex((option) => option.value === value)"
        self.press("ArrowDown", self.frame.eval_on_selector(field, place, value))

    def _order(self, form: str) -> list[str]:
        entries = self.frame.query_selector_all(f"{form} [data-order] > li")
        return [entry.get_attribute("data-element") or "" for entry in entries]
