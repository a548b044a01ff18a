"""Exam, pretest, mistakes only, shuffling, certainty, links, paper: each kept apart, accessible, and safe to reload."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from browsers import serve
from playwright.sync_api import Browser, Page, expect

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "site"))
import quiz_pages as pages
import quiz_samples as samples
from site_browser import violations

from generator import player

NAMES = ("single", "several", "grid", "text", "free")
INVITATION = '<div data-pretest="relay"><details><summary>?</summary><p>! <a href="#quiz=mode:pretest">!</a></p></details></div>'
KEY = "fiches:1:sample:relay"
QUIZ = Path(player.__file__).parent / "assets/quiz"
Visit = Callable[..., Page]


def node(code: str) -> Any:
    """Return what a module that imports ours writes as JSON."""
    run = subprocess.run(
        ["node", "--input-type=module", "-e", code], cwd=QUIZ, capture_output=True, text=True, check=True
    )
    return json.loads(run.stdout)


def told(expression: str, module: str) -> Any:
    return node(
        f'import * as m from "{(QUIZ / module).as_uri()}";process.stdout.write(JSON.stringify({expression}));'
    )


def test_a_seed_gives_one_order_for_ever() -> None:
    mixed = told('m.mixed(4821, ["a", "b", "c", "d", "e", "f"])', "shuffle.mjs")
    assert mixed == ["d", "a", "b", "c", "f", "e"]
    assert told('m.mixed(4821, ["f", "b", "a"])', "shuffle.mjs") == [x for x in mixed if x in "fba"]
    assert told('m.mixed(4822, ["a", "b", "c", "d", "e", "f"])', "shuffle.mjs") != mixed
    assert told('m.mixed(undefined, ["b", "a"])', "shuffle.mjs") == ["b", "a"]
    firsts = told('[...Array(600).keys()].map((n) => m.mixed(n + 1, ["a", "b", "c"])[0])', "shuffle.mjs")
    assert all(160 < firsts.count(name) < 240 for name in "abc")


@pytest.mark.parametrize(
    ("fragment", "settings"),
    [
        ("#quiz=seed:4821;items=q1,q3;mode=exam", {"mode": "exam", "seed": 4821, "items": ["q1", "q3"]}),
        ("#quiz=mode:exam;minutes:20;confidence:1", {"mode": "exam", "minutes": 20, "confidence": True}),
        ("#quiz=", {"mode": "practice"}),
        ("#quiz=mode:evil;seed:-1;items:%3Cb%3E;minutes:9999;__proto__:1;%", {"mode": "practice"}),
        ("#other", None),
    ],
)
def test_a_link_says_how_the_quiz_is_taken(fragment: str, settings: dict[str, Any] | None) -> None:
    assert told(f"m.read({json.dumps(fragment)})", "shuffle.mjs") == settings
    if settings:
        assert told(f"m.read(m.written({json.dumps(settings)}))", "shuffle.mjs") == settings


def test_certainty_is_worth_what_the_rule_says() -> None:
    worth = told("[1, 2, 3].flatMap((level) => [1, 0].map((raw) => m.worth(level, raw)))", "confidence.mjs")
    assert worth == [1, 0, 2, -2, 3, -6]


def test_each_opened_hint_takes_a_share_of_the_points() -> None:
    paid = told("[[1, 0], [1, 1], [0.5, 2], [0.1, 1]].map((one) => m.paid(...one, 0.2))", "question.mjs")
    assert paid == pytest.approx([1, 0.8, 0.1, 0])


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("site")
    pages.write(folder, "ltr", INVITATION + samples.quiz(*NAMES))
    pages.write(folder, "rtl", INVITATION + samples.quiz(*NAMES, locale="ar"), lang="ar", scheme="slate")
    with serve(folder, pages.POLICY) as url:
        yield url.rstrip("/")


@pytest.fixture(scope="module")
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 740}, reduced_motion="reduce")
    found = context.new_page()
    complaints: list[str] = []
    found.on("console", lambda message: complaints.append(message.text))
    found.on("pageerror", lambda error: complaints.append(str(error)))
    yield found
    context.close()
    assert not complaints


@pytest.fixture
def visit(page: Page, address: str) -> Visit:
    """Open a page as on a first visit."""

    def go(fragment: str = "", name: str = "ltr") -> Page:
        page.goto(f"{address}/{name}.html")
        page.evaluate("localStorage.clear()")
        page.goto("about:blank")
        page.goto(f"{address}/{name}.html{fragment}")
        page.locator("[data-actions]:not([hidden])").first.wait_for(state="attached")
        page.evaluate("addEventListener('fiches:answer', ({ detail }) => (window.told ??= []).push(detail))")
        return page

    return go


def choose(page: Page, name: str, right: bool) -> None:
    form = page.locator(f"#relay--{name}")
    match name:
        case "single":
            form.locator(f"[value={'queue' if right else 'lost'}]").check()
        case "several":
            for value in ("copy", "retry") if right else ("ring",):
                form.locator(f"[value={value}]").check()
        case "grid":
            for field, value in samples.KEYS["grid"].items():
                form.locator(f"[name={field}][value={value if right else 'true'}]").check()
        case "text":
            form.locator("[name=answer]").fill("file d’attente" if right else "rien")
        case _:
            form.locator("textarea").fill("Saut par saut.")


def options(page: Page, **fields: str | bool) -> None:
    """Set the options of the quiz, and begin."""
    page.locator("[data-options] > summary").click()
    form = page.locator("[data-options] form")
    for name, value in fields.items():
        if name == "mode":
            form.locator(f"[value={value}]").check()
        elif value is True:
            form.locator(f"[name={name}]").check()
        else:
            form.locator(f"[name={name}]").fill(str(value))
    form.locator("[data-do=begin]").click()


def state(page: Page, which: str = "") -> dict[str, Any]:
    return dict(page.evaluate("key => JSON.parse(localStorage.getItem(key) ?? '{}')", KEY + which))


def sound(page: Page) -> None:
    """Hold the page to be accessible, and no wider than the phone."""
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360


@pytest.mark.browser
def test_hints_are_paid_and_kept(visit: Visit) -> None:
    page = visit()
    form = page.locator("#relay--text")
    expect(form.locator("summary").first).to_have_text("Indice 1 (−20 %)")
    form.locator(".fi-hint summary").first.click()
    expect(form.locator(".fi-hint").nth(1)).to_be_visible()
    page.reload()
    expect(form.locator(".fi-hint[open]")).to_have_count(1)
    choose(page, "text", right=False)
    form.locator("[data-do=check]").click()
    expect(form.locator(".fi-reply")).to_contain_text("Ouvrez un indice")
    form.locator("[data-do=retry]").click()
    choose(page, "text", right=True)
    page.evaluate("addEventListener('fiches:answer', ({ detail }) => (window.told ??= []).push(detail))")
    form.locator("[data-do=check]").click()
    assert page.evaluate("[told[0].score, told[0].raw, told[0].hints]") == [0.8, 1, 1]
    form.locator(".fi-hint summary").nth(1).click()  # too late to cost anything
    expect(page.locator("[data-total]")).to_contain_text("Score : 0,8 / 5")
    assert state(page)["relay.text"] == {"response": "file d’attente", "hints": 1}


@pytest.mark.browser
@pytest.mark.parametrize("name", ["ltr", "rtl"])
def test_an_exam_says_nothing_before_its_end(visit: Visit, name: str) -> None:
    page = visit(name=name)
    choose(page, "single", right=True)
    page.locator("#relay--single [data-do=check]").click()
    options(page, mode="exam")
    expect(page.locator("[data-told]")).to_have_text("Examen")
    expect(page.locator(":is([data-do=check], .fi-hint, [data-answer], [data-total]):visible")).to_have_count(
        0
    )
    expect(page.locator("#relay--single :checked")).to_have_count(0)
    for question, right in {"single": False, "several": True, "text": True}.items():
        choose(page, question, right)
    page.locator("#relay--text input").press("Enter")
    sound(page)
    page.reload()
    expect(page.locator("#relay--text input")).to_have_value("file d’attente")
    expect(page.locator("form[data-state], .fi-reply")).to_have_count(0)
    page.evaluate("addEventListener('fiches:answer', ({ detail }) => (window.told ??= []).push(detail))")
    page.locator("[data-do=finish]").click()
    missing = page.locator("[data-missing]")
    expect(missing).to_be_focused()
    expect(missing).to_have_text("Questions sans réponse : 35")
    missing.locator("a").first.click()
    choose(page, "grid", right=False)
    choose(page, "free", right=True)
    expect(missing).to_be_hidden()
    page.locator("[data-do=finish]").click()
    expect(page.locator("[data-total]")).to_contain_text(re.compile("Score : 2[,.]5 / 5"))
    expect(page.locator("#relay--single .fi-reply")).to_contain_text("Non, il reste en file.")
    assert page.evaluate("told.map(({ mode, raw }) => [mode, raw])") == [
        ["exam", x] for x in (0, 1, 0.5, 1, 0)
    ]
    expect(page.locator(":is([data-do=retry], [data-do=reset]):visible")).to_have_count(0)
    page.locator("#relay--free [data-answer] summary").click()
    page.locator("#relay--free [value=r1]").check()
    expect(page.locator("[data-total]")).to_contain_text(re.compile("Score : 2[,.]75 / 5"))
    sound(page)
    page.reload()
    expect(page.locator("[data-total]")).to_contain_text(re.compile("Score : 2[,.]75 / 5"))
    # Practice has not heard of it, and asks only what was wrong.
    assert list(state(page)) == ["relay.single"]
    page.locator("[data-do=wrong]").click()
    expect(page.locator("[data-item]:visible")).to_have_count(3)
    expect(page.locator("#relay--single")).to_be_visible()
    expect(page.locator("[data-do=check]:visible")).to_have_count(3)
    assert state(page) == {}
    page.locator("[data-do=whole]").click()
    expect(page.locator("[data-item]:visible")).to_have_count(5)
    assert state(page, ":settings") == {}


@pytest.mark.browser
def test_time_runs_out(visit: Visit) -> None:
    page = visit("#quiz=mode:exam;minutes:2;items:single,text")
    expect(page.locator("[data-item]:visible")).to_have_count(0)
    expect(page.locator("[data-options] [name=minutes]")).to_have_value("2")
    page.locator("[data-do=begin]").click()
    expect(page.locator("[data-item]:visible")).to_have_count(2)
    expect(page.locator("[data-time]")).to_contain_text("Temps restant : 1:5")
    choose(page, "text", right=True)
    page.evaluate(
        "key => { const kept = JSON.parse(localStorage[key]); kept.end = Date.now() + 61e3; localStorage[key] = JSON.stringify(kept) }",
        f"{KEY}:settings",
    )
    page.reload()
    expect(page.locator("[data-soon]")).to_contain_text("1:00")
    page.evaluate("const now = Date.now; Date.now = () => now() + 61e3")
    expect(page.locator("[data-told]")).to_contain_text("Le temps est écoulé")
    expect(page.locator("[data-total]")).to_contain_text("Score : 1 / 2")
    expect(page.locator("#relay--single [data-verdict]")).to_have_text("Sans réponse")
    sound(page)


@pytest.mark.browser
def test_only_mistakes_are_asked_again(visit: Visit) -> None:
    page = visit()
    for name, right in {"single": True, "several": False, "text": False}.items():
        choose(page, name, right)
        page.locator(f"#relay--{name} [data-do=check]").click()
    page.locator("[data-do=wrong]").click()
    expect(page.locator("[data-item]:visible")).to_have_count(2)
    expect(page.locator("#relay--several .fi-item__number")).to_have_text("1")
    expect(page.locator("form[data-state]:visible")).to_have_count(0)
    page.reload()
    expect(page.locator("[data-item]:visible")).to_have_count(2)
    for name in ("several", "text"):
        choose(page, name, right=True)
        page.locator(f"#relay--{name} [data-do=check]").click()
    expect(page.locator("[data-total]")).to_contain_text("Score : 2 / 2")
    expect(page.locator("[data-do=wrong]")).to_be_hidden()
    page.locator("[data-do=whole]").click()
    expect(page.locator("[data-total]")).to_contain_text("Score : 3 / 5")


ORDER = "[...document.querySelectorAll('[data-item], fieldset > .fi-option[data-element]')].map((one) => one.dataset.item ?? one.dataset.element)"


@pytest.mark.browser
def test_a_seed_and_a_link_give_the_same_quiz(visit: Visit) -> None:
    page = visit()
    plain = page.evaluate(ORDER)
    options(page, shuffle=True, seed="4821")
    expect(page.locator("[data-told]")).to_have_text("Ordre n° 4821")
    expect(page.locator("[data-told]")).to_be_focused()
    mixed = page.evaluate(ORDER)
    assert sorted(mixed) == sorted(plain)
    assert mixed != plain
    assert page.locator(".fi-item__number").all_inner_texts() == ["1", "2", "3", "4", "5"]
    page.locator("[data-options] > summary").click()
    page.locator("[data-do=share]").click()
    link = page.locator("[name=link]").input_value()
    assert link.endswith("#quiz=seed:4821;mode:practice")
    sound(page)
    visit("#" + link.partition("#")[2])
    expect(page.locator("[data-told]")).to_have_text("Ordre n° 4821")
    assert page.evaluate(ORDER) == mixed
    options(page, mode="exam", count="2")
    expect(page.locator("[data-item]:visible")).to_have_count(2)
    assert "#" not in page.url
    visit("#quiz=seed:7;items:text,single,gone;mode:exam")
    expect(page.locator("[data-item]:visible")).to_have_count(2)
    expect(page.locator("[data-told]")).to_have_text("Examen · Ordre n° 7".replace(" · ", ""))
    choose(page, "text", right=True)
    page.reload()  # the same link does not begin anew
    expect(page.locator("#relay--text input")).to_have_value("file d’attente")


@pytest.mark.browser
def test_certainty_is_asked_and_weighed(visit: Visit) -> None:
    page = visit("#quiz=confidence:1;items:single,several,text")
    form = page.locator("#relay--single")
    choose(page, "single", right=False)
    form.locator("[data-do=check]").click()
    expect(form.locator("[data-verdict]")).to_have_text("Indiquez d’abord votre certitude.")
    expect(form.locator("[name=_sure]").first).to_be_focused()
    for name, right, level in (("single", False, "3"), ("several", True, "3"), ("text", True, "1")):
        choose(page, name, right)
        page.locator(f"#relay--{name} [name=_sure][value='{level}']").check()
        page.locator(f"#relay--{name} [data-do=check]").click()
    assert page.evaluate("told.map(({ confidence }) => confidence)") == [3, 3, 1]
    report = page.locator("[data-report]")
    assert [row.split() for row in report.locator("tbody tr").all_inner_texts()] == [
        ["Faible", "1", "100", "%"], ["Moyenne", "0", "–"], ["Forte", "2", "50", "%"]
    ]  # fmt: skip
    expect(report).to_contain_text("Points de certitude : -2 sur 9")
    expect(report.locator("[data-errors] a")).to_have_attribute("href", "#relay--single")
    sound(page)
    page.reload()
    expect(report).to_contain_text("-2 sur 9")
    expect(form.locator("[name=_sure]:checked")).to_have_value("3")


@pytest.mark.browser
def test_a_pretest_reveals_nothing_and_counts_for_nothing(visit: Visit) -> None:
    page = visit()
    page.locator("[data-pretest] summary").click()
    page.locator("[data-pretest] a").click()
    asked = page.locator("[data-item]:visible")
    expect(asked).to_have_count(3)
    expect(page.locator("[data-told]")).to_be_focused()
    names = [str(one.get_attribute("data-item")).partition(".")[2] for one in asked.all()]
    for name in names:
        choose(page, name, right=name == names[0])
    sound(page)
    page.locator("[data-do=finish]").click()
    expect(page.locator("[data-known]")).to_contain_text("Vous saviez déjà répondre à 1 de ces 3 questions")
    expect(page.locator(":is(.fi-reply, [data-answer], [data-total]):visible")).to_have_count(0)
    expect(page.locator("form[data-state]")).to_have_count(0)
    assert page.evaluate("told.map(({ mode }) => mode)") == ["pretest"] * 3
    sound(page)
    page.locator("[data-do=read]").click()
    expect(page.locator("[data-pretest] summary")).to_be_focused()
    expect(page.locator("[data-item]:visible")).to_have_count(5)
    assert state(page) == {}
    assert len(state(page, ":pretest")) == 3
    assert "#" not in page.url


@pytest.mark.browser
def test_printed_with_and_without_its_key(visit: Visit) -> None:
    page = visit()
    choose(page, "single", right=False)
    page.locator("#relay--single [data-do=check]").click()
    page.evaluate("window.print = () => {}")
    page.locator("[data-options] > summary").click()
    for key in (False, True):
        page.locator("[name=key]").set_checked(key)
        page.locator("[data-do=print]").click()
        page.emulate_media(media="print")
        expect(page.locator("h1")).to_be_hidden()
        expect(page.locator("legend").nth(2)).to_be_visible()
        expect(page.locator(":is(.fi-options, [data-do], .fi-hint):visible")).to_have_count(0)
        expect(page.locator("[data-answer]:visible")).to_have_count(5 if key else 0)
        page.emulate_media(media="screen")
        page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator("[data-answer]:visible")).to_have_count(1)
    expect(page.locator("h1")).to_be_visible()


@pytest.mark.browser
def test_modes_work_without_storage(browser: Browser, address: str) -> None:
    context = browser.new_context()
    context.add_init_script(
        "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }"
    )
    page = context.new_page()
    page.goto(f"{address}/ltr.html#quiz=mode:exam;items:text")
    expect(page.locator("[data-told]")).to_have_text("Examen")
    choose(page, "text", right=True)
    page.locator("[data-do=finish]").click()
    expect(page.locator("[data-total]")).to_contain_text("Score : 1 / 1")
    context.close()
