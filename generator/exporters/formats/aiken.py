"""A quiz into Aiken, the plainest text format that Moodle imports: one key, one line each, no feedback."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.exporters.base import Ask, Capabilities, Export, Exporter, Feature, Loss
from generator.exporters.losses import OMITTED
from generator.exporters.quiz import Quiz, clean
from generator.model.items import ChoiceInteraction, Item, Option

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# What a line of Aiken may not begin with unless it means it.
_MARKED = re.compile(r"[A-Z][).]|ANSWER:")
_SHORTEST = 2  # characters: Moodle skips a shorter line
# Moodle escapes choices twice, and would show entities instead of these signs.
_SIGNS = str.maketrans("<>&", "‹›＆")


def export(quiz: Quiz) -> Export:
    """Return one text of the items that have no more choices than the alphabet has letters."""
    made = {item.uid: _question(quiz, item) for item in quiz.items}
    omitted = (Loss(uid, Ask.SINGLE, OMITTED) for uid, text in made.items() if not text)
    replaced = (
        Loss(item.uid, Feature.MARKUP, "loss.signs-replaced") for item in _signed(quiz) if made[item.uid]
    )
    body = "\n".join(filter(None, made.values()))
    return Export({f"{quiz.stem}.aiken.txt": body.encode()} if body else {}, (*omitted, *replaced))


def _question(quiz: Quiz, item: Item) -> str:
    asked = item.interaction
    if not isinstance(asked, ChoiceInteraction) or len(asked.options) > len(_LETTERS):
        return ""
    options = list(zip(_LETTERS, asked.options, strict=False))
    key = max(options, key=lambda entry: entry[1].credit)[0]
    lines = [_prompt(quiz, item), *(f"{letter}. {_choice(quiz, option)}" for letter, option in options)]
    return "".join(f"{line}\n" for line in (*lines, f"ANSWER: {key}"))


def _signed(quiz: Quiz) -> Iterator[Item]:
    """Yield the items of which a choice holds signs that are replaced."""
    for item in quiz.items:
        options = item.interaction.options if isinstance(item.interaction, ChoiceInteraction) else ()
        if any(sign in quiz.plain(option.text) for option in options for sign in "<>&"):
            yield item


def _choice(quiz: Quiz, option: Option) -> str:
    return quiz.plain(option.text).strip().translate(_SIGNS) or "-"


def _prompt(quiz: Quiz, item: Item) -> str:
    """Return all that is asked on one line, which is not taken for a choice or a key."""
    line = " / ".join(filter(None, (*_stimulus(quiz, item), quiz.plain(item.prompt).strip())))
    return f"« {line} »" if _MARKED.match(line) or len(line) < _SHORTEST else line


def _stimulus(quiz: Quiz, item: Item) -> Iterator[str]:
    found = quiz.stimulus(item)
    if found:
        yield from (quiz.plain(text) for text in (found.title, found.text) if text)
        yield from (line.strip() for line in clean(found.code or "").splitlines())
    for drawing in quiz.drawings(item):
        yield drawing.title
        yield from drawing.steps


EXPORTER = Exporter(
    name="aiken",
    title="Aiken text, for Moodle",
    suffix=".aiken.txt",
    capabilities=Capabilities(
        asks=frozenset({Ask.SINGLE}),
        features=frozenset({Feature.STIMULUS}),
        notes={Feature.IMAGES: "loss.images-told"},
    ),
    export=export,
)
