from __future__ import annotations

import json
import os
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from exporter_support import HOSTILE, rewritten, whole
from lxml import etree
from package_support import DRAFT, MODULES, POLICY, RESPONSES, Learner, files, full, share, unpack
from playwright.sync_api import Browser, BrowserContext, Page, expect

from generator.exporters.formats.cmi5 import EXPORTER
from generator.scoring import score

SCHEMAS = Path(os.environ.get("FICHES_SCHEMAS", "/work/shared/schemas"))
CMI5 = "https://w3id.org/xapi/cmi5/context"
VALIDATE = """
const validate = require(process.argv[1] + "/xapi-validation").default;
const statements = JSON.parse(require("fs").readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(statements.map((one) => validate(one).map(String))));
"""
ACTOR = {"objectType": "Agent", "account": {"homePage": "https://lms.example", "name": "alice"}}
AU = "https://lms.example/au/1"
REGISTRATION = "6f2f0bb5-6a56-4a0a-9d3f-3d0c2d2e7f11"
ALL_VERBS = ["initialized", *["answered"] * len(RESPONSES), "completed", "answered", "passed", "terminated"]


@pytest.mark.skipif(
    not (SCHEMAS / "cmi5").is_dir(), reason=f"no cmi5 schema in {SCHEMAS}: set FICHES_SCHEMAS to its folder"
)
@pytest.mark.parametrize("start", ["", HOSTILE])
def test_the_course_structure_is_valid(start: str) -> None:
    found = files(EXPORTER, rewritten(whole(), lambda value: start + value))
    schema = etree.XMLSchema(etree.parse(SCHEMAS / "cmi5/CourseStructure.xsd"))
    course = etree.fromstring(found["cmi5.xml"].encode())
    schema.assertValid(course)
    with pytest.raises(etree.DocumentInvalid):
        schema.assertValid(etree.fromstring(found["cmi5.xml"].replace("CompletedOrPassed", "Ever").encode()))


def test_the_course_structure_says_how_to_launch() -> None:
    found = files(EXPORTER, whole())
    course = etree.fromstring(found["cmi5.xml"].encode())
    (au,) = course.findall("{*}au")
    assert dict(au.attrib) == {
        "id": "urn:x-fiches:demo.fr:quiz",
        "moveOn": "CompletedOrPassed",
        "masteryScore": "0.5",
        "launchMethod": "AnyWindow",
    }
    assert au.findtext("{*}url") in found
    assert not [name for name in found if "scorm" in name or "suspend" in name]


@dataclass
class Lrs:
    """What a learner's LMS knows; a token is given out once."""

    launch: dict[str, Any]
    states: dict[str, Any] = field(default_factory=dict)
    statements: list[dict[str, Any]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    tokens: int = 0
    broken: bool = False


class _Handler(SimpleHTTPRequestHandler):
    lrs: Lrs

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, *args: object) -> None:
        pass

    def _reply(self, status: int, value: object = None) -> None:
        content = json.dumps(value).encode() if value is not None else b""
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _body(self) -> Any:
        return json.loads(self.rfile.read(int(self.headers["Content-Length"] or 0)) or "null")

    def _allowed(self) -> bool:
        known = self.headers["Authorization"] == "Basic dG9rZW4="
        return known and self.headers["X-Experience-API-Version"] == "1.0.3"

    def do_GET(self) -> None:
        where = urlsplit(self.path)
        if not where.path.startswith("/xapi/"):
            return super().do_GET()
        params = dict(parse_qsl(where.query))
        self.lrs.asked.append(params.get("profileId", params.get("stateId", "")))
        if not self._allowed() or json.loads(params["agent"]) != ACTOR:
            return self._reply(403)
        if params.get("stateId") == "LMS.LaunchData":
            return self._reply(200, self.lrs.launch)
        found = self.lrs.states.get(params.get("stateId", ""))
        return self._reply(200, found) if found is not None else self._reply(404)

    def do_PUT(self) -> None:
        params = dict(parse_qsl(urlsplit(self.path).query))
        body = self._body()
        if not self._allowed() or params["registration"] != REGISTRATION or params["activityId"] != AU:
            return self._reply(403)
        self.lrs.states[params["stateId"]] = body
        return self._reply(204)

    def do_POST(self) -> None:
        body = self._body()
        if self.path.startswith("/fetch"):
            self.lrs.tokens += 1
            failed = {"error-code": "1", "error-text": "Already in use"}
            return self._reply(200, {"auth-token": "dG9rZW4="} if self.lrs.tokens == 1 else failed)
        if not self._allowed():
            return self._reply(403)
        if self.lrs.broken:
            return self._reply(503)
        self.lrs.statements += body
        return self._reply(200, [one["id"] for one in body])


def launch_data(**more: Any) -> dict[str, Any]:
    template = {
        "contextActivities": {"grouping": [{"id": "https://lms.example/course"}]},
        "extensions": {f"{CMI5}/extensions/sessionid": "session-1"},
    }
    return {"contextTemplate": template, "launchMode": "Normal", "masteryScore": 0.5, **more}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return unpack(EXPORTER, full(), tmp_path_factory.mktemp("au"))


@pytest.fixture
def lrs() -> Lrs:
    return Lrs(launch_data())


@pytest.fixture
def address(folder: Path, lrs: Lrs) -> Iterator[str]:
    handler = type("Handler", (_Handler,), {"lrs": lrs})
    handler.extensions_map = {**handler.extensions_map, ".js": "text/javascript"}
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 800, "height": 800})
    yield made
    made.close()


def launched(context: BrowserContext, address: str, session: str = "1") -> Page:
    params = {
        "endpoint": f"{address}/xapi",
        "fetch": f"{address}/fetch?{session}",
        "actor": json.dumps(ACTOR),
        "registration": REGISTRATION,
        "activityId": AU,
    }
    page = context.new_page()
    page.goto(f"{address}/index.html?{urlencode(params)}")
    page.wait_for_selector("[data-actions]:not([hidden])")
    return page


def left(page: Page, lrs: Lrs) -> list[dict[str, Any]]:
    """Leave the page when all that was sent has come, and return every statement, once the last has come."""
    count = -1
    while count != len(lrs.statements):
        count = len(lrs.statements)
        page.wait_for_timeout(250)
    page.goto("about:blank")
    for _ in range(50):
        if lrs.statements and verb(lrs.statements[-1]) == "terminated":
            break
        page.wait_for_timeout(50)
    return lrs.statements


def verb(statement: dict[str, Any]) -> str:
    return str(statement["verb"]["id"]).rpartition("/")[2]


def assert_valid(statements: list[dict[str, Any]]) -> None:
    run = subprocess.run(
        ["node", "-e", VALIDATE, str(MODULES)],
        input=json.dumps(statements), capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert json.loads(run.stdout) == [[] for _ in statements]


def test_the_validator_can_refuse() -> None:
    with pytest.raises(AssertionError):
        assert_valid([{"actor": {}, "verb": {"id": "no"}}])


@pytest.mark.browser
def test_a_session_by_keyboard(context: BrowserContext, address: str, lrs: Lrs) -> None:
    page = launched(context, address)
    learner = Learner(page, page.main_frame)
    for item in full().items:
        learner.answer(item)
    made = left(page, lrs)
    assert [verb(one) for one in made] == ALL_VERBS
    assert_valid(made)
    assert lrs.asked[:3] == ["LMS.LaunchData", "cmi5LearnerPreferences", "fiches"]
    assert len({one["id"] for one in made}) == len(made)
    for one in made:
        assert one["actor"] == ACTOR
        assert one["context"]["registration"] == REGISTRATION
        assert one["context"]["contextActivities"]["grouping"] == [{"id": "https://lms.example/course"}]
        assert one["context"]["extensions"][f"{CMI5}/extensions/sessionid"] == "session-1"
        categories = [category["id"] for category in one["context"]["contextActivities"].get("category", [])]
        defined = verb(one) != "answered"
        assert (f"{CMI5}/categories/cmi5" in categories) == defined
        assert (f"{CMI5}/categories/moveon" in categories) == (verb(one) in {"completed", "passed"})
        assert ("result" in one) == (verb(one) != "initialized")
        assert not defined or one["object"]["id"] == AU
    passed = next(one for one in made if verb(one) == "passed")
    assert passed["result"]["success"] is True
    assert passed["result"]["score"]["scaled"] == pytest.approx(share(full(), list(RESPONSES)), abs=1e-6)
    assert passed["context"]["extensions"][f"{CMI5}/extensions/masteryscore"] == 0.5
    completed = next(one for one in made if verb(one) == "completed")
    assert completed["result"]["completion"] is True


@pytest.mark.browser
def test_each_answer_is_told(context: BrowserContext, address: str, lrs: Lrs) -> None:
    page = launched(context, address)
    learner = Learner(page, page.main_frame)
    for item in full().items:
        learner.answer(item)
    made = [one for one in left(page, lrs) if verb(one) == "answered"]
    told = {one["object"]["id"]: one for one in made}
    for item in full().items:
        one = told[f"urn:x-fiches:{full().identify(item)}"]
        earned = score(item, RESPONSES[item.id], ",")
        assert one["result"]["score"]["scaled"] == pytest.approx(earned, abs=1e-6)
        assert one["result"]["success"] == (earned == 1)
        assert one["result"]["duration"].startswith("PT")
    found = {
        name.split(".")[-2]: (
            one["object"]["definition"]["interactionType"],
            one["result"]["response"],
            one["object"]["definition"].get("correctResponsesPattern"),
        )
        for name, one in told.items()
    }
    assert found["single"] == ("choice", "half", ["right"])
    assert found["strict"] == ("choice", "a[,]b", ["a[,]b"])
    assert found["order"] == ("sequencing", "one[,]four[,]two[,]three", ["one[,]two[,]three[,]four"])
    assert found["label"] == ("matching", "alice[.]bob[,]bob[.]alice", ["alice[.]alice[,]bob[.]bob"])
    assert found["cloze"] == ("fill-in", "with[,]numérote", ["without[,]numérote"])
    assert found["numeric"] == ("numeric", "4.2", ["4[:]5"])
    assert found["free"] == ("long-fill-in", DRAFT, None)


@pytest.mark.browser
def test_another_session_goes_on(context: BrowserContext, address: str, lrs: Lrs) -> None:
    page = launched(context, address)
    page.check("#full--single [value=half]")
    page.click("#full--single [data-do=check]")
    page.wait_for_selector("#full--single[data-state=partly]")
    left(page, lrs)
    lrs.statements.clear()
    lrs.tokens = 0
    page = launched(context, address, "2")
    page.wait_for_selector("#full--single[data-state=partly]")
    expect(page.locator("[data-total]")).to_contain_text("1,25")
    assert [verb(one) for one in left(page, lrs)] == ["initialized", "terminated"]


@pytest.mark.browser
def test_completing_and_passing_are_told_once_a_registration(
    context: BrowserContext, address: str, lrs: Lrs
) -> None:
    answers = {f"full.{name}": {"response": response} for name, response in RESPONSES.items()}
    answers["full.free"] |= {"draft": DRAFT}
    lrs.states["fiches"] = {"answers": answers, "completed": True, "passed": True}
    page = launched(context, address)
    page.click("#full--single [data-do=retry]")
    page.check("#full--single [value=right]")
    page.click("#full--single [data-do=check]")
    assert [verb(one) for one in left(page, lrs)] == ["initialized", "answered", "terminated"]


@pytest.mark.browser
def test_a_failure_is_told_when_the_session_ends(context: BrowserContext, address: str, lrs: Lrs) -> None:
    answers: dict[str, Any] = {f"full.{name}": {"response": []} for name in RESPONSES}
    answers |= {f"full.{name}": {"response": "non"} for name in ("short", "numeric")}
    answers |= {f"full.{name}": {"response": {"x": "y"}} for name in ("categorise", "cloze", "label")}
    answers |= {"full.categorise": {"response": {"ip": "mail"}}, "full.cloze": {"response": {"mode": "with"}}}
    answers |= {"full.label": {"response": {"bob": "alice"}}, "full.single": {"response": ["wrong"]}}
    answers |= {"full.free": {"response": [], "draft": DRAFT}, "full.strict": {"response": ["c"]}}
    lrs.states["fiches"] = {"answers": answers}
    page = launched(context, address)
    page.click("#full--short [data-do=retry]")
    page.fill("#full--short [name=answer]", "numéro")
    page.click("#full--short [data-do=check]")
    made = left(page, lrs)
    assert [verb(one) for one in made] == ["initialized", "answered", "completed", "failed", "terminated"]
    assert made[3]["result"]["success"] is False
    assert made[3]["result"]["score"]["scaled"] < 0.5
    assert_valid(made)


@pytest.mark.browser
@pytest.mark.parametrize("mode", ["Review", "Browse"])
def test_a_review_tells_nothing(context: BrowserContext, address: str, lrs: Lrs, mode: str) -> None:
    lrs.launch = launch_data(launchMode=mode)
    page = launched(context, address)
    page.check("#full--single [value=right]")
    page.click("#full--single [data-do=check]")
    page.wait_for_selector("#full--single[data-state=right]")
    assert [verb(one) for one in left(page, lrs)] == ["initialized", "terminated"]
    assert not lrs.states


@pytest.mark.browser
def test_what_an_lrs_refuses_for_now_goes_later(context: BrowserContext, address: str, lrs: Lrs) -> None:
    page = launched(context, address)
    page.wait_for_timeout(200)
    lrs.broken = True
    page.check("#full--single [value=right]")
    page.click("#full--single [data-do=check]")
    page.wait_for_timeout(300)
    lrs.broken = False
    assert [verb(one) for one in left(page, lrs)] == ["initialized", "answered", "terminated"]


@pytest.mark.browser
def test_a_session_that_has_ended_is_launched_again(context: BrowserContext, address: str, lrs: Lrs) -> None:
    lrs.launch = launch_data(returnURL=f"{address}/style.css")
    page = launched(context, address)
    page.wait_for_timeout(200)
    page.reload()
    page.wait_for_url("**/style.css")
    assert [verb(one) for one in lrs.statements] == ["initialized", "terminated"]


@pytest.mark.browser
def test_without_an_lms_the_page_works(context: BrowserContext, address: str, lrs: Lrs) -> None:
    page = context.new_page()
    page.goto(f"{address}/index.html")
    page.check("#full--single [value=right]")
    page.click("#full--single [data-do=check]")
    page.wait_for_selector("#full--single[data-state=right]")
    assert not lrs.statements
    assert not lrs.tokens
