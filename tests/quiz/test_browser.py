"""The quiz in Chromium: answered by mouse and by keyboard, kept, cleared, and readable without a script."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browsers import serve
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

sys.path.insert(0, str(Path(__file__).parent))
import quiz_pages as pages
import quiz_samples as samples

pytestmark = pytest.mark.browser

NO_STORAGE = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no') } })"
FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("site")
    pages.write(folder, "all", samples.quiz())
    pages.write(folder, "rtl", samples.quiz(locale="ar"), lang="ar", scheme="slate")
    with serve(folder, pages.POLICY) as url:
        yield url.rstrip("/")


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    yield context
    context.close()


@pytest.fixture
def visit(context: BrowserContext, address: str) -> Iterator[Callable[..., Page]]:
    """Open a page and fail afterwards on anything that it said on the console."""
    complaints: list[str] = []

    def go(name: str = "all") -> Page:
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{address}/{name}.html")
        page.locator("[data-actions]:not([hidden])").first.wait_for()
        return page

    yield go
    assert not complaints


def answer(page: Page, name: str, response: object) -> None:
    form = page.locator(f"#relay--{name}")
    match response:
        case list() if name == "order":
            arrange(page, response)
        case list():
            for value in response:
                form.locator(f"[value={value}]").first.check()
        case dict():
            for field, value in response.items():
                one = form.locator(f"[name={field}]").first
                match one.evaluate("field => field.type"):
                    case "select-one":
                        one.select_option(value)
                    case "radio":
                        form.locator(f"[name={field}][value={value}]").check()
                    case _:
                        one.fill(value)
        case str():
            form.locator("input").first.fill(response)


def arrange(page: Page, wanted: list[str]) -> None:
    for place, name in enumerate(wanted):
        entry = page.locator(f"#relay--order li[data-element={name}]")
        while entry.evaluate("entry => [...entry.parentNode.children].indexOf(entry)") > place:
            entry.locator("[data-do=up]").click()


def check(page: Page, name: str) -> None:
    page.locator(f"#relay--{name} [data-do=check]").click()


def test_wrong_then_right_by_mouse(visit: Callable[..., Page]) -> None:
    page = visit()
    page.evaluate("addEventListener('fiches:answer', ({ detail }) => (window.told ??= []).push(detail))")
    for name, wrong in samples.WRONG.items():
        form = page.locator(f"#relay--{name}")
        answer(page, name, wrong)
        check(page, name)
        expect(form).to_have_attribute("data-state", "wrong")
        expect(form.locator("[data-verdict]")).to_have_text("Erreur")
        expect(form.locator("[data-do=retry]")).to_be_focused()
        form.locator("[data-do=retry]").click()
        expect(form.locator("fieldset [data-state]")).to_have_count(0)
        answer(page, name, samples.KEYS[name])
        check(page, name)
        expect(form).to_have_attribute("data-state", "right")
        expect(form.locator("> [data-explanation]")).to_contain_text("Parce que")
    assert page.evaluate("told.length") == 2 * len(samples.WRONG)
    assert page.evaluate("told[1]") == {
        "item": "relay.single",
        "response": ["queue"],
        "hints": 0,
        "score": 1,
        "raw": 1,
        "points": 1,
        "mode": "practice",
        "misconceptions": [],
    }
    assert page.evaluate("told[0].misconceptions") == ["down-means-lost"]
    assert page.evaluate("told.find(({ item, raw }) => item === 'relay.grid' && !raw).misconceptions") == [
        "direct"
    ]
    expect(page.locator("[data-total]")).to_contain_text("Score : 10 / 11")
    assert page.evaluate("document.documentElement.scrollWidth") == 360


HALF: dict[str, object] = {
    "single": ["later"], "several": ["copy"], "pairs": {"m1": "mua"}, "categories": {"c1": "app", "c3": "net"},
    "grid": {"g1": "false", "g2": "false"}, "labels": {"l1": "l1"}, "order": ["helo", "mail", "data", "rcpt"],
    "text": "file", "numeric": "15", "gap": {"mode": "without", "verb": "perdre"},
}  # fmt: skip


class Hand:
    """Answers by mouse, by finger or by keyboard alone."""

    def __init__(self, page: Page, way: str) -> None:
        self.page, self.way = page, way

    def use(self, one: Locator) -> None:
        match self.way:
            case "mouse":
                one.click()
            case "touch":
                one.tap()
            case _:
                one.focus()
                self.page.keyboard.press("Space")

    def give(self, form: Locator, response: object) -> None:
        match response:
            case list() if form.locator("[data-order]").count():
                self._arrange(form, response)
            case list():
                for value in response:
                    self._pick(form.locator(f"[value={value}]").first)
            case dict():
                for name, value in response.items():
                    one = form.locator(f"[name={name}]").first
                    match one.evaluate("field => field.type"):
                        case "select-one":
                            self._choose(one, value)
                        case "radio":
                            self._pick(form.locator(f"[name={name}][value={value}]"))
                        case _:
                            self._type(one, value)
            case str():
                self._type(form.locator("input").first, response)

    def _arrange(self, form: Locator, wanted: list[str]) -> None:
        for place, name in enumerate(wanted):
            entry = form.locator(f"li[data-element={name}]")
            while entry.evaluate("entry => [...entry.parentNode.children].indexOf(entry)") > place:
                self.use(entry.locator("[data-do=up]"))

    def _pick(self, box: Locator) -> None:
        if not box.is_checked():
            self.use(box)

    def _choose(self, field: Locator, value: str) -> None:
        if self.way != "keys":
            field.select_option(value)  # its list is the system's, and no part of the page
            return
        field.focus()
        place = "(field, value) => [...field.options].findIndex((one) => one.value === value) - field.selectedIndex"
        steps = field.evaluate(place, value)
        for _ in range(abs(steps)):
            self.page.keyboard.press("ArrowDown" if steps > 0 else "ArrowUp")

    def _type(self, field: Locator, text: str) -> None:
        self.use(field)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)


@pytest.mark.parametrize("way", ["mouse", "touch", "keys"])
def test_every_type_wrong_half_right_and_right(browser: Browser, address: str, way: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=way == "touch")
    page = context.new_page()
    page.goto(f"{address}/{'all' if way == 'mouse' else 'rtl'}.html")
    page.locator("[data-actions]:not([hidden])").first.wait_for()
    hand = Hand(page, way)
    for name in samples.WRONG:
        form = page.locator(f"#relay--{name}")
        form.scroll_into_view_if_needed()
        for state, response in {"wrong": samples.WRONG, "partly": HALF, "right": samples.KEYS}.items():
            value = response[name]
            hand.give(form, value.replace(",", ".") if way != "mouse" and name == "numeric" else value)
            hand.use(form.locator("[data-do=check]"))
            expect(form).to_have_attribute("data-state", state)
            if state != "right":
                hand.use(form.locator("[data-do=retry]"))
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    context.close()


def test_feedback_stands_beside_its_answer(visit: Callable[..., Page]) -> None:
    page = visit()
    answer(page, "single", ["lost"])
    check(page, "single")
    reply = page.locator("#relay--single [data-element=lost] .fi-reply")
    expect(reply).to_have_text("Erreur Non, il reste en file. Voir l’idée reçue")
    expect(reply.locator("a")).to_have_attribute("href", "#misconception-down-means-lost")
    described = page.locator("#relay--single [value=lost]").get_attribute("aria-describedby")
    assert described == reply.get_attribute("id")
    answer(page, "gap", samples.WRONG["gap"])
    check(page, "gap")
    expect(page.locator("#relay--gap .fi-reply").first).to_have_text("Trou 1 sur 2 Erreur Regardez mieux.")


def test_by_keyboard_alone(visit: Callable[..., Page]) -> None:
    page = visit("rtl")
    press = page.keyboard.press
    page.locator("#relay--single [value=lost]").focus()
    press("ArrowDown")
    press("Enter")
    expect(page.locator("#relay--single")).to_have_attribute("data-state", "right")
    expect(page.locator("#relay--single [data-do=retry]")).to_be_focused()
    page.locator("#relay--pairs select").first.focus()
    page.keyboard.type("2")
    press("Tab")
    page.keyboard.type("3")
    page.locator("#relay--pairs [data-do=check]").press("Space")
    expect(page.locator("#relay--pairs")).to_have_attribute("data-state", "right")
    first = page.locator("#relay--order li").first
    moved = first.get_attribute("data-element")
    first.locator("[data-do=down]").focus()
    press("ArrowDown")
    press("Enter")
    assert page.locator("#relay--order li").nth(2).get_attribute("data-element") == moved
    expect(page.locator(f"#relay--order li[data-element={moved}] [data-do=down]")).to_be_focused()
    expect(page.locator("#relay--order [data-verdict]")).to_contain_text("place 3 sur 4")
    page.locator("#relay--numeric input").focus()
    page.keyboard.type("1.5 s")
    press("Enter")
    expect(page.locator("#relay--numeric [data-verdict]")).to_contain_text("nombre")
    expect(page.locator("#relay--numeric input")).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_hints_come_one_at_a_time_and_answers_after_a_try(visit: Callable[..., Page]) -> None:
    page = visit()
    hints = page.locator("#relay--text .fi-hint")
    expect(hints.nth(1)).to_be_hidden()
    hints.first.locator("summary").click()
    expect(hints.nth(1)).to_be_visible()
    expect(page.locator("#relay--text [data-answer]")).to_be_hidden()
    check(page, "text")
    expect(page.locator("#relay--text [data-verdict]")).to_have_text("Répondez d’abord à la question.")
    answer(page, "text", "rien")
    check(page, "text")
    expect(page.locator("#relay--text [data-answer]")).to_be_visible()


def test_a_free_answer_is_assessed_by_its_author(visit: Callable[..., Page]) -> None:
    page = visit()
    form = page.locator("#relay--free")
    form.locator("textarea").fill("Saut par saut.")
    check(page, "free")
    expect(form.locator("summary", has_text="Voir")).to_be_focused()
    form.locator("[value=r2]").check()
    expect(page.locator("[data-total]")).to_contain_text("Score : 0,75 / 11")
    page.reload()
    expect(form.locator("textarea")).to_have_value("Saut par saut.")
    expect(form.locator("[value=r2]")).to_be_checked()


def test_answers_are_kept_and_cleared_across_tabs(visit: Callable[..., Page]) -> None:
    page, other = visit(), visit()
    page.bring_to_front()
    for name in ("single", "pairs", "grid", "order", "gap"):
        answer(page, name, samples.KEYS[name])
        check(page, name)
    other.bring_to_front()
    answer(other, "text", "file d’attente")
    check(other, "text")
    page.bring_to_front()
    page.reload()
    expect(page.locator("[data-total]")).to_contain_text("Score : 6 / 11")
    for name in ("single", "pairs", "grid", "order", "gap", "text"):
        expect(page.locator(f"#relay--{name}")).to_have_attribute("data-state", "right")
    expect(other.locator("[data-total]")).to_contain_text("6 / 11")
    answer(page, "numeric", "7")
    page.locator("[data-do=reset]").click()
    expect(page.locator("form[data-state]")).to_have_count(0)
    expect(page.locator("#relay--numeric input")).to_have_value("")
    expect(page.locator("#relay--single input").first).to_be_focused()
    expect(other.locator("[data-total]")).to_be_hidden()
    assert page.evaluate("localStorage.length") == 0


@pytest.mark.parametrize("trouble", [NO_STORAGE, FULL])
def test_storage_may_be_forbidden_or_full(
    visit: Callable[..., Page], context: BrowserContext, trouble: str
) -> None:
    context.add_init_script(trouble)
    page = visit()
    for name in ("single", "text"):
        answer(page, name, samples.KEYS[name])
        check(page, name)
    expect(page.locator("[data-total]")).to_contain_text("Score : 2 / 11")


def test_stored_nonsense_is_ignored(visit: Callable[..., Page]) -> None:
    page = visit()
    rubbish = '{"relay.single":{"response":7},"relay.order":3,"relay.pairs":{"response":{"gone":"x"}}}'
    page.evaluate("text => localStorage.setItem('fiches:1:sample:relay', text)", rubbish)
    page.reload()
    answer(page, "text", samples.KEYS["text"])
    check(page, "text")
    expect(page.locator("[data-total]")).to_contain_text("Score : 1 / 11")
    expect(page.locator("#relay--order [data-element]")).to_have_count(4)


def test_another_store_can_be_given(visit: Callable[..., Page]) -> None:
    page = visit()
    page.evaluate(
        """() => {
          window.saved = { "relay.single": { response: ["queue"] } };
          const store = { load: () => saved, save: (state) => (window.saved = state) };
          document.querySelector("fiches-quiz").store = store;
        }"""
    )
    expect(page.locator("#relay--single")).to_have_attribute("data-state", "right")
    answer(page, "text", "spool")
    check(page, "text")
    assert page.evaluate("saved") == {
        "relay.single": {"response": ["queue"]},
        "relay.text": {"response": "spool"},
    }
    assert page.evaluate("localStorage.length") == 0


def test_a_single_question_may_stand_elsewhere(visit: Callable[..., Page]) -> None:
    page = visit()
    page.evaluate(
        """() => {
          const quiz = document.querySelector("fiches-quiz").cloneNode(true);
          for (const part of quiz.querySelectorAll("[data-options], .fi-item__number")) part.remove();
          document.querySelector("fiches-quiz").replaceWith(quiz);
        }"""
    )
    answer(page, "single", ["lost"])
    check(page, "single")
    expect(page.locator("[data-total]")).to_contain_text("0 / 11")
    expect(page.locator("[data-do=wrong]")).to_be_hidden()


def test_without_a_script_everything_can_be_read(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/all.html")
    expect(page.locator("[data-do]:visible")).to_have_count(0)
    expect(
        page.locator(":is([data-options], [data-exam], [data-report], [data-cost]):visible")
    ).to_have_count(0)
    expect(page.locator("#relay--order select").first).to_be_visible()
    page.locator("#relay--single summary", has_text="Voir la réponse").click()
    expect(page.locator("#relay--single [data-answer] .fi-feedback").first).to_be_visible()
    context.close()
