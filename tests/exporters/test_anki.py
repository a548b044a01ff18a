from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from anki.import_export_pb2 import ImportAnkiPackageUpdateCondition
from container_readers import notes, words
from exporter_support import HOSTILE, rewritten, whole

from generator.exporters.formats.anki import EXPORTER
from generator.exporters.losses import run
from generator.exporters.quiz import Quiz, composed, quizzes

EDITS = {"Ordonnez.": "Mettez en ordre.", "Rédigez.": "Écrivez.", "Presque vu.": "Pas tout à fait."}


def raw(quiz: Quiz) -> bytes:
    return run(EXPORTER, quiz).files[f"{quiz.stem}.apkg"]


def edited(quiz: Quiz) -> Quiz:
    return rewritten(quiz, lambda value: EDITS.get(value, value))


def fields(uid: str, quiz: Quiz | None = None) -> dict[str, str]:
    found = {note["guid"]: note for note in notes(raw(quiz or whole()))}
    return found[f"demo.{uid}.fr"]


def test_ids_are_permanent() -> None:
    assert [note["guid"] for note in notes(raw(whole()))] == [whole().identify(i) for i in whole().items]
    with ZipFile(BytesIO(raw(whole()))) as zipped:
        database = sqlite3.connect(":memory:")
        database.deserialize(zipped.read("collection.anki2"))
    models, decks = database.execute("select models, decks from col").fetchone()
    # These numbers stand in the collections of learners: a change here loses their progress.
    assert list(json.loads(models)) == ["1714697704704"]
    assert {entry["name"]: name for name, entry in json.loads(decks).items()} == {
        "Default": "1",
        "Un cours d’essai (fr)::La première fiche": "1792884636953",
        "Un cours d’essai (fr)::La fiche complète": "2088615986061",
    }


def test_a_new_design_is_dated() -> None:
    with ZipFile(BytesIO(raw(whole()))) as zipped:
        database = sqlite3.connect(":memory:")
        database.deserialize(zipped.read("collection.anki2"))
    (model,) = json.loads(database.execute("select models from col").fetchone()[0]).values()
    (template,) = model["tmpls"]
    said = "\n".join((model["css"], template["qfmt"], template["afmt"]))
    # Learners get another design only with a later date: change both lines together.
    assert model["mod"] == 1_767_225_600
    assert sha256(said.encode()).hexdigest()[:16] == "d94865a6e6bd9aca"


def test_a_sheet_and_the_course_share_their_decks() -> None:
    sheet = quizzes(whole().course, whole().words)[-2]
    alone = {note["guid"]: note for note in notes(raw(sheet))}
    assert alone
    assert alone.items() <= {note["guid"]: note for note in notes(raw(whole()))}.items()


def test_a_composed_quiz_has_its_own_deck() -> None:
    quiz = composed(whole(), [("full.single", None), ("full.free", None)], label="Lundi :: matin")
    with ZipFile(BytesIO(raw(quiz))) as zipped:
        database = sqlite3.connect(":memory:")
        database.deserialize(zipped.read("collection.anki2"))
    decks = json.loads(database.execute("select decks from col").fetchone()[0])
    assert "Un cours d’essai (fr)::Lundi : matin" in {deck["name"] for deck in decks.values()}


def test_faces() -> None:
    single = fields("full.single")
    assert "Un premier indice." in words(single["Hints"])
    assert "<details>" in single["Hints"]
    assert "(50\xa0%)" in words(single["Answer"]).replace("\u202f", "\xa0")
    assert single["Answer"].count('<li class="right">') == 1
    assert "[1]" in words(fields("full.cloze")["Choices"])
    assert "numérote" not in words(fields("full.cloze")["Choices"])
    assert "numérote" in words(fields("full.cloze")["Answer"])
    assert "Un relais et une file." in words(fields("full.free")["Answer"])


def test_nothing_is_read_as_sound_or_tex() -> None:
    quiz = rewritten(whole(), lambda value: "[sound:x.mp3] [latex]x[/latex] [anki:play:q:0] " + value)
    for note in notes(raw(quiz)):
        assert not [name for name, value in note.items() if "[" in value]


def test_drawings_are_media() -> None:
    with ZipFile(BytesIO(raw(whole()))) as zipped:
        media = json.loads(zipped.read("media"))
        for place in media:
            assert ET.fromstring(zipped.read(place)).tag.endswith("svg")
    shown = [name for name in media.values() if f'src="{name}"' in fields("full.label")["Stimulus"]]
    assert len(shown) == 1
    assert len(set(media.values())) == len(media)


Import = Callable[..., dict[str, int]]


@pytest.fixture
def imported(tmp_path: Path) -> Iterator[tuple[Any, Import]]:
    collection = Collection(str(tmp_path / "collection.anki2"))

    def load(content: bytes, options: Any = None) -> dict[str, int]:
        path = tmp_path / "given.apkg"
        path.write_bytes(content)
        chosen = options or collection._backend.get_import_anki_package_presets()
        request = ImportAnkiPackageRequest(package_path=str(path), options=chosen)
        log = collection.import_anki_package(request).log
        kinds = ("new", "updated", "duplicate", "conflicting", "missing_notetype", "missing_deck")
        return {kind: len(getattr(log, kind)) for kind in kinds if getattr(log, kind)}

    yield collection, load
    collection.close()


@pytest.mark.slow
def test_anki_imports_and_imports_again(imported: tuple[Any, Import]) -> None:
    collection, load = imported
    count = len(whole().items)
    assert load(raw(whole())) == {"new": count}
    assert load(raw(whole())) == {"duplicate": count}
    assert collection.card_count() == count
    due = collection.db.list("select n.guid from cards c join notes n on n.id = c.nid order by c.due")
    assert due == [whole().identify(item) for item in whole().items]
    with ZipFile(BytesIO(raw(whole()))) as zipped:
        media = json.loads(zipped.read("media")).values()
    assert all(collection.media.have(name) for name in media)
    assert not collection.media.check().missing


@pytest.mark.slow
def test_anki_updates_what_was_edited(imported: tuple[Any, Import]) -> None:
    collection, load = imported
    count = len(whole().items)
    load(raw(whole()))
    card = collection.get_card(collection.find_cards('"Id:demo.full.order.fr"')[0])
    collection.sched.set_due_date([card.id], "5")
    always = ImportAnkiPackageOptions(
        update_notes=ImportAnkiPackageUpdateCondition.IMPORT_ANKI_PACKAGE_UPDATE_CONDITION_ALWAYS
    )
    changed = {"updated": 3, "duplicate": count - 3}
    assert load(raw(edited(whole())), always) == changed
    assert load(raw(edited(whole())), always) == {"duplicate": count}
    assert "Mettez en ordre." in collection.get_note(card.nid)["Prompt"]
    assert collection.get_card(card.id).ivl == 5
    assert load(raw(whole()), always) == changed


@pytest.mark.slow
def test_anki_keeps_by_default_what_the_learner_edited(imported: tuple[Any, Import]) -> None:
    collection, load = imported
    load(raw(whole()))
    note = collection.get_note(collection.find_notes('"Id:demo.full.order.fr"')[0])
    note["Prompt"] = "Mon énoncé"
    collection.update_note(note)
    load(raw(edited(whole())))
    assert collection.get_note(note.id)["Prompt"] == "Mon énoncé"


@pytest.mark.slow
def test_locales_live_together_in_anki(imported: tuple[Any, Import]) -> None:
    collection, load = imported
    count = len(whole().items)
    assert load(raw(whole())) == {"new": count}
    assert load(raw(whole("en"))) == {"new": count}
    decks = {deck.name for deck in collection.decks.all_names_and_ids()}
    assert {f"Un cours d’essai ({locale})::La fiche complète" for locale in ("fr", "en")} <= decks
    assert [name for name in collection.models.all_names() if name.startswith("Fiches")] == ["Fiches"]


@pytest.mark.slow
def test_anki_renders_hostile_texts_as_words(imported: tuple[Any, Import]) -> None:
    collection, load = imported
    quiz = rewritten(whole(), lambda value: HOSTILE + "{{c1::x}} [sound:x.mp3] " + value)
    load(raw(quiz))
    for name in collection.find_cards(""):
        shown = collection.get_card(name).render_output(browser=False)
        assert not shown.question_av_tags + shown.answer_av_tags
        assert "<script" not in shown.question_text + shown.answer_text
        assert "alert(1)" in words(shown.question_text)
