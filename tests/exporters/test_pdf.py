from __future__ import annotations

import io
import re
import sys
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import pypdf
import pytest
import typst
from exporter_support import normal, rewritten, whole
from paper_readers import text

from generator.errors import FichesError
from generator.exporters.formats import pdf
from generator.exporters.kits import paper
from generator.exporters.losses import run
from generator.exporters.quiz import Memo, Quiz
from generator.model.items import ChoiceInteraction, Item, MatchInteraction, OrderInteraction
from generator.text import Text

VERSIONS = ("a", "b")
BOTH = pytest.mark.parametrize("version", VERSIONS)


@cache
def files() -> Mapping[str, bytes]:
    quiz = whole()
    made = run(pdf.EXPORTER, quiz).files
    return {name.removeprefix(f"{quiz.stem}-").removesuffix(".pdf"): made[name] for name in made}


@cache
def lines(name: str) -> str:
    return text(files()[name])


@cache
def words(name: str) -> str:
    return normal(lines(name))


def bare(value: str) -> str:
    """Return characters without spaces: lines break where they may."""
    return re.sub(r"\s", "", normal(value))


@cache
def questions(version: str) -> dict[str, tuple[str, str]]:
    """Return the number of each item in a version, and what stands from its prompt to the next, by uid."""
    starts = {}
    for item in whole().items:
        prompt = re.escape(normal(whole().plain(item.prompt)))
        found = re.search(rf"(\d+)\. {prompt} [\d,]+ pt", words(version))
        assert found, item.uid
        starts[item.uid] = found
    ends = [*sorted(found.start() for found in starts.values()), len(words(version))]
    return {
        uid: (found[1], words(version)[found.end() : next(end for end in ends if end > found.start())])
        for uid, found in starts.items()
    }


def question(version: str, item: Item) -> tuple[str, str]:
    return questions(version)[item.uid]


def mark(printed: str, of: Text) -> str:
    """Return the letter or the number that stands before a text."""
    found = re.findall(rf"(\w+)\. {re.escape(normal(whole().plain(of)))}(?= |$)", printed)
    assert len(found) == 1, (printed, of)
    return str(found[0])


def told(version: str, number: str) -> str:
    """Return what the key says of a question of a version."""
    glance = lines("key").split("Les réponses expliquées")[0]
    of_version = dict(zip(VERSIONS, re.split("Version [AB]", glance)[1:], strict=True))[version]
    return dict(re.findall(r"^(\d+) (.+)$", of_version, re.MULTILINE))[number]


def right(item: Item, printed: str) -> str:
    """Return the key to what is printed, from the data of the item alone."""
    asked = item.interaction
    match asked:
        case ChoiceInteraction(multiple=True):
            return ", ".join(sorted(mark(printed, one.text) for one in asked.options if one.credit > 0))
        case ChoiceInteraction():
            return mark(printed, max(asked.options, key=lambda one: one.credit).text)
        case OrderInteraction():
            ranks = {mark(printed, entry.text): place for place, entry in enumerate(asked.entries, start=1)}
            return " ".join(f"{letter}{ranks[letter]}" for letter in sorted(ranks))
        case MatchInteraction(layout="labels"):
            targets = {target.id: mark(printed, target.text) for target in asked.targets}
            return " ".join(
                f"{place}{targets[one.target]}" for place, one in enumerate(asked.sources, start=1)
            )
        case MatchInteraction():
            targets = {target.id: mark(printed, target.text) for target in asked.targets}
            pairs = {int(mark(printed, one.text)): targets[one.target] for one in asked.sources}
            return " ".join(f"{place}{pairs[place]}" for place in sorted(pairs))
    return ""


def test_three_files() -> None:
    assert sorted(files()) == ["a", "b", "key"]


@BOTH
def test_every_item_and_choice_is_printed(version: str) -> None:
    for item in whole().items:
        printed = bare(question(version, item)[1])
        match item.interaction:
            case ChoiceInteraction(options=options):
                wanted = [option.text for option in options]
            case MatchInteraction(targets=targets):
                wanted = [target.text for target in targets]
            case OrderInteraction(entries=entries):
                wanted = [entry.text for entry in entries]
            case _:
                wanted = []
        assert all(bare(whole().plain(one)) in printed for one in wanted), item.uid


@BOTH
def test_the_key_is_the_key_to_what_is_printed(version: str) -> None:
    checked = 0
    for item in whole().items:
        number, printed = question(version, item)
        if wanted := right(item, printed):
            assert told(version, number) == wanted, item.uid
            checked += 1
    assert checked >= 13


@BOTH
def test_the_exams_do_not_answer_themselves(version: str) -> None:
    exam = words(version)
    assert "Une explication complète" not in exam
    assert "Un relais et une file" not in exam
    assert "Corrigé" not in exam


def test_versions_differ_in_the_order_of_items_and_of_choices() -> None:
    numbers = {version: [question(version, item)[0] for item in whole().items] for version in VERSIONS}
    assert numbers["a"] == [str(place) for place in range(1, len(whole().items) + 1)]
    assert sorted(numbers["a"]) == sorted(numbers["b"])
    assert numbers["a"] != numbers["b"]
    for item in whole().items:
        if item.type in ("single", "multiple", "match", "categorise", "order"):
            shown = [right(item, question(version, item)[1]) for version in VERSIONS]
            assert shown[0] != shown[1] or item.type != "order", item.uid


def test_true_stays_before_false() -> None:
    item = next(item for item in whole().items if item.type == "truefalse")
    assert all("A. Vrai B. Faux" in question(version, item)[1] for version in VERSIONS)


def test_the_grid_lists_points_and_criteria() -> None:
    grid = words("key").split("Grille de notation")[1]
    assert "Nommer le relais (0,67 pt)" in grid
    assert "Total 22,5" in grid


def test_what_items_share_is_printed_once_above_them() -> None:
    quiz = whole()
    one = next(item for item in quiz.items if item.uid == "full.single")
    other = next(item for item in quiz.items if item.uid == "full.short").model_copy(
        update={"stimulus": one.stimulus}
    )
    apart = next(item for item in quiz.items if item.uid == "full.order")
    shared = replace(quiz, items=(apart, one, other), memo=Memo())
    for name, content in run(pdf.EXPORTER, shared).files.items():
        if not name.endswith("-key.pdf"):
            found = normal(text(content))
            assert found.count("MAIL FROM") == 1
            document = re.search(r"Document des questions (\d) à (\d)", found)
            assert document
            assert int(document[2]) == int(document[1]) + 1
            below = found[document.end() :]
            assert "Que veut dire" in below
            assert "+33 commence" in below


@pytest.mark.parametrize("name", ["a", "key"])
def test_it_can_be_read_aloud_and_holds_no_date_nor_path(name: str) -> None:
    content = files()[name]
    root = pypdf.PdfReader(io.BytesIO(content)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "fr"
    assert b"pdfuaid:part>1<" in content
    assert not re.search(rb"CreationDate|ModDate|CreateDate|/home/|/root/|/tmp/|/work/", content)


def test_drawings_say_what_they_show() -> None:
    assert re.search(rb"/Alt ?[(<]", files()["a"])


def test_texts_are_no_typst_source() -> None:
    source = '#panic("x") $x^2$ @ref = /* [ ] \\u{41} #{1+1} '
    quiz = rewritten(whole(), lambda value: source + value)
    alone = replace(quiz, items=quiz.items[:3])
    for content in run(pdf.EXPORTER, alone).files.values():
        assert bare(quiz.plain(Text(source, locale="fr"))) in bare(text(content))


def test_right_to_left() -> None:
    arabic = "ما معنى هذا الرد"

    quiz = rewritten(whole(), lambda value: value if "{" in value else arabic)
    quiz = replace(quiz, course=quiz.course.model_copy(update={"locale": "ar"}), memo=Memo())
    content = run(pdf.EXPORTER, quiz).files[f"{quiz.stem}-a.pdf"]
    found = normal(text(content))
    assert all(found.count(word) > len(whole().items) for word in arabic.split())
    reader = pypdf.PdfReader(io.BytesIO(content))
    assert reader.trailer["/Root"]["/Lang"] == "ar"
    number = _position(reader.pages[0], "1")
    assert number > float(reader.pages[0].mediabox.width) / 2, "numbers stand on the right"


def _position(page: pypdf.PageObject, wanted: str) -> float:
    found: list[float] = []

    def visit(value: str, matrix: list[float], *_: object) -> None:
        if value.strip() == wanted:
            found.append(matrix[4])

    page.extract_text(visitor_text=visit)
    return found[0]


def test_japanese_is_printed_where_a_font_has_it() -> None:
    families = pdf.families("ja")
    assert len(families) > 1, "no Japanese font: run tests/system.sh"
    quiz = rewritten(whole(), lambda value: f"日本語{value}")
    quiz = replace(
        quiz, course=quiz.course.model_copy(update={"locale": "ja"}), items=quiz.items[:2], memo=Memo()
    )
    assert all("日本語" in bare(text(content)) for content in run(pdf.EXPORTER, quiz).files.values())


@pytest.mark.parametrize(
    ("sign", "script", "package"), [("日", "CJK", "fonts-noto-cjk"), ("ก", "THAI", "fonts-noto-core")]
)
def test_a_script_without_a_font_is_named(
    monkeypatch: pytest.MonkeyPatch, sign: str, script: str, package: str
) -> None:
    monkeypatch.setattr(pdf, "fonts", lambda: typst.Fonts(include_system_fonts=False))
    quiz = rewritten(whole(), lambda value: value.replace("Perdu", sign))
    with pytest.raises(FichesError, match=f"“{sign}” \\({script}\\).*{package}"):
        run(pdf.EXPORTER, quiz)


def test_drawings_are_looked_at_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "fonts", lambda: typst.Fonts(include_system_fonts=False))
    quiz = rewritten(whole(), lambda value: value.replace("Aline", "日"))
    with pytest.raises(FichesError, match="“日”"):
        run(pdf.EXPORTER, quiz)


def test_marks_in_drawings_are_set_but_never_hide_a_missing_glyph(monkeypatch: pytest.MonkeyPatch) -> None:
    quiz = rewritten(whole(), lambda value: value.replace("Aline", "اطّلاع"))
    assert len(run(pdf.EXPORTER, quiz).files) == 3
    monkeypatch.setattr(pdf, "fonts", lambda: typst.Fonts(include_system_fonts=False, font_paths=[]))
    both = rewritten(quiz, lambda value: value.replace("Perdu", "日"))
    with pytest.raises(FichesError, match="no font of this computer"):
        run(pdf.EXPORTER, both)


def test_without_typst(monkeypatch: pytest.MonkeyPatch) -> None:
    pdf.fonts.cache_clear()
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(FichesError, match=re.escape("pip install 'fiches[pdf]'")):
        run(pdf.EXPORTER, whole())


def test_another_version_shows_neither_the_first_order_nor_the_answer() -> None:
    quiz: Quiz = whole()
    for item in quiz.items:
        first, other = (paper.question(quiz, item, version) for version in ("A", "B"))
        if len(first.options) > 2 and item.type != "grid":
            assert [one.text for one in first.options] != [one.text for one in other.options], item.uid
        if isinstance(item.interaction, OrderInteraction) and len(first.options) > 2:
            shown = [one.text for one in other.options]
            assert shown != [entry.text for entry in item.interaction.entries]
