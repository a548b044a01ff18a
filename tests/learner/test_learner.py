"""The learner's own history, review and progress in Chromium, over several days of a false clock."""

from __future__ import annotations

import gzip
import json
import subprocess
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from browsers import serve
from full_site import full_site
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from site_browser import violations, watched, width
from site_support import Built

from generator.site.assets import asset, assets
from generator.site.chrome import POLICY

START = datetime(2026, 3, 2, 9)
SCHEMES = ("light", "dark")
PREFIX = "fiches:history:demo:"
NO_STORAGE = "Object.defineProperty(window, 'localStorage', { get() { throw new Error('blocked') } })"
FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }"
browser_test = pytest.mark.browser


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Two sheets with quizzes, in French and, read from the right, in Arabic."""
    return full_site(tmp_path_factory)


@pytest.fixture(scope="module")
def address(site: Built) -> Iterator[str]:
    with serve(site.root, POLICY) as url:
        yield url


@pytest.fixture
def context(browser: Browser, address: str) -> Iterator[BrowserContext]:
    with watched(browser, address) as found:
        yield found


def day(context: BrowserContext, number: int = 0) -> int:
    """Put every page of a context on a day; return that day as records name it."""
    when = START + timedelta(days=number)
    context.clock.install(time=when)
    return (when.date() - datetime(1970, 1, 1).date()).days


def opened(context: BrowserContext, address: str, path: str) -> Page:
    page = context.new_page()
    page.goto(address + path)
    ready = {"review/": "[data-review]", "progress/": "[data-progress]"}.get(path.removeprefix("ar/"), "form")
    page.locator(f"{ready}:not([hidden])").first.wait_for()
    if ready == "form":
        page.locator("[data-actions]:not([hidden])").first.wait_for()
    return page


def answer(page: Page, name: str, choice: str) -> None:
    form = page.locator(f"[data-item='{name}']")
    if form.locator("[data-do=retry]").is_visible():
        form.locator("[data-do=retry]").click()
    form.locator(f"[value='{choice}']").check()
    form.locator("[data-do=check]").click()
    expect(form).to_have_attribute("data-state", "right" if choice in ("queue", "a", "true") else "wrong")


def kept(page: Page) -> dict[str, Any]:
    """Return the records that the browser keeps, by item."""
    texts = page.evaluate(
        "prefix => Object.fromEntries(Object.entries(localStorage).filter(([key]) => key.startsWith(prefix)))",
        PREFIX,
    )
    return {key.removeprefix(PREFIX): json.loads(text) for key, text in texts.items()}


def seed(context: BrowserContext, items: dict[str, Any]) -> None:
    """Give a context's pages a history; a text stands for itself."""
    texts = {
        PREFIX + name: item if isinstance(item, str) else json.dumps(item, separators=(",", ":"))
        for name, item in items.items()
    }
    once_only = (
        "if (origin !== 'null' && !localStorage.seeded) Object.assign(localStorage, TEXTS, { seeded: 1 })"
    )
    context.add_init_script(once_only.replace("TEXTS", json.dumps(texts)))


def record(*attempts: list[Any], **misconceptions: int) -> dict[str, Any]:
    return {"v": 1, "a": list(attempts), "m": misconceptions}


def part(page: Page, name: str) -> Locator:
    return page.locator(f"[data-part='{name}']")


def test_the_pure_modules() -> None:
    run = subprocess.run(
        ["node", "--test", "learner.test.mjs"],
        cwd=Path(__file__).parent, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr
    assert "# skipped 0" in run.stdout


def test_a_page_with_a_quiz_loads_little_for_the_history() -> None:
    made = assets()
    loaded = [made[asset(f"learner/{name}.mjs")] for name in ("history", "record")]
    assert sum(len(gzip.compress(content)) for content in loaded) <= 2 * 1024
    assert b"ts-fsrs" not in b"".join(loaded)


@browser_test
def test_answers_on_a_sheet_are_remembered(context: BrowserContext, address: str) -> None:
    today = day(context)
    page = opened(context, address, "concepts/first/")
    answer(page, "first.single", "lost")
    answer(page, "first.single", "queue")
    answer(page, "first.multiple", "a")
    assert kept(page) == {
        "first.single": record([today, 0], **{"direct-line": today}),
        "first.multiple": record([today, 1]),
    }
    assert page.locator("[data-unkept] .fi-notice").count() == 0


@browser_test
def test_right_on_two_days_an_objective_is_reached(
    browser: Browser, context: BrowserContext, address: str
) -> None:
    day(context)
    answer(opened(context, address, "concepts/first/"), "first.single", "lost")
    page = opened(context, address, "concepts/first/")
    answer(page, "first.truefalse", "true")
    page.goto(f"{address}progress/")
    row = page.locator("[data-objective='first.o1']")
    expect(row.locator("[data-state]")).to_have_attribute("data-state", "begun")
    expect(row.locator("[data-days]")).to_have_text("1 sur 2")
    expect(part(page, "reached").first).to_have_text("Objectifs acquis : 0 sur 2")
    expect(part(page, "seen")).to_have_text("Questions vues : 2 sur 21")
    expect(part(page, "due")).to_have_text("À revoir aujourd’hui : 0")
    idea = page.locator("[data-misconception='direct-line']")
    expect(idea).to_contain_text("2 mars 2026")
    expect(idea).to_contain_text("à relire")
    assert idea.locator("a").get_attribute("href") == "../concepts/first/#misconception-direct-line"
    state = context.storage_state()
    with watched(browser, address, storage_state=state) as later:
        day(later, 1)
        page = opened(later, address, "concepts/first/")
        answer(page, "first.single", "queue")
        page.goto(f"{address}progress/")
        row = page.locator("[data-objective='first.o1']")
        expect(row.locator("[data-state]")).to_have_text("acquis")
        node = page.locator(".fi-d-map [data-concept=first]")
        expect(node).to_have_attribute("data-mastery", "done")
        expect(node).to_have_attribute("aria-label", "La première fiche\u00a0: acquis")
        expect(node.locator(".fi-d-map-sign")).to_have_text("✓")
        expect(page.locator(".fi-d-map [data-concept=full] .fi-d-map-sign")).to_have_text("○")
        expect(page.locator("[data-misconception='direct-line']")).to_contain_text("juste depuis")


@browser_test
def test_the_review_asks_what_is_due_then_what_is_new_sheets_in_turn(
    context: BrowserContext, address: str
) -> None:
    today = day(context)
    seed(
        context,
        {
            "first.single": record([today - 30, 1]),
            "first.multiple": record([today - 5, 1]),
            "full.single": record([today - 9, 1]),
            "first.truefalse": record([today - 1, 1]),
        },
    )
    page = opened(context, address, "review/")
    expect(part(page, "plan")).to_have_text("Aujourd’hui, à revoir : 3 · nouvelles : 5")
    expect(part(page, "next-due")).to_have_text("Prochaine révision : demain")
    page.locator("[data-pace]").select_option("3")
    expect(part(page, "plan")).to_have_text("Aujourd’hui, à revoir : 3 · nouvelles : 3")
    page.locator("[data-part=start] [data-do=start]").click()
    asked = []
    for number in range(1, 7):
        expect(part(page, "place")).to_have_text(f"Question {number} sur 6")
        expect(part(page, "place")).to_be_focused()
        asked.append(page.locator("form[data-item]").get_attribute("data-item"))
        assert page.locator("form[data-item]").count() == 1
        page.locator("[data-do=next]").click()
    assert asked == [
        "first.single", "full.single", "first.multiple", "full.strict", "first.match", "first.order",
    ]  # fmt: skip
    expect(part(page, "result")).to_have_text("Justes du premier coup : 0 sur 6")
    page.reload()
    expect(page.locator("[data-pace]")).to_have_value("3")


@browser_test
def test_an_answer_is_rated_and_the_learner_may_say_otherwise(context: BrowserContext, address: str) -> None:
    today = day(context)
    seed(context, {"first.single": record([today - 4, 1]), "full.single": record([today - 3, 1])})
    page = opened(context, address, "review/")
    page.locator("[data-pace]").select_option("0")
    page.locator("[data-part=start] [data-do=start]").click()
    expect(part(page, "rating")).to_be_hidden()
    answer(page, "first.single", "queue")
    expect(page.locator("[name=rating]:checked")).to_have_value("3")
    shown = [part(page, f"when-{name}").inner_text() for name in ("again", "hard", "good", "easy")]
    assert shown[0] == "demain"
    days = [int("".join(filter(str.isdigit, text)) or 1) for text in shown]
    assert days == sorted(set(days))
    page.locator("[name=rating][value='2']").check()
    expect(part(page, "comes-back")).to_have_text(f"Cette question revient : {shown[1]}")
    assert kept(page)["first.single"]["a"] == [[today - 4, 1], [today, 1, None, 2]]
    page.locator("[data-do=next]").click()
    page.locator("form [value=wrong]").check()
    page.locator("[data-do=check]").click()
    expect(page.locator("[name=rating]:checked")).to_have_value("1")
    page.locator("[data-do=next]").click()
    # What was missed comes once more, and is not rated again.
    expect(part(page, "place")).to_have_text("Question 3 sur 3")
    expect(page.locator("form[data-item]")).to_have_attribute("data-item", "full.single")
    page.locator("form [value=right]").check()
    page.locator("[data-do=check]").click()
    expect(part(page, "rating")).to_be_hidden()
    page.locator("[data-do=next]").click()
    expect(part(page, "over-title")).to_be_focused()
    expect(part(page, "result")).to_have_text("Justes du premier coup : 1 sur 2")
    assert kept(page)["full.single"]["a"] == [[today - 3, 1], [today, 0]]
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('fiches:1:'))") == []


@browser_test
def test_a_question_keeps_its_document_and_its_links(context: BrowserContext, address: str) -> None:
    today = day(context)
    seed(context, {"first.single": record([today - 4, 1])})
    page = opened(context, address, "review/")
    page.locator("[data-part=start] [data-do=start]").click()
    expect(page.locator(".fi-stimulus")).to_contain_text("La panne")
    answer(page, "first.single", "lost")
    idea = page.locator(".fi-reply .fi-idea")
    assert idea.get_attribute("href") == f"{address}concepts/first/#misconception-direct-line"
    assert part(page, "sheet").get_attribute("href") == "../concepts/first/"


@browser_test
def test_a_free_answer_is_rated_by_the_learner(context: BrowserContext, address: str) -> None:
    today = day(context)
    seed(context, {"first.free": record([today - 4, 1])})
    page = opened(context, address, "review/")
    page.locator("[data-part=start] [data-do=start]").click()
    page.locator("[name=draft]").fill("Un relais garde le message.")
    page.locator("[data-do=check]").click()
    expect(page.locator("[name=rating]:checked")).to_have_value("1")
    page.locator("[name=met]").first.check()
    expect(page.locator("[name=rating]:checked")).to_have_value("3")
    assert kept(page)["first.free"]["a"] == [[today - 4, 1], [today, 1]]


@browser_test
def test_a_sheet_that_cannot_be_read_waits(browser: Browser, address: str) -> None:
    context = browser.new_context(service_workers="block")  # it complains, and must
    today = day(context)
    seed(context, {"first.single": record([today - 30, 1]), "full.single": record([today - 9, 1])})
    context.route("**/concepts/first/", lambda route: route.abort())
    page = opened(context, address, "review/")
    page.locator("[data-pace]").select_option("3")
    page.locator("[data-part=start] [data-do=start]").click()
    expect(page.locator("form[data-item]")).to_have_attribute("data-item", "full.single")
    expect(part(page, "not-loaded")).to_contain_text("La première fiche")
    context.close()


@browser_test
@pytest.mark.parametrize("trouble", [NO_STORAGE, FULL])
def test_storage_may_be_blocked_or_full(context: BrowserContext, address: str, trouble: str) -> None:
    day(context)
    context.add_init_script(trouble)
    page = opened(context, address, "concepts/first/")
    expect(page.locator("[data-unkept] .fi-notice")).to_have_count(0)
    answer(page, "first.single", "queue")
    expect(page.locator("[data-unkept] .fi-notice")).to_be_visible()
    page = opened(context, address, "review/")
    page.locator("[data-part=start] [data-do=start]").click()
    answer(page, "first.single", "queue")
    expect(page.locator("[data-unkept] .fi-notice")).to_be_visible()
    expect(page.locator("[name=rating]:checked")).to_have_value("3")
    page.locator("[data-do=next]").click()
    expect(part(page, "place")).to_have_text("Question 2 sur 5")
    opened(context, address, "progress/")


@browser_test
def test_what_cannot_be_read_is_set_aside(context: BrowserContext, address: str) -> None:
    today = day(context)
    newer = '{"v":9,"all":"new"}'
    seed(
        context, {"first.single": "{oops", "first.multiple": newer, "first.truefalse": record([today - 1, 1])}
    )
    page = opened(context, address, "progress/")
    expect(part(page, "aside")).to_contain_text("1")
    expect(part(page, "seen")).to_have_text("Questions vues : 1 sur 21")
    assert page.evaluate("localStorage['fiches:aside:demo:first.single']") == "{oops"
    page = opened(context, address, "concepts/first/")
    answer(page, "first.single", "queue")
    answer(page, "first.multiple", "a")
    assert kept(page)["first.single"] == record([today, 1])
    assert kept(page)["first.multiple"] == json.loads(newer)


@browser_test
def test_two_tabs(context: BrowserContext, address: str) -> None:
    today = day(context)
    progress = opened(context, address, "progress/")
    review = opened(context, address, "review/")
    one, other = (opened(context, address, "concepts/first/") for _ in range(2))
    answer(one, "first.single", "queue")
    answer(other, "first.multiple", "a")
    assert kept(one) == {"first.single": record([today, 1]), "first.multiple": record([today, 1])}
    expect(part(progress, "seen")).to_have_text("Questions vues : 2 sur 21")
    expect(part(review, "plan")).to_have_text("Aujourd’hui, à revoir : 0 · nouvelles : 3")
    review.locator("[data-part=start] [data-do=start]").click()
    expect(review.locator("form[data-item]")).to_have_attribute("data-item", "first.truefalse")
    answer(other, "first.truefalse", "true")
    review.locator("[data-do=next]").click()
    expect(review.locator("form[data-item]")).not_to_have_attribute("data-item", "first.truefalse")


@browser_test
def test_exported_erased_and_imported_all_is_as_before(
    context: BrowserContext, address: str, tmp_path: Path
) -> None:
    today = day(context)
    seed(context, {"full.single": record([today - 3, 0.5, 2], [today - 1, 1, None, 4])})
    page = opened(context, address, "concepts/first/")
    answer(page, "first.single", "lost")
    page.goto(f"{address}progress/")
    before = page.evaluate("({ ...localStorage })")
    file = tmp_path / "mine.json"
    with page.expect_download() as saved:
        page.locator("[data-do=export]").click()
    saved.value.save_as(file)
    assert saved.value.suggested_filename == "fiches-demo.json"
    page.locator("[data-do=erase]").click()
    page.locator("dialog button").first.click()
    expect(page.locator("dialog")).to_be_hidden()
    assert page.evaluate("({ ...localStorage })") == before
    page.locator("[data-do=erase]").click()
    page.locator("[data-do=sure]").click()
    expect(part(page, "data-say")).to_have_text("Tout est effacé.")
    expect(part(page, "seen")).to_have_text("Questions vues : 0 sur 21")
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('fiches:'))") == []
    page.locator("[type=file]").set_input_files(file)
    page.locator("[value=replace]").check()
    page.locator("form [type=submit]").click()
    expect(part(page, "data-say")).to_have_text("Importé. Questions : 2")
    expect(part(page, "seen")).to_have_text("Questions vues : 2 sur 21")
    after = page.evaluate("({ ...localStorage })")
    assert after.pop("fiches:pace:demo") == "5"
    assert after == before


@browser_test
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"format": "x"}, "n’est pas un export"),
        ({"version": 9}, "plus récente"),
        ({"course": "other"}, "autre cours"),
        ({"items": {"a.b": record([20000, 1]), "a.c": 3}}, "illisibles : 1"),
    ],
)
def test_a_file_is_checked(
    context: BrowserContext, address: str, tmp_path: Path, change: dict[str, Any], said: str
) -> None:
    page = opened(context, address, "progress/")
    file = tmp_path / "theirs.json"
    file.write_text(
        json.dumps({"format": "fiches-history", "version": 1, "course": "demo", "items": {}, **change})
    )
    page.locator("[type=file]").set_input_files(file)
    page.locator("form [type=submit]").click()
    expect(part(page, "data-say")).to_contain_text(said)
    assert set(kept(page)) <= {"a.b"}


@browser_test
@pytest.mark.parametrize("home", ["", "ar/"])
@pytest.mark.parametrize("preferred", SCHEMES)
def test_accessible_and_no_wider_than_a_phone(
    browser: Browser, address: str, home: str, preferred: str
) -> None:
    phone = {"width": 360, "height": 740}
    with watched(browser, address, color_scheme=preferred, viewport=phone) as context:
        today = day(context)
        seed(
            context,
            {
                "first.single": record([today - 9, 0], [today - 5, 1], **{"direct-line": today - 9}),
                "first.multiple": record([today - 3, 1]),
                "full.single": "{oops",
            },
        )
        page = opened(context, address, f"{home}progress/")
        expect(part(page, "due")).not_to_be_empty()
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
        assert violations(page) == []
        assert width(page) <= phone["width"]
        page.locator("[data-do=erase]").click()
        assert violations(page) == []
        page = opened(context, address, f"{home}review/")
        assert violations(page) == []
        page.locator("[data-part=start] [data-do=start]").click()
        page.locator("form [name=choice]").first.check()
        page.locator("[data-do=check]").click()
        expect(part(page, "rating")).to_be_visible()
        assert violations(page) == []
        assert width(page) <= phone["width"]
        while part(page, "over").is_hidden():
            page.locator("[data-do=next]").click()
        assert violations(page) == []


@browser_test
def test_a_session_with_the_keyboard_alone(context: BrowserContext, address: str) -> None:
    today = day(context)
    seed(context, {"first.single": record([today - 4, 1])})
    page = opened(context, address, "review/")
    page.locator("[data-part=start] [data-do=start]").focus()
    page.keyboard.press("Enter")
    expect(part(page, "place")).to_be_focused()

    def tab(selector: str) -> None:
        for _ in range(12):
            page.keyboard.press("Tab")
            if page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
        pytest.fail(f"Tab does not reach {selector}")

    tab("[name=choice]")
    page.keyboard.press("Space")
    tab("[data-do=check]")
    page.keyboard.press("Enter")
    tab("[name=rating]")
    page.keyboard.press("ArrowRight")
    expect(page.locator("[name=rating][value='4']")).to_be_checked()
    assert kept(page)["first.single"]["a"][-1] == [today, 1, None, 4]
    tab("[data-do=next]")
    page.keyboard.press("Enter")
    expect(part(page, "place")).to_be_focused()


@browser_test
@pytest.mark.parametrize("path", ["review/", "progress/"])
def test_without_a_script_the_pages_say_what_they_need(browser: Browser, address: str, path: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + path)
    expect(page.locator("[data-waiting]")).to_be_visible()
    expect(page.locator("[data-do]:visible")).to_have_count(0)
    if path == "progress/":
        page.locator("summary").first.click()
        expect(page.locator("[data-objective='first.o1']")).to_be_visible()
    context.close()
