"""A quiz into an Anki package: a card for each item, in a deck for each sheet and language.

What is permanent is derived by hash and never changes: notes are found again by the item's id in its locale,
so importing a newer file keeps the learner's progress. The container is Anki's “legacy 2” package (a SQLite
collection, a list of media and the media), which every Anki reads: https://docs.ankiweb.net/exporting.html
"""

from __future__ import annotations

import json
import re
import sqlite3
from functools import cache
from hashlib import sha256
from importlib.resources import files
from itertools import count
from typing import TYPE_CHECKING

from generator.exporters.archive import archive
from generator.exporters.base import Ask, Capabilities, Export, Exporter, Feature
from generator.exporters.drawing import standalone
from generator.exporters.kits.cards import Card, card
from generator.exporters.quiz import COMPOSED, Quiz, once
from generator.inline import direction, tag
from generator.model.items import Item

if TYPE_CHECKING:
    import genanki  # type: ignore[import-untyped]

# The names of fields and of the template are part of what a note type is: with other names, in another
# language say, Anki takes the notes for those of another program and updates none.
_FIELDS = ("Id", "Stimulus", "Prompt", "Choices", "Hints", "Answer", "Explanation", "About")
_FRONT = "{{Stimulus}}{{Prompt}}{{Choices}}{{Hints}}"
_BACK = "{{Stimulus}}{{Prompt}}<hr id=answer>{{Answer}}{{Explanation}}<footer>{{About}}</footer>"
# Raised by hand when the template or the style-sheet changes: Anki takes a newer note type over its own.
_DESIGNED = 1_767_225_600
_DATED = 1_577_836_800  # 2020; the dates of notes are in the two years that follow
_JUDGED = (Feature.CREDIT, Feature.PARTIAL, Feature.STRICT, Feature.POINTS)
_PARTS = re.compile(":{2,}")  # what parts the levels of a deck's name


def export(quiz: Quiz) -> Export:
    """Return the package of a quiz."""
    media = {_image(drawn): drawn for item in quiz.items for drawn in _drawn(quiz, item)}
    listed = {str(place): name for place, name in enumerate(media)}
    held: dict[str, str | bytes] = {place: media[name] for place, name in listed.items()}
    held |= {"collection.anki2": _collection(quiz), "media": json.dumps(listed)}
    return Export({f"{quiz.stem}.apkg": archive(held)})


def _collection(quiz: Quiz) -> bytes:
    """Return the database. Written in memory, because `genanki.Package` stamps the time on its files."""
    import genanki  # noqa: PLC0415  # as slow to import as all of ours, and needed here only

    model, ids = _model(), count(_DESIGNED * 1000)
    connection = sqlite3.connect(":memory:")
    cursor = connection.cursor()
    decks = {item.uid: _deck(quiz, item, model) for item in quiz.items}
    distinct = {deck.deck_id: deck for deck in decks.values()}
    genanki.Package(list(distinct.values())).write_to_db(cursor, _DESIGNED, ids)
    for place, item in enumerate(quiz.items, start=1):
        own = {"guid": quiz.identify(item), "tags": _tags(quiz, item), "due": place}
        note = genanki.Note(model, _fields(quiz, item), **own)
        note.write_to_db(cursor, _dated(note), decks[item.uid].deck_id, ids)
    connection.commit()
    return connection.serialize()


def _dated(note: genanki.Note) -> int:
    """Return the date of change of a note: another for another content, and always a past one.

    Anki compares dates, not contents. Where the learner chooses to update “always”, it takes a note whose
    date differs from its own: just the edited ones. By default it takes those with a later date only, and no
    date made from content could do: it would have to grow when A becomes B, and again when B becomes A. It
    is past so that by default a card that the learner has edited stays as it is.
    """
    said = "\x1f".join((*note.fields, *note.tags))
    return _DATED + int.from_bytes(sha256(said.encode()).digest()[:4]) // 64


@cache
def _model() -> genanki.Model:
    import genanki  # noqa: PLC0415

    return genanki.Model(
        _stable("model", *_FIELDS),
        "Fiches",
        fields=[{"name": name} for name in _FIELDS],
        templates=[{"name": "Card", "qfmt": _face(_FRONT), "afmt": _face(_BACK)}],
        css=files("generator.exporters.kits").joinpath("templates", "anki.css").read_text("utf-8"),
    )


def _face(parts: str) -> str:
    # No text of ours holds TeX: the class keeps MathJax from reading `\\(` as its own.
    return f'<main class="tex2jax_ignore">{parts}</main>'


def _deck(quiz: Quiz, item: Item, model: genanki.Model) -> genanki.Deck:
    """Return the deck of an item: its sheet's, or that of a quiz composed by hand."""
    import genanki  # noqa: PLC0415

    course, concept = quiz.course, quiz.concept(item)
    own, title = (COMPOSED, quiz.name) if quiz.id == COMPOSED else (concept.id, quiz.plain(concept.title))
    # Anki finds decks by name, and titles may be the same in two languages.
    whole = f"{_level(quiz.plain(course.title))} ({tag(quiz.locale)})"
    deck = genanki.Deck(_stable("deck", course.id, own, quiz.locale), f"{whole}::{_level(title)}")
    deck.add_model(model)
    return deck


def _level(title: str) -> str:
    return _PARTS.sub(":", title)


@once
def _fields(quiz: Quiz, item: Item) -> list[str]:
    images = [_image(drawn) for drawn in _drawn(quiz, item)]
    faces: Card = card(quiz, item, images)
    parts = (faces.stimulus, faces.prompt, faces.choices, faces.hints, faces.answer, faces.explanation)
    return [quiz.identify(item), *(_section(quiz, part) for part in (*parts, faces.about))]


def _section(quiz: Quiz, html: str) -> str:
    """Return HTML that says its language, and that Anki reads no sound, TeX or speech into."""
    if not html:
        return ""
    inert = str(html).replace("[", "&#91;")
    return f'<div lang="{tag(quiz.locale)}" dir="{direction(quiz.locale)}">{inert}</div>'


def _drawn(quiz: Quiz, item: Item) -> list[str]:
    return [standalone(drawing.svg) for drawing in quiz.drawings(item)]


def _image(svg: str) -> str:
    # Anki keeps the media of all decks in one folder: what is the same has the same name, and only that.
    return f"fiches-{sha256(svg.encode()).hexdigest()[:16]}.svg"


def _tags(quiz: Quiz, item: Item) -> list[str]:
    return [name.replace(" ", "_") for name in quiz.tags(item)]


def _stable(*names: str) -> int:
    """Return a number that stands for names for ever, within what JavaScript and Anki take for an id."""
    return 10**12 + int.from_bytes(sha256("/".join(names).encode()).digest()[:5])


EXPORTER = Exporter(
    name="anki",
    title="Anki package, for spaced repetition",
    suffix=".apkg",
    capabilities=Capabilities(
        asks=frozenset(Ask),
        features=frozenset(Feature).difference(_JUDGED),
        notes=dict.fromkeys(_JUDGED, "loss.self-graded"),
    ),
    export=export,
)
