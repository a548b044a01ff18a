from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from helpers import small_course, write_course

from generator import pipeline
from generator.catalogs import entries, po
from generator.catalogs.glossary import Glossary
from generator.catalogs.messages import Message, messages
from generator.catalogs.notes import annotate, gather
from generator.catalogs.places import length, places
from generator.catalogs.renewal import Renewal
from generator.model.walk import texts
from generator.site.pages import pages
from generator.site.view import Site
from generator.text import Text

COURSE = small_course()
TEMPLATE = messages(COURSE)


def noted(locale: str | None = "es", english: tuple[Message, ...] = ()) -> dict[str, tuple[str, ...]]:
    reference = {message.context: message for message in english}
    own = [replace(m, msgstr="relé") if locale and m.context == "terms/relay/term" else m for m in TEMPLATE]
    return {m.context: m.notes for m in annotate(own, gather(COURSE, TEMPLATE), locale, reference)}


def test_every_message_says_where_it_stands() -> None:
    known = places(COURSE)
    assert [message.context for message in TEMPLATE if not known[message.context].where] == []


@pytest.mark.parametrize(
    ("context", "notes"),
    [
        ("concepts/first/title", ("Sheet first: title", "page: /es/concepts/first/", "length: up to 80 characters")),
        (
            "concepts/first/items/single/choices/queue/text",
            ("Sheet first, question single (single): right choice", "page: /es/concepts/first/#first--single"),
        ),
        (
            "concepts/first/items/single/choices/lost/text",
            ("Sheet first, question single (single): distractor", "page: /es/concepts/first/#first--single"),
        ),
        (
            "concepts/first/summary",
            ("Sheet first: the answer in short", "page: /es/concepts/first/", "terms: relais → relé"),
        ),
        (
            "terms/relay/definition",
            ("Glossary relay: definition", "page: /es/glossary/#term-relay"),
        ),
        ("interface/quiz/check", ("Interface, quiz: check", "length: up to 26 characters")),
    ],
)  # fmt: skip
def test_what_a_message_is_told_with(context: str, notes: tuple[str, ...]) -> None:
    assert noted()[context] == notes


def test_a_term_without_translation_shows_the_field_s_english() -> None:
    assert "terms: relais (relay)" in noted(None)["concepts/first/summary"]


def test_english_stands_beside_the_source_and_says_when_it_is_old() -> None:
    english = (
        Message("concepts/first/title", "La première fiche", "The first\nsheet"),
        Message("concepts/second/title", "Avant", "The second", fuzzy=True),
    )
    found = noted("es", english)
    assert found["concepts/first/title"][-1] == "en: The first sheet"
    assert found["concepts/second/title"][-1] == "en (of the former text): The second"
    for own in ("en", "en_GB"):
        assert not any(note.startswith("en") for notes in noted(own, english).values() for note in notes)


def test_labels_of_drawings_are_short_and_sentences_are_free() -> None:
    limits = {context: place.limit for context, place in places(COURSE).items()}
    labels = [m for m in TEMPLATE if "/diagrams/" in m.context and limits[m.context]]
    assert labels
    assert all(limits[m.context] >= len(m.msgid) + 18 for m in labels)
    sentences = ("/description", "/prompt", "/explanation", "/summary")
    assert not any(limits[c] for c in limits if c.startswith("concepts/") and c.endswith(sentences))
    assert (length("ああ"), length("é"), length("e\u0301"), length("كِ")) == (4, 1, 1, 1)


def test_pages_and_anchors_are_those_of_the_site() -> None:
    edition = pipeline.edition(pipeline.Project.at(Path(__file__).parent.parent / "course"), COURSE, "fr")
    bodies = {
        page.path: "".join(f'id="{section.id}"{section.html}' for section in page.sections)
        for page in pages(Site(edition.course, edition.words))
    }
    for place in places(COURSE).values():
        path, _, anchor = place.page.partition("#")
        assert path.rstrip("/") in bodies, place
        assert not anchor or f'id="{anchor}"' in bodies[path.rstrip("/")], place


def test_updating_twice_changes_nothing() -> None:
    english = tuple(replace(message, msgstr=f"en {message.msgid}") for message in TEMPLATE)
    renewal = Renewal(COURSE, TEMPLATE, english)
    _, data = renewal.catalog("ar", [replace(m, comments=("mine",)) for m in TEMPLATE])
    file = entries.parse("ar.po", data.decode())
    headers = dict(line.split(": ", 1) for line in file.header.msgstr.splitlines() if ": " in line)
    assert renewal.catalog("ar", file.messages, file.obsolete, headers)[1] == data
    assert data.count(b"# mine\n") == len(TEMPLATE)


def test_obsolete_messages_keep_their_translation_and_no_notes() -> None:
    gone = Message("concepts/gone", "Parti", "Ido", comments=("why?",), notes=("Sheet gone: title",))
    _, data = Renewal(COURSE, TEMPLATE).catalog("es", [gone])
    block = '# why?\n#~ msgctxt "concepts/gone"\n#~ msgid "Parti"\n#~ msgstr "Ido"\n'
    assert data.decode().endswith(f"\n\n{block}")


@pytest.mark.parametrize("locale", ["oc", "pt_BR", "zh_Hans", "sr_Latn", "he", "cy", "gd", "ckb"])
def test_a_new_locale_passes_gettext_s_own_check(locale: str, tmp_path: Path) -> None:
    tool = shutil.which("msgfmt")
    if tool is None:
        pytest.skip("gettext’s msgfmt is not installed")
    project = write_course(tmp_path)
    course = pipeline.load(project)
    path = po.catalog_path(project.locales, locale)
    path.parent.mkdir(parents=True)
    path.write_bytes(pipeline.renewal(project, course).catalog(locale, pipeline.interface(locale))[1])
    run = subprocess.run(
        [tool, "--check", "-o", "/dev/null", path], capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stderr) == (0, "")
    assert pipeline.inspect_catalogs(project, course) == ()


def test_finding_terms_is_linear() -> None:
    """Each word of a text is looked up once, however many terms there are."""

    class Counted(dict):  # type: ignore[type-arg]
        looked = 0

        def get(self, key: str, default: object = None) -> object:
            Counted.looked += 1
            return super().get(key, default)

    def looked(terms: int, words: int) -> int:
        base = COURSE.terms[0]
        many = tuple(
            base.model_copy(update={"id": f"t{n}", "term": Text(f"mot{n} deux")}) for n in range(terms)
        )
        glossary = Glossary(many)
        glossary.__dict__["_index"] = Counted(glossary._index)
        Counted.looked = 0
        glossary.find("mot1 deux " + "autre " * words)
        return Counted.looked

    assert looked(10, 1000) == looked(1000, 1000) == 1001
    assert looked(10, 2000) <= 2 * looked(10, 1000)


def test_kinds_of_answers_are_told_apart() -> None:
    known = places(COURSE)
    told = {
        known[text.context].where.rsplit(": ", 1)[1]
        for item in COURSE.items
        for text in texts(item)
        if text.context.startswith("concepts/")
    }
    assert {"right choice", "distractor", "hint", "question"} <= told
    assert {"feedback on a right answer", "feedback on a wrong answer"} & told
