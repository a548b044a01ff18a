from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import lxml.html
import pytest
from exporter_support import HOSTILE, normal, rewritten, whole
from paper_readers import page
from playwright.sync_api import Browser

from generator.exporters.formats.html_ import EXPORTER
from generator.exporters.losses import run
from generator.exporters.quiz import Memo, Quiz, composed
from generator.model.items import ChoiceInteraction, GapInteraction, MatchInteraction

CHECKER = Path(__file__).parents[1] / "node_modules/vnu-jar/build/dist/vnu.jar"


def made(quiz: Quiz | None = None) -> bytes:
    given = quiz or whole()
    return run(EXPORTER, given).files[f"{given.stem}.html"]


def words(element: lxml.html.HtmlElement) -> str:
    return normal(element.text_content())


def parts(name: str) -> dict[str, lxml.html.HtmlElement]:
    """Return the questions, or their explanations, by uid."""
    found = page(made()).find_class(name)
    return {item.uid: element for item, element in zip(whole().items, found, strict=True)}


def test_one_page_in_the_language_of_the_quiz() -> None:
    root = page(made())
    assert (root.get("lang"), root.get("dir")) == ("fr", "ltr")
    assert len(root.findall(".//h1")) == 1
    assert words(root.find(".//title")) == normal(whole().name)
    arabic = replace(whole(), course=whole().course.model_copy(update={"locale": "ar"}), memo=Memo())
    assert page(made(arabic)).get("dir") == "rtl"


def test_no_script_and_nothing_from_the_network() -> None:
    root = page(made())
    loading = "//script | //link | //img | //iframe | //@src | //@srcset | //*[@style]"
    assert not root.xpath(loading)
    assert not re.search(r"url\(|@import", made().decode())


def test_each_question_has_its_choices_and_its_key() -> None:
    asked, told = parts("question"), parts("explained")
    for item in whole().items:
        shown, key = asked[item.uid], told[item.uid].find_class("answer")[0].text_content()
        match item.interaction:
            case ChoiceInteraction(options=options, multiple=multiple):
                lines = dict(words(line).split(". ", 1) for line in shown.iter("li"))
                assert list(lines.values()) == [normal(whole().plain(one.text)) for one in options]
                best = [
                    letter
                    for letter, one in zip(lines, options, strict=True)
                    if one.credit >= (0.01 if multiple else 1)
                ]
                assert key == ", ".join(best)
            case MatchInteraction(layout="pairs" | "categories") as match:
                lists = [[words(line).split(". ", 1) for line in one.iter("li")] for one in shown.iter("ul")]
                rows, columns = map(dict, lists)
                targets = {target.id: normal(whole().plain(target.text)) for target in match.targets}
                sources = {normal(whole().plain(one.text)): targets[one.target] for one in match.sources}
                assert {
                    rows[n]: columns[letter] for n, letter in re.findall(r"(\d+)([A-Z]+)", key)
                } == sources
            case GapInteraction(gaps=gaps):
                assert len(shown.find_class("blank")) == len(gaps)
            case _:
                assert key


def test_the_key_comes_after_all_the_questions_on_a_new_page() -> None:
    root = page(made())
    (main,), (key,) = root.iter("main"), root.find_class("key")
    assert "Une explication complète" not in words(main)
    assert "Une explication complète" in words(key)
    assert re.search(r"\.key \{[^}]*break-before: page", made().decode())


def test_drawings_stand_in_the_page_without_ids() -> None:
    root = page(made())
    assert len(list(root.iter("svg"))) >= 2
    assert not root.xpath("//*[@id]")


def test_a_quiz_composed_by_hand() -> None:
    items = [item.uid for item in whole().items][:3]
    quiz = composed(whole(), [(items[2], 3), (items[0], None)], "<Mon> quiz & moi")
    root = page(made(quiz))
    assert words(root.find(".//h1")) == "<Mon> quiz & moi"
    assert [words(one).split(" ")[0] for one in root.findall(".//main//h2")] == ["1.", "2."]
    assert "3 pt" in words(root.findall(".//main//h2")[0])
    assert "/ 4" in words(root.find_class("fields")[0])


def test_what_items_share_is_shown_once() -> None:
    one = next(item for item in whole().items if item.uid == "full.strict")
    other = next(item for item in whole().items if item.uid == "full.short").model_copy(
        update={"stimulus": one.stimulus}
    )
    root = page(made(replace(whole(), items=(one, other), memo=Memo())))
    assert len(root.find_class("document")) == 1


@pytest.mark.slow
@pytest.mark.parametrize("hostile", [False, True])
def test_the_nu_checker_finds_no_error(tmp_path: Path, hostile: bool) -> None:
    java = shutil.which("java")
    if java is None or not CHECKER.is_file():
        pytest.fail(
            "the Nu checker needs Java and vnu-jar: run tests/system.sh and npm install --prefix tests"
        )
    file = tmp_path / "quiz.html"
    file.write_bytes(made(rewritten(whole(), lambda value: HOSTILE + value) if hostile else whole()))
    done = subprocess.run(
        [java, "-Xss4m", "-jar", str(CHECKER), "--format", "json", str(file)],
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    found = json.loads(done.stderr)["messages"]
    assert [said for said in found if said["type"] != "info"] == []


@pytest.mark.browser
def test_printed_it_fits_the_page_and_the_key_starts_a_new_one(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "quiz.html"
    file.write_bytes(made())
    shown = browser.new_page(viewport={"width": 660, "height": 900})
    requests: list[str] = []
    shown.on("request", lambda request: requests.append(request.url))
    shown.goto(file.as_uri())
    assert requests == [file.as_uri()]
    shown.emulate_media(media="print")
    assert shown.evaluate("document.documentElement.scrollWidth <= innerWidth")
    shown.close()
