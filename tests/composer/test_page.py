"""The composer in Chromium: a quiz made with a keyboard, and files like those of the command line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from browsers import serve
from click.testing import CliRunner
from full_site import full_site
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from site_browser import violations, watched, width
from site_support import Built

from generator import pipeline
from generator.cli import cli
from generator.exporters import EXPORTERS
from generator.site.pages import pages
from generator.site.view import Site

pytestmark = pytest.mark.browser

COMPOSED = [name for name, exporter in EXPORTERS.items() if exporter.composed]
HOMES = {"fr": "", "ar": "ar/"}
TITLE = 'Contrôle <n° 1> & "co" ’ / 🎉'


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The tests' full course in French and, read from the right, in Arabic."""
    return full_site(tmp_path_factory)


@pytest.fixture(scope="module")
def address(site: Built) -> Iterator[str]:
    with serve(site.root) as url:
        yield url


@pytest.fixture
def context(browser: Browser, address: str) -> Iterator[BrowserContext]:
    with watched(browser, address) as found:
        yield found


@pytest.fixture
def page(context: BrowserContext, address: str) -> Page:
    return opened(context, f"{address}composer/")


def opened(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    page.locator("[data-filters]").wait_for()
    return page


def box(page: Page, uid: str) -> Locator:
    return page.locator(f"[data-item='{uid}'] input")


def chosen(page: Page) -> list[str]:
    """Return the items of the quiz as the command line takes them."""
    fragment = page.evaluate("location.hash.slice(1)")  # page.url may lag behind
    found = parse_qs(fragment).get("items", [""])[0]
    return found.split(",") if found else []


def pick(page: Page, *uids: str) -> None:
    for uid in uids:
        box(page, uid).evaluate("box => { box.closest('details').open = true }")
        box(page, uid).check()


def rows(page: Page) -> Locator:
    return page.locator("[data-chosen] > li")


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent.trim() || document.activeElement.name"))


def press(page: Page, target: Locator, key: str = "Enter") -> None:
    """Press a key on what Tab leads to."""
    for _ in range(200):
        if target.evaluate("element => element === document.activeElement"):
            page.keyboard.press(key)
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab does not reach {target}")


def test_a_quiz_is_made_with_the_keyboard(page: Page) -> None:
    page.locator("[name=words]").focus()
    page.keyboard.type("NUMERO fourni")
    page.locator("[name=words]").fill("")
    press(page, page.locator("details[data-sheet=full] > summary"))
    for uid in ("full.single", "full.order", "full.numeric"):
        press(page, box(page, uid), "Space")
    assert chosen(page) == ["full.single", "full.order", "full.numeric"]
    press(page, page.locator("[name=title]"), "End")
    page.keyboard.type("Mon titre")
    press(page, rows(page).nth(2).locator("[data-do=up]"))
    assert chosen(page) == ["full.single", "full.numeric", "full.order"]
    page.keyboard.press("Enter")  # the focus stayed on the button of what was moved
    assert chosen(page) == ["full.numeric", "full.single", "full.order"]
    expect(page.locator("[data-mine] [data-say]")).to_contain_text("place 1 sur 3")
    page.keyboard.press("Shift+Tab")
    page.keyboard.type("2.5")
    page.keyboard.press("Tab")
    assert chosen(page) == ["full.numeric=2.5", "full.single", "full.order"]
    expect(page.locator("[data-mine] [data-total]")).to_have_text(re.compile(r"3.*\b6$"))
    press(page, rows(page).nth(1).locator("[data-do=remove]"))
    assert chosen(page) == ["full.numeric=2.5", "full.order"]
    expect(rows(page).nth(1).locator("[data-do=remove]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(rows(page).nth(0).locator("[data-do=remove]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#composer-mine")).to_be_focused()
    expect(box(page, "full.numeric")).not_to_be_checked()
    assert chosen(page) == []


def test_files_are_those_of_the_command_line(
    context: BrowserContext, address: str, site: Built, tmp_path: Path
) -> None:
    page = opened(context, f"{address}composer/")
    pick(page, *(item.uid for item in site.course.items))
    page.locator("[data-do=shuffle]").click()
    page.locator("[name=title]").fill(TITLE)
    rows(page).nth(3).locator("input").fill("0.5")
    rows(page).nth(1).locator("input").fill("3")
    rows(page).nth(1).locator("input").blur()
    items = ",".join(chosen(page))
    assert "=0.5" in items
    for number, name in enumerate(COMPOSED, start=1):
        if number % 10 == 0:
            page.wait_for_timeout(1500)  # Chromium drops what exceeds ten downloads in a burst
        with page.expect_download() as saved:
            page.locator(f"[data-format='{name}'] [data-do=download]").click()
        saved.value.save_as(tmp_path / "page" / name / saved.value.suggested_filename)
    options = ("--items", items, "--title", TITLE, "--locale", "fr", "--out", str(tmp_path / "cli"))
    formats = [option for name in COMPOSED for option in ("--format", name)]
    done = CliRunner().invoke(cli, ["export", "--project", str(site.root.parent), *formats, *options])
    assert done.exit_code == 0, done.output
    for name in COMPOSED:
        made = {path.name: path.read_bytes() for path in (tmp_path / "page" / name).iterdir()}
        wanted = {path.name: path.read_bytes() for path in (tmp_path / "cli" / name).iterdir()}
        losses = json.loads(wanted.pop("losses.json"))
        assert made == wanted, name
        kinds = {(loss["what"], loss["why"]) for found in losses.values() for loss in found}
        shown = page.locator(f"[data-format='{name}'] [data-lost] li")
        assert shown.count() == len(kinds), name


def test_filters(page: Page) -> None:
    def found() -> set[str]:
        visible = "all => all.filter(each => each.checkVisibility()).map(each => each.dataset.item)"
        return set(page.locator("[data-item]").evaluate_all(visible))

    assert found() == set()
    page.locator("[name=sheet]").select_option("full")
    whole = found()
    assert whole
    assert all(uid.startswith("full.") for uid in whole)
    page.locator("[name=ask]").select_option("order")
    assert found() == {"full.order"}
    page.locator("[name=ask]").select_option("")
    page.locator("[name=level]").select_option("easy")
    easy = found()
    assert whole > easy > set()
    page.locator("[data-filters] [type=reset]").click()
    expect(page.locator("details[data-sheet][open]")).to_have_count(0)
    page.locator("[name=words]").fill("ORDONNEZ")
    assert "full.order" in found()
    page.locator("[name=words]").fill("rien de tel")
    assert found() == set()
    expect(page.locator("[data-found]")).to_contain_text("0")
    page.locator("[name=words]").fill("")
    goal = page.locator("[name=objective] optgroup[data-sheet=full] option").first.get_attribute("value")
    page.locator("[name=objective]").select_option(goal)
    assert found()
    page.locator("[name=sheet]").select_option("first")
    expect(page.locator("[name=objective]")).to_have_value("")
    page.locator("details[data-sheet=first] [data-do=all]").click()
    assert set(chosen(page)) == found()


def test_a_link_restores_the_choice(page: Page, context: BrowserContext) -> None:
    pick(page, "full.order", "first.single")
    rows(page).nth(0).locator("input").fill("4")
    page.locator("[name=title]").fill(TITLE)
    rows(page).nth(1).locator("[data-do=down]").click()
    page.locator("[data-bar] a").evaluate("link => link.click()")  # an anchor of the page
    expect(page).to_have_url(re.compile("#items="))
    other = opened(context, page.evaluate("location.href"))
    assert chosen(other) == ["full.order=4", "first.single"]
    expect(other.locator("[name=title]")).to_have_value(TITLE)
    expect(other.locator("[data-chosen] input").first).to_have_value("4")
    expect(box(other, "first.single")).to_be_checked()
    other.locator("[data-do=clear]").click()
    expect(rows(other)).to_have_count(0)
    other.go_back()
    expect(rows(other)).to_have_count(2)
    other.evaluate("location.hash = '#items=nothing.such,full.order=7000,%3Cimg%3E&title=%3Cimg src=x>'")
    expect(rows(other)).to_have_count(1)
    expect(other.locator("[data-chosen] input")).to_have_value("1")


def test_points_that_are_none(page: Page) -> None:
    pick(page, "full.order")
    field = rows(page).locator("input")
    for wrong in ("0", "-1", "", "0.3", "101"):
        field.fill(wrong)
        field.blur()
        expect(field).to_have_attribute("aria-invalid", "true")
        assert chosen(page) == ["full.order"]
        expect(page.locator("[data-mine] [data-say]")).not_to_be_empty()
    field.fill("100")
    field.blur()
    expect(field).not_to_have_attribute("aria-invalid", "true")
    assert chosen(page) == ["full.order=100"]


def test_nothing_heavy_is_fetched_before_a_download(context: BrowserContext, address: str) -> None:
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url.removeprefix(f"{address}composer/")))
    page = opened(context, f"{address}composer/")
    assert not [url for url in asked if url.endswith(".json") and not url.startswith("http")]
    pick(page, "full.order")
    page.locator("[data-lost]:not([hidden])").first.wait_for()
    fetched = [url for url in asked if url.endswith(".json") and not url.startswith("http")]
    assert sorted(fetched) == ["course.json", "losses/full.json"]
    assert not [url for url in asked if "fflate" in url]


def test_a_failure_is_said(page: Page) -> None:
    pick(page, "full.order")
    page.locator("[data-lost]:not([hidden])").first.wait_for()
    page.route("**/csv/full.json", lambda route: route.fulfill(status=200, body="{}"))
    page.locator("[data-format=csv] [data-do=download]").click()
    expect(page.locator("[data-files] [data-say]")).to_contain_text("réessayez")


@pytest.mark.parametrize(("locale", "scheme"), [("fr", "dark"), ("ar", "light")])
def test_accessible_with_a_quiz_on_a_phone(browser: Browser, address: str, locale: str, scheme: str) -> None:
    with watched(browser, address, color_scheme=scheme, viewport={"width": 360, "height": 740}) as context:
        page = opened(context, f"{address}{HOMES[locale]}composer/")
        assert violations(page) == []
        pick(page, "full.order", "full.single", "full.free")
        rows(page).nth(0).locator("input").fill("0")
        rows(page).nth(0).locator("input").blur()
        page.locator("[data-lost]:not([hidden])").first.wait_for()
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
        assert violations(page) == []
        assert width(page) <= 360
        small = """all => all.filter(each => each.checkVisibility()).map(each => each.getBoundingClientRect())
            .filter(({ width, height }) => Math.min(width, height) < 24).length"""
        assert (
            page.locator(
                ".fi-composer :is(button, summary, select, input:not([type=checkbox]))"
            ).evaluate_all(small)
            == 0
        )


def test_without_a_script(browser: Browser, address: str) -> None:
    with watched(browser, address, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{address}composer/")
        expect(page.locator("noscript a[href='../downloads/']")).to_be_visible()
        page.locator("details[data-sheet=full] > summary").click()
        expect(page.locator("[data-item='full.order']")).to_be_visible()
        expect(box(page, "full.order")).to_be_disabled()
        for part in ("[data-filters]", "[data-mine]", "[data-files]"):
            expect(page.locator(part)).to_be_hidden()


def test_a_course_without_composed_formats_has_no_composer(site: Built) -> None:
    made = pipeline.edition(pipeline.Project.at(site.root.parent), site.course, "fr")
    assert "composer" not in {page.path for page in pages(Site(made.course, made.words))}
