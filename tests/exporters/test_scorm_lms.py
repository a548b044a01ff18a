"""Both SCORM packages in Chromium, inside an LMS made of scorm-again, answered with the keyboard."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from browsers import serve
from helpers import real_quiz
from package_support import (
    DRAFT,
    MODULES,
    POLICY,
    RESPONSES,
    Learner,
    full,
    kept,
    keys,
    share,
    unpack,
)
from playwright.sync_api import Browser, Frame, Page, expect

from generator.exporters.formats import scorm12, scorm2004
from generator.scoring import score

pytestmark = pytest.mark.browser

HERE = Path(__file__).parent
LMS = """<!doctype html><html lang="en"><title>LMS</title><link rel="icon" href="data:,">
<script src="scorm-again.js"></script><script src="lms.js"></script>
<iframe title="SCO" src="{}/index.html" width="700" height="700"></iframe>"""
PACKAGES = {"1.2": scorm12.EXPORTER, "2004": scorm2004.EXPORTER}
NAMES = {
    "1.2": {
        "score": "cmi.core.score.raw", "status": "cmi.core.lesson_status", "exit": "cmi.core.exit",
        "response": "student_response", "wrong": "wrong", "end": "LMSFinish", "commit": "LMSCommit",
        "set": "LMSSetValue", "open": "LMSInitialize",
    },
    "2004": {
        "score": "cmi.score.scaled", "status": "cmi.success_status", "exit": "cmi.exit",
        "response": "learner_response", "wrong": "incorrect", "end": "Terminate", "commit": "Commit",
        "set": "SetValue", "open": "Initialize",
    },
}  # fmt: skip
TOLD = {
    "1.2": {
        "single": ("choice", "b", "a"),
        "strict": ("choice", "a,b", "a,b"),
        "categorise": ("matching", "2.b,1.b,3.b", "2.b,1.b,3.a,4.a"),
        "order": ("sequencing", "d,a,b,c", "d,b,c,a"),
        "cloze": ("fill-in", "with, numérote", "without, numérote"),
        "short": ("fill-in", "Numéro, français", "numéro français"),
        "numeric": ("numeric", "4.2", "4.5"),
        "label": ("matching", "1.a,2.b", "1.b,2.a"),
        "free": ("fill-in", DRAFT, None),
    },
    "2004": {
        "single": ("choice", "half", "right"),
        "strict": ("choice", "a[,]b", "a[,]b"),
        "categorise": (
            "matching",
            "smtp[.]mail[,]imap[.]mail[,]ip[.]mail",
            "smtp[.]mail[,]imap[.]mail[,]ip[.]net[,]arp[.]net",
        ),
        "order": ("sequencing", "one[,]four[,]two[,]three", "one[,]two[,]three[,]four"),
        "cloze": ("fill-in", "with[,]numérote", "without[,]numérote"),
        "short": ("fill-in", "Numéro, français", "numéro français"),
        "numeric": ("numeric", "4.2", "4[:]5"),
        "label": ("matching", "alice[.]bob[,]bob[.]alice", "alice[.]alice[,]bob[.]bob"),
        "free": ("long-fill-in", DRAFT, None),
    },
}

VERSIONS = pytest.mark.parametrize("version", PACKAGES)
Visit = Callable[..., tuple[Page, Frame]]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("lms")
    for version, exporter in PACKAGES.items():
        unpack(exporter, full(), folder / version)
        (folder / f"{version}.html").write_text(LMS.format(version), "utf-8")
        head, _, frame = LMS.format(version).partition("<iframe")
        (folder / f"opener-{version}.html").write_text(head, "utf-8")
        (folder / f"framed-{version}.html").write_text(f"<!doctype html><iframe{frame}", "utf-8")
    shutil.copy(MODULES / "scorm-again/dist/scorm-again.js", folder)
    shutil.copy(HERE / "lms.js", folder)
    with serve(folder, POLICY) as url:
        yield url


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    """Open the LMS, with `given` data, and fail afterwards on anything that was said on the console."""
    context = browser.new_context(viewport={"width": 800, "height": 800})
    complaints: list[str] = []
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))

    def go(version: str, **given: Any) -> tuple[Page, Frame]:
        if given:
            context.add_init_script(f"sessionStorage.setItem('given', {json.dumps(json.dumps(given))})")
        page.goto(f"{address}{version.partition('&')[0]}.html?{version}")
        frame = page.frames[1]
        frame.wait_for_selector("[data-actions]:not([hidden])")
        return page, frame

    yield go
    assert not [words for words in complaints if "scorm-again" not in words]
    context.close()


def get(page: Page, version: str, name: str) -> str:
    """Return a value as the LMS holds it, those that a package may not read included."""
    steps = [step for step in name.split(".") if step != "cmi"]
    kept: Any = page.evaluate("lms.renderCMIToJSONObject().cmi")
    for step in steps:
        kept = kept[step]
    return str(kept)


def calls(page: Page, name: str) -> list[list[str]]:
    return [call for call in page.evaluate("log") if call[0] == name]


@VERSIONS
def test_answered_by_keyboard_left_and_resumed(visit: Visit, version: str) -> None:
    names, items = NAMES[version], full().items
    page, frame = visit(version)
    learner = Learner(page, frame)
    page.keyboard.press("Tab")
    hundred = 100 if version == "1.2" else 1
    done: list[str] = []
    for item in items:
        learner.answer(item)
        done.append(item.id)
        found = float(get(page, version, names["score"]))
        assert found == pytest.approx(share(full(), done) * hundred, abs=1e-6)
        assert len(get(page, version, "cmi.suspend_data")) <= 4096
        if len(done) < len(items):
            assert get(page, version, names["status"]) in {"incomplete", "unknown"}
    assert get(page, version, names["status"]) == "passed"
    for place, item in enumerate(items):
        kept = page.evaluate("lms.renderCMIToJSONObject().cmi.interactions")[str(place)]
        earned = score(item, RESPONSES[item.id], ",")
        wanted = {0.0: names["wrong"], 1.0: "correct"}.get(earned)
        assert kept["id"] == full().identify(item)
        assert re.fullmatch(r"[!-~]{1,64}", kept["id"])
        pattern = kept["correct_responses"].get("0", {}).get("pattern")
        assert (kept["type"], kept[names["response"]], pattern) == TOLD[version][item.id]
        assert (
            kept["result"] == wanted if wanted else float(kept["result"]) == pytest.approx(earned, abs=1e-6)
        )
        assert float(kept["weighting"]) == item.points
    refused = [call for call in calls(page, names["set"]) if call[-1] != "true"]
    assert not refused
    assert calls(page, names["set"])
    before = frame.inner_text("[data-total]")

    page.reload()
    frame = page.frames[1]
    frame.wait_for_selector("[data-total]:not([hidden])")
    assert frame.inner_text("[data-total]") == before
    assert frame.input_value("textarea") == DRAFT
    assert frame.get_attribute("#full--single", "data-state") == "partly"
    assert not calls(page, names["set"])[1:]  # nothing but the time: resuming answers nothing anew


@VERSIONS
def test_the_session_is_closed_when_the_page_goes(visit: Visit, version: str) -> None:
    names = NAMES[version]
    page, frame = visit(version)
    frame.evaluate("location.replace('about:blank')")
    page.wait_for_function("name => log.some(([call]) => call === name)", arg=names["end"])
    log = page.evaluate("log")
    assert log[-1] == [names["end"], "", "true"]
    assert log[-2] == [names["commit"], "", "true"]
    assert [names["set"], names["exit"], "suspend", "true"] in log
    time = next(call for call in reversed(log) if "session_time" in str(call[1]))
    shape = r"\d{4}:\d\d:\d\d\.\d\d" if version == "1.2" else r"PT\d+(\.\d+)?S"
    assert re.fullmatch(shape, time[2])


@VERSIONS
def test_a_wrong_answer_mended_after_resuming_keeps_its_place(visit: Visit, version: str) -> None:
    page, frame = visit(version)
    for value in ("wrong", "right"):
        frame.check(f"#full--single [value={value}]")
        frame.click("#full--single [data-do=check]")
        if value == "wrong":
            frame.fill("#full--short [name=answer]", "rien")
            frame.click("#full--short [data-do=check]")
            page.reload()
            frame = page.frames[1]
            frame.wait_for_selector("#full--single[data-state=wrong]")
            frame.click("#full--single [data-do=retry]")
    kept = page.evaluate("lms.renderCMIToJSONObject().cmi.interactions")
    assert [entry["id"] for entry in kept.values()] == ["demo.full.single.fr", "demo.full.short.fr"]
    assert [entry["result"] for entry in kept.values()] == ["correct", NAMES[version]["wrong"]]


@VERSIONS
@pytest.mark.parametrize("mode", ["review", "browse"])
def test_a_review_writes_nothing(visit: Visit, version: str, mode: str) -> None:
    given = {"core": {"lesson_mode": mode}} if version == "1.2" else {"mode": mode}
    page, frame = visit(version, **given)
    frame.check("#full--single [value=right]")
    frame.click("#full--single [data-do=check]")
    frame.wait_for_selector("#full--single[data-state=right]")
    assert not calls(page, NAMES[version]["set"])
    assert not calls(page, NAMES[version]["commit"])


@VERSIONS
def test_an_empty_mode_is_a_normal_one(visit: Visit, version: str) -> None:
    page, frame = visit(f"{version}&modeless")
    frame.check("#full--single [value=right]")
    frame.click("#full--single [data-do=check]")
    frame.wait_for_selector("#full--single[data-state=right]")
    assert [call[-1] for call in page.evaluate("log") if call[1].endswith("mode")] == [""]
    assert calls(page, NAMES[version]["commit"])


@VERSIONS
def test_the_lms_may_have_opened_the_window_around_the_frame(
    browser: Browser, address: str, version: str
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}opener-{version}.html?{version}")
    with context.expect_page() as opened:
        page.evaluate("address => open(address)", f"framed-{version}.html")
    form = opened.value.frame_locator("iframe").locator("#full--single")
    form.locator("[value=right]").check()
    form.locator("[data-do=check]").click()
    expect(form).to_have_attribute("data-state", "right")
    assert get(page, version, "cmi.interactions.0.id") == "demo.full.single.fr"
    context.close()


@VERSIONS
def test_starting_again_takes_the_score_back_but_not_the_pass(visit: Visit, version: str) -> None:
    names = NAMES[version]
    page, frame = visit(version)
    learner = Learner(page, frame)
    page.keyboard.press("Tab")
    for item in full().items:
        learner.answer(item)
    frame.click("[data-do=reset]")
    assert float(get(page, version, names["score"])) == 0
    assert get(page, version, names["status"]) == "passed"
    assert get(page, version, "cmi.suspend_data") == "1"


@VERSIONS
def test_without_an_lms_the_page_works(browser: Browser, address: str, version: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{address}{version}/index.html")
    page.check("#full--single [value=right]")
    page.click("#full--single [data-do=check]")
    page.wait_for_selector("#full--single[data-state=right]")
    page.reload()
    page.wait_for_selector("#full--single[data-state=right]")
    assert not errors
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_fault_for_axe(browser: Browser, address: str, scheme: Any) -> None:
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    page.goto(f"{address}1.2/index.html")
    page.check("#full--single [value=wrong]")
    page.click("#full--single [data-do=check]")
    page.click("#full--single .fi-idea")
    page.wait_for_selector(".fi-said:visible")
    page.click("#full--single + .fi-after summary")
    page.add_script_tag(path=str(MODULES / "axe-core/axe.min.js"))
    found = page.evaluate(
        "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes[0].html]))"
    )
    assert not found
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    context.close()


@pytest.mark.slow
def test_the_whole_course_is_resumed(browser: Browser, tmp_path: Path) -> None:
    quiz = real_quiz()
    unpack(scorm12.EXPORTER, quiz, tmp_path / "1.2")
    (tmp_path / "1.2.html").write_text(LMS.format("1.2"), "utf-8")
    shutil.copy(MODULES / "scorm-again/dist/scorm-again.js", tmp_path)
    shutil.copy(HERE / "lms.js", tmp_path)
    ((text, _),) = kept(quiz, keys(quiz, "Voilà."))
    assert len(text) <= 4096
    given = json.dumps(json.dumps({"suspend_data": text}))
    context = browser.new_context()
    context.add_init_script(f"sessionStorage.setItem('given', {given})")
    with serve(tmp_path, POLICY) as url:
        page = context.new_page()
        page.goto(f"{url}1.2.html?1.2")
        total = page.frame_locator("iframe").locator("[data-total]")
        points = f"{sum(item.points for item in quiz.items):.10g}".replace(".", ",")
        expect(total).to_contain_text(re.compile(rf"{points}\s/\s{points}"))
        expect(total).to_contain_text(re.compile(rf"{len(quiz.items)}\s/\s{len(quiz.items)}"))
    context.close()
