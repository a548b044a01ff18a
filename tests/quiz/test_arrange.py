"""Matching, ordering and categorising by drag, by touch, by tapping and by keyboard, right, wrong and half right."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browsers import serve
from playwright.sync_api import Browser, Locator, Page, expect

sys.path.insert(0, str(Path(__file__).parent))
import quiz_pages as pages
import quiz_samples as samples

pytestmark = pytest.mark.browser

Take = Callable[[Page, Locator, Locator], None]
Moves = list[tuple[str, str]]
# By item: what is taken where, and the verdict on it. Later moves build on earlier ones.
PAIRS: list[tuple[Moves, str]] = [
    ([("mta", "m1"), ("mda", "m2")], "wrong"),
    ([("mua", "m1")], "partly"),
    ([("mta", "m2")], "right"),
]
CATEGORIES: list[tuple[Moves, str]] = [
    ([("c1", "net"), ("c2", "net")], "wrong"),
    ([("c1", "app"), ("c2", "app")], "partly"),
    ([("c3", "net"), ("c4", "net")], "right"),
]
# Shown: MAIL FROM, RCPT TO, DATA, EHLO.
ORDER: list[tuple[Moves, str]] = [
    ([("helo", "rcpt"), ("data", "rcpt")], "wrong"),
    ([("helo", "mail")], "partly"),
    ([("rcpt", "data")], "right"),
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("site")
    names = ("pairs", "categories", "labels", "order", "text")
    pages.write(folder, "ltr", samples.quiz(*names))
    pages.write(folder, "rtl", samples.quiz(*names, locale="ar"), lang="ar")
    with serve(folder, pages.POLICY) as url:
        yield url.rstrip("/")


@pytest.fixture(scope="module")
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True)
    found = context.new_page()
    complaints: list[str] = []
    found.on("console", lambda message: complaints.append(message.text))
    found.on("pageerror", lambda error: complaints.append(str(error)))
    yield found
    context.close()
    assert not complaints


def visit(page: Page, address: str, name: str) -> None:
    page.goto(address)
    page.evaluate("localStorage.clear()")
    page.reload()
    page.locator(f"#relay--{name}").scroll_into_view_if_needed()
    page.locator(f"#relay--{name} .fi-arranged").wait_for()


def middle(place: Locator) -> tuple[float, float]:
    box = place.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + min(box["height"] / 2, 30)


def mouse(page: Page, thing: Locator, place: Locator) -> None:
    page.mouse.move(*middle(thing))
    page.mouse.down()
    page.mouse.move(*middle(place), steps=3)
    page.mouse.up()


def touch(page: Page, thing: Locator, place: Locator) -> None:
    session = page.context.new_cdp_session(page)

    def send(kind: str, *points: tuple[float, float]) -> None:
        touched = [{"x": x, "y": y} for x, y in points]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touched})

    (x, y), (to_x, to_y) = middle(thing), middle(place)
    send("touchStart", (x, y))
    send("touchMove", ((x + to_x) / 2, (y + to_y) / 2))
    send("touchMove", (to_x, to_y))
    send("touchEnd")
    session.detach()


def tap(page: Page, thing: Locator, place: Locator) -> None:
    thing.tap()
    expect(thing).to_have_attribute("aria-pressed", "true")
    place.scroll_into_view_if_needed()
    page.touchscreen.tap(*middle(place))


def keys(page: Page, thing: Locator, place: Locator) -> None:
    thing.press("Enter")
    spot = place.locator("[data-do=place]")
    (spot if spot.count() else place.locator("[data-grip]")).press("Space")


WAYS = {"mouse": mouse, "touch": touch, "tap": tap, "keys": keys}


def things(form: Locator, name: str) -> tuple[Callable[[str], Locator], Callable[[str], Locator]]:
    """Return how what is taken, and where it is taken to, are found."""
    if name == "pairs":
        return (
            lambda card: form.locator(f".fi-bank [value={card}]"),
            lambda row: form.locator(f".fi-row[data-element={row}]"),
        )
    thing = lambda row: form.locator(f"[data-element={row}] [data-grip]")  # noqa: E731
    if name == "categories":
        return thing, lambda zone: form.locator(f"[data-zone={zone}]")
    return thing, lambda entry: form.locator(f"li[data-element={entry}]")


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("name", "steps"), [("pairs", PAIRS), ("categories", CATEGORIES), ("order", ORDER)], ids=lambda one: one
)
def test_arranged_in_every_way(
    page: Page, address: str, name: str, steps: list[tuple[Moves, str]], way: str
) -> None:
    visit(page, f"{address}/{'rtl' if way in ('mouse', 'keys') else 'ltr'}.html", name)
    form = page.locator(f"#relay--{name}")
    thing, place = things(form, name)
    for moves, state in steps:
        for taken, to in moves:
            # Away from the edges of the screen, at which the page scrolls under what is carried.
            thing(taken).evaluate("taken => taken.scrollIntoView({ block: 'center' })")
            WAYS[way](page, thing(taken), place(to))
            expect(form.locator("[data-verdict]")).not_to_be_empty()
        form.locator("[data-do=check]").click()
        expect(form).to_have_attribute("data-state", state)
        assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_escape_gives_up(page: Page, address: str) -> None:
    visit(page, f"{address}/ltr.html", "pairs")
    form = page.locator("#relay--pairs")
    card = form.locator(".fi-bank [value=mua]")
    card.press("Enter")
    expect(form.locator("[data-do=place]").first).to_be_visible()
    expect(form.locator("[data-verdict]")).to_contain_text("Indiquez sa place")
    card.press("Escape")
    expect(form.locator("[data-do=place]").first).to_be_hidden()
    expect(card).to_have_attribute("aria-pressed", "false")
    page.mouse.move(*middle(card))
    page.mouse.down()
    page.mouse.move(*middle(form.locator(".fi-row").first), steps=2)
    page.keyboard.press("Escape")
    page.mouse.up()
    expect(form.locator("select").first).to_have_value("")


def test_lists_and_cards_tell_the_same(page: Page, address: str) -> None:
    visit(page, f"{address}/ltr.html", "categories")
    form = page.locator("#relay--categories")
    form.locator("[name=c1]").select_option("net")
    form.locator("[name=c1]").press("Tab")
    expect(form.locator("[data-zone=net] [data-element=c1]")).to_have_count(1)
    expect(form.locator("[name=c1]")).to_be_visible()
    for name, target in samples.KEYS["categories"].items():
        form.locator(f"[name={name}]").select_option(target)
    form.locator("[data-do=check]").click()
    page.reload()
    form.scroll_into_view_if_needed()
    expect(form.locator("[data-zone=app] [data-element=c1]")).to_have_count(1)
    expect(form).to_have_attribute("data-state", "right")
    page.locator("[data-do=reset]").click()
    expect(form.locator("[data-zone] .fi-row")).to_have_count(0)


def test_the_focus_stays_where_it_is_when_the_script_comes_late(page: Page, address: str) -> None:
    late: list[Callable[[], None]] = []
    page.route("**/arrange.mjs", lambda route: late.append(route.continue_))
    with page.expect_request("**/arrange.mjs"):
        page.goto(f"{address}/ltr.html")
        page.locator("#relay--categories").scroll_into_view_if_needed()
    field = page.locator("#relay--categories select").nth(1)
    field.focus()
    expect(page.locator("#relay--categories .fi-arranged")).to_have_count(0)
    late[0]()
    page.locator("#relay--categories .fi-arranged").wait_for()
    expect(field).to_be_focused()
    page.unroute("**/arrange.mjs")
