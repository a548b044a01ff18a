from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browsers import serve
from exporter_support import HOSTILE, rewritten, whole
from helpers import real_quiz
from playwright.sync_api import Browser, Page
from qti_readers import parsed
from qti_support import package, responses

from generator.exporters.quiz import Quiz
from generator.model.items import FreeInteraction, GapInteraction, Item, MatchInteraction
from generator.scoring import score

_PLAYER = Path(__file__).parents[1] / "node_modules/@citolab/qti-components"
_PLAY = """
async ({ items, rounded }) => {
    // The player writes each outcome with three decimals; its sums are looked at with all of theirs.
    if (!rounded) Number.prototype.toLocaleString = Number.prototype.toString;
    const { qtiTransformItem } = await import("/cdn/index.js");
    console.log = console.debug = console.warn = () => {};
    const found = [];
    for (const { xml, responses } of items) {
        document.body.replaceChildren(qtiTransformItem().parse(xml).htmlDoc());
        const item = document.querySelector("qti-assessment-item");
        await item.updateComplete;
        found.push(responses.map((given) => {
            for (const [name, value] of Object.entries(given)) item.updateResponseVariable(name, value);
            item.processResponse();
            return Number(item.getOutcome("SCORE").value);
        }));
    }
    return found;
}
"""


@pytest.fixture
def player(browser: Browser) -> Iterator[Page]:
    assert _PLAYER.is_dir(), "run `npm ci --prefix tests`"
    with serve(_PLAYER) as address, browser.new_context() as context:
        page = context.new_page()
        page.route("**/*.svg", lambda route: route.fulfill(body="", content_type="image/svg+xml"))
        page.goto(f"{address}package.json")
        yield page


def given(item: Item, response: Any) -> dict[str, Any]:
    """Return a response as the variables of the package hold it; none is null."""
    match item.interaction:
        case MatchInteraction():
            return {"RESPONSE": [f"s-{source} t-{target}" for source, target in response.items()] or None}
        case GapInteraction():
            return {f"RESPONSE-{name}": value or None for name, value in response.items()}
        case _ if isinstance(response, list) and not hasattr(item.interaction, "multiple"):
            return {"RESPONSE": response or None}
        case asked if isinstance(response, list) and not asked.multiple:
            return {"RESPONSE": response[0] if response else None}
        case _:
            return {"RESPONSE": response or None}


def disagreements(
    page: Page, quiz: Quiz, close: float = 1e-6, most: int = 256
) -> list[tuple[str, Any, float, float]]:
    files = package("qti30", quiz)
    scored = [item for item in quiz.items if not isinstance(item.interaction, FreeInteraction)]
    tried = [(item, responses(item, most)) for item in scored]
    played = [
        {
            "xml": files[f"items/{quiz.identify(item)}.xml"].decode(),
            "responses": [given(item, response) for response in found],
        }
        for item, found in tried
    ]
    return [
        (item.uid, response, wanted, scored_)
        for (item, found), scores in zip(
            tried, page.evaluate(_PLAY, {"items": played, "rounded": close > 1e-6}), strict=True
        )
        for response, scored_ in zip(found, scores, strict=True)
        if not abs((wanted := score(item, response)) - scored_) <= close
    ]


@pytest.mark.browser
def test_a_player_scores_as_we_do(player: Page) -> None:
    assert not disagreements(player, whole())


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("locale", ["fr", "en"])
def test_a_player_scores_the_real_course_as_we_do(player: Page, locale: str) -> None:
    assert not disagreements(player, real_quiz(locale), most=16)


@pytest.mark.browser
def test_rounding_does_not_add_up(player: Page) -> None:
    assert not disagreements(player, whole(), close=5.1e-4, most=32)


@pytest.mark.browser
def test_all_or_nothing(player: Page) -> None:
    strict = [item.model_copy(update={"partial": False}) for item in whole().items]
    quiz = whole()
    assert not disagreements(player, Quiz(quiz.id, quiz.title, quiz.course, quiz.words, tuple(strict)))


@pytest.mark.browser
def test_hostile_texts_run_nothing(player: Page) -> None:
    said: list[str] = []
    player.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    quiz = rewritten(whole(), lambda value: HOSTILE + value)
    files = package("qti30", quiz)
    items = [{"xml": files[name].decode(), "responses": []} for name in files if name.startswith("items/")]
    player.evaluate(_PLAY, {"items": items, "rounded": False})
    assert not player.evaluate("document.querySelectorAll('script, iframe').length")
    assert not said


def test_every_name_is_of_this_version() -> None:
    html = {"a", "br", "code", "div", "em", "img", "kbd", "li", "p", "pre", "span", "strong", "sup", "ul"}
    for name, content in package("qti30", real_quiz("fr")).items():
        if name.endswith(".xml") and name != "imsmanifest.xml":
            for element in parsed(content).iter("{*}*"):
                tag = element.tag.partition("}")[2]
                assert tag in html or re.fullmatch("qti(-[a-z]+)+", tag), (name, tag)
                assert not [key for key in element.attrib if re.search("^[a-z]+[A-Z]", key)], (name, tag)


def test_right_to_left() -> None:
    quiz = whole("ar")
    body = parsed(package("qti30", quiz)[f"items/{quiz.identify(quiz.items[0])}.xml"]).find(
        ".//{*}qti-item-body"
    )
    assert body is not None
    assert body.get("dir") == "rtl"
