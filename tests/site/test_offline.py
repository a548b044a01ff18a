"""Reading without a network: pages kept as they are read, a whole course kept, a new version, one file."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from zipfile import ZipFile

import pytest
from browsers import serve
from playwright.sync_api import Browser, BrowserContext, Page, expect
from site_support import PSEUDO, Built

from generator.inline import tag
from generator.site.offline import LISTING, MANIFEST, WORKER
from generator.site.portable import ONLINE, Portable

pytestmark = pytest.mark.browser

CONCEPT = "concepts/first/"
KEPT = "async address => Boolean(await caches.match(address))"
LIMIT = 100_000
QUIZ_LIMIT = 12_000


class Network:
    """A server that can go away and come back at the same address, with another folder below it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._stack = ExitStack()
        self.address = self._stack.enter_context(serve(root))

    def cut(self) -> None:
        self._stack.close()


@pytest.fixture(params=["", "below/here/"])
def network(request: pytest.FixtureRequest, strange: Built, tmp_path: Path) -> Iterator[tuple[Network, str]]:
    """The small course, at the root of its host and below it."""
    where = tmp_path / "host" / request.param
    where.parent.mkdir(parents=True, exist_ok=True)
    shutil.copytree(strange.root, where)
    network = Network(tmp_path / "host")
    yield network, f"{network.address}{request.param}"
    network.cut()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context
    context.close()


def wait(page: Page, question: str, value: str = "") -> None:
    """Wait until the promise that `question` makes comes true: Playwright's own waiting takes any for true."""
    for _ in range(100):
        if page.evaluate(question, value):
            return
        page.wait_for_timeout(100)
    pytest.fail(f"{question} never came true of {value}")


def visit(page: Page, address: str, *kept: str) -> None:
    """Open a page and wait until the browser keeps it, and `kept`."""
    page.goto(address)
    wait(page, "async () => Boolean((await navigator.serviceWorker.getRegistration())?.active)")
    for each in (address, *kept):
        wait(page, KEPT, each)


def answer(page: Page) -> None:
    """See that a question is judged, having answered it unless that was done on an earlier visit."""
    page.locator("[data-actions]:not([hidden])").first.wait_for()
    form = page.locator("form:has([name=choice][type=radio])").first
    if not form.get_attribute("data-state"):
        form.locator("[name=choice]").first.check()
        form.locator("[data-do=check]").click()
    expect(form).to_have_attribute("data-state", re.compile("right|wrong|partly"))


def find(page: Page, word: str) -> str:
    """Search for a word; return where the first result leads."""
    page.locator("[data-md-component=search-query]").click()
    page.keyboard.type(word)
    result = page.locator(".md-search-result__link").first
    result.wait_for()
    return str(result.evaluate("link => link.href"))


def test_a_page_read_once_opens_again(network: tuple[Network, str], context: BrowserContext) -> None:
    host, site = network
    page = context.new_page()
    visit(page, site + CONCEPT, f"{site}offline/", site)
    later = page.locator("link[rel=manifest]").get_attribute("data-later") or ""
    for name in later.split():
        wait(page, KEPT, site + name)
    host.cut()
    page.goto(f"{site}{CONCEPT}?h=word")
    answer(page)
    page.goto(site + CONCEPT)
    answer(page)
    page.goto(f"{site}glossary/")
    expect(page).to_have_url(f"{site}offline/")  # says what to do for pages that were never read


def test_errors_and_packages_are_not_kept(network: tuple[Network, str], context: BrowserContext) -> None:
    _, site = network
    page = context.new_page()
    visit(page, site + CONCEPT)
    package = page.locator("a[download][href*='downloads/']").first.evaluate("link => link.href")
    for address in (package, f"{site}nowhere/", f"{site}glossary"):  # the last is answered elsewhere
        page.evaluate("async address => (await fetch(address)).arrayBuffer()", address)
    page.wait_for_timeout(300)
    for address in (package, f"{site}nowhere/", f"{site}glossary"):
        assert not page.evaluate(KEPT, address), address


@pytest.mark.parametrize("home", ["", f"{tag(PSEUDO)}/"])
def test_a_whole_course_is_kept(network: tuple[Network, str], context: BrowserContext, home: str) -> None:
    host, site = network
    page = context.new_page()
    visit(page, f"{site}{home}offline/")
    page.locator("[data-offline] button").click()
    page.locator("[data-state=done]").wait_for()
    expect(page.locator("[data-offline] progress")).to_be_hidden()
    listed = json.loads((host.root / site.removeprefix(host.address) / home / LISTING).read_text("utf-8"))
    host.cut()
    for path in listed["pages"]:
        page.goto(f"{site}{home}{path}")
        assert page.url.rstrip("/") == f"{site}{home}{path}".replace("/./", "/").rstrip("/")
    page.goto(f"{site}{home}{CONCEPT}")
    answer(page)
    assert find(page, "port").startswith(f"{site}{home}")
    page.goto(f"{site}{home}offline/")
    page.locator("[data-state=done]").wait_for()


def test_a_course_that_cannot_be_kept_whole_says_so(
    network: tuple[Network, str], context: BrowserContext
) -> None:
    host, site = network
    page = context.new_page()
    visit(page, f"{site}offline/")
    host.cut()
    page.locator("[data-offline] button").click()
    page.locator("[data-state=failed]").wait_for()
    expect(page.locator("[data-offline] button")).to_be_enabled()


def renew(folder: Path) -> None:
    """Turn a built site into its next version: other words, other names of assets."""
    (assets,) = {path.name for path in folder.rglob("assets/fiches-*")}
    for path in list(folder.rglob("*")):
        if path.suffix in (".html", ".json", ".js") and path.is_file() and path.name != WORKER:
            text = path.read_text("utf-8").replace(assets, "fiches-0123abcd")
            path.write_text(text.replace("<h1", "<p id=renewed>2</p><h1"), "utf-8")
    for path in list(folder.rglob(f"assets/{assets}")):
        path.rename(path.with_name("fiches-0123abcd"))
    # In one step: a browser that looked between two would take what comes in the same second for what it has.
    worker = folder / WORKER
    new = worker.with_name("new")
    new.write_text(re.sub(r'"version":"\w+"', '"version":"2"', worker.read_text("utf-8")), "utf-8")
    new.replace(worker)


def test_a_new_version_comes_while_a_page_is_open(
    network: tuple[Network, str], context: BrowserContext
) -> None:
    host, site = network
    page, other = context.new_page(), context.new_page()
    visit(page, f"{site}glossary/")
    visit(page, site + CONCEPT)
    page.locator("[data-do=check]").first.wait_for()
    find(page, "port")
    page.keyboard.press("Escape")
    script = "script => script.src"
    old = page.locator("script[src*=theme\\.js]").evaluate(script)
    renew(host.root / site.removeprefix(host.address))
    visit(other, site)
    expect(other.locator("#renewed")).to_be_visible()
    new = other.locator("script[src*=theme\\.js]").evaluate(script)
    # What was read before is read again, so that it is of the new version too; the old page still works.
    renewed = "async address => (await (await caches.match(address)).text()).includes('id=renewed')"
    for path in ("glossary/", CONCEPT):
        wait(other, renewed, site + path)
    waiting = "async () => Boolean((await navigator.serviceWorker.getRegistration()).waiting)"
    wait(other, waiting)
    answer(page)
    assert page.evaluate("async address => (await fetch(address)).status", old) == 200
    # Once no page is open, the new version begins, and files that only the one before named go.
    other.goto("about:blank")
    page.goto("about:blank")
    # A page asked for while Chromium changes the workers may never come.
    for _ in range(100):
        if len(context.service_workers) < 2:
            break
        page.wait_for_timeout(100)
    page.goto(site + CONCEPT)
    wait(page, f"async address => !await caches.match(address) && !await ({waiting})()", old)
    assert page.evaluate(KEPT, new)
    host.cut()
    for path in ("glossary/", CONCEPT):
        page.goto(site + path)
        expect(page.locator("#renewed")).to_be_visible()
        expect(page.locator("html.js")).to_be_attached()
    answer(page)
    find(page, "port")


def test_the_course_can_be_installed(strange: Built) -> None:
    for locale in strange.locales:
        home = strange.root / strange.home(locale)
        made = json.loads((home / MANIFEST).read_text("utf-8"))
        assert made["lang"] == tag(locale)
        assert made["dir"] == ("ltr" if locale == "fr" else "rtl")
        assert made["name"]
        assert all((home / icon["src"]).is_file() for icon in made["icons"])


@pytest.fixture(scope="module")
def unpacked(strange: Built, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The folder of each locale's course, out of its one file."""
    folder = tmp_path_factory.mktemp("unpacked")
    for locale in strange.locales:
        (archive,) = (strange.root / strange.home(locale) / "downloads/course").iterdir()
        with ZipFile(archive) as zipped:
            zipped.extractall(folder)
    return {locale: next(folder.glob(f"*.{tag(locale)}")) for locale in strange.locales}


@pytest.mark.parametrize("locale", ["fr", PSEUDO])
def test_a_course_opens_from_a_file(unpacked: dict[str, Path], context: BrowserContext, locale: str) -> None:
    faults: list[str] = []
    context.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    context.on("weberror", lambda error: faults.append(str(error.error)))
    # Left for the next page, a request is aborted.
    context.on(
        "requestfailed",
        lambda request: faults.append(request.url) if request.failure != "net::ERR_ABORTED" else None,
    )
    page = context.new_page()
    page.goto((unpacked[locale] / "index.html").as_uri())
    page.locator(f"article a[href$='{CONCEPT}index.html']").first.click()
    answer(page)
    target = find(page, "port")
    assert target.startswith(unpacked[locale].as_uri())
    page.goto(target)
    page.locator("html.js").wait_for(state="attached")
    for path in unpacked[locale].rglob("*.html"):
        page.goto(path.as_uri())
        page.locator("html.js").wait_for(state="attached")
    assert faults == []


def test_links_of_a_course_in_files_lead_somewhere(unpacked: dict[str, Path]) -> None:
    for folder in unpacked.values():
        for path in folder.rglob("*.html"):
            text = path.read_text("utf-8")
            assert "Content-Security-Policy" not in text
            assert 'type="module"' not in text
            for address in re.findall(r' (?:href|src)="([^"#]+)', text):
                assert address.startswith(("https:", "mailto:")) or (path.parent / address).is_file(), address


def test_addresses_in_files() -> None:
    files = ("index.html", "about/index.html", "concepts/a/index.html")
    here, known, unknown = (
        "concepts/a/index.html",
        Portable(files, "https://x.example/en/"),
        Portable(files, ""),
    )
    for given, wanted in {
        "../../": "../../index.html",
        "../..": "../../index.html",
        "../../about/#who": "../../about/index.html#who",
        "./?h=a#b": "./index.html#b",
        "../../../fr/": "https://x.example/fr/",
        "../../downloads/a.zip": "https://x.example/en/downloads/a.zip",
        "https://a.example/?b&amp;c": "https://a.example/?b&amp;c",
        "mailto:a@b.example": "mailto:a@b.example",
        "#claim": "#claim",
    }.items():
        assert f' href="{wanted}"' in known.page(here, f'<a href="{given}">'), given
    assert unknown.page(here, '<a class="b" href="../../downloads/a.zip">') == '<a class="b">'


def weights(context: BrowserContext, address: str) -> dict[str, int]:
    """Return what a first visit asks for, until nothing more is asked, and its size in gzip."""
    asked: dict[str, int] = {}
    page = context.new_page()
    page.on("response", lambda got: asked.update({got.url: len(gzip.compress(got.body(), 6))}))
    page.goto(address, wait_until="networkidle")
    return asked


def test_a_first_visit_is_light(site: Built, browser: Browser) -> None:
    """The heaviest page of each locale, before its reader turns to the search."""
    context = browser.new_context(service_workers="block")
    with serve(site.root) as address:
        for locale in site.locales:
            pages = (page for page in site.pages if page.locale == locale)
            heaviest = max(pages, key=lambda page: len(gzip.compress(page.file.read_bytes(), 6)))
            asked = weights(context, address + heaviest.path)
            names = "\n".join(f"{size} {url}" for url, size in asked.items())
            assert sum(asked.values()) <= LIMIT, names
            assert not any("search" in url or "/bundle" in url for url in asked), names
            quiz = sum(size for url, size in asked.items() if "/quiz" in url)
            assert 0 < quiz <= QUIZ_LIMIT, names
    context.close()


def test_no_inline_script_runs(strange: Built, context: BrowserContext) -> None:
    with serve(strange.root) as address:
        page = context.new_page()
        for each in strange.pages:
            assert each.tree.xpath("//meta[@http-equiv='Content-Security-Policy']"), each.path
        page.goto(address + CONCEPT)
        page.evaluate(
            "document.body.append(Object.assign(document.createElement('script'), {text: 'hacked = 1'}))"
        )
        assert page.evaluate("typeof hacked") == "undefined"


def test_pages_that_need_the_site_are_left_to_it(unpacked: dict[str, Path]) -> None:
    for folder in unpacked.values():
        assert not any((folder / path).exists() for path in ONLINE)
