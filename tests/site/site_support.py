"""Sites that the tests look at: built once for all workers, and read as parsed pages."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import lxml.html
import pytest
from helpers import REAL, read, real_course, real_edition, write_course

from generator import pipeline
from generator.build import build_site
from generator.catalogs import po
from generator.inline import tag
from generator.model.course import Course
from generator.packages import KEPT
from generator.site.page import Page
from generator.site.pages import pages
from generator.site.view import Site

ROOT = Path(__file__).parents[2]
BASE = "https://fiches.example/"
# A locale whose every text is wrapped, to see the words that no translator was asked for; read from the right.
PSEUDO = "ar"
# A locale whose every text attacks.
HOSTILE = "he"
ATTACK = (
    "</script></title></textarea><script>hacked=1</script><img src=x onerror=hacked=1>"
    "{{ 7*7 }}{% raise %}[x](javascript:hacked=1)\" onclick='hacked=1 \\u003c "
)


@dataclass(frozen=True)
class HtmlPage:
    """A file of HTML: where it is below the site's root, and the locale of the folder it is in."""

    file: Path
    path: str
    locale: str
    home: str

    @cached_property
    def tree(self) -> lxml.html.HtmlElement:
        return lxml.html.document_fromstring(self.file.read_bytes())

    @property
    def url(self) -> str:
        """The absolute address of this page."""
        return BASE + self.path

    @property
    def below(self) -> str:
        """The address below the locale's home."""
        return self.path.removeprefix(self.home)

    @property
    def lost(self) -> bool:
        """Whether this is the page for an address that does not exist."""
        return self.path.endswith("404.html")

    @cached_property
    def ids(self) -> list[str]:
        return [str(found) for found in self.tree.xpath("//@id")]


@dataclass(frozen=True)
class Built:
    """A built site and the course it is made of."""

    root: Path
    course: Course
    locales: tuple[str, ...]

    def home(self, locale: str) -> str:
        """Return the folder of a locale below the root."""
        return "" if locale == self.course.source_locale else f"{tag(locale)}/"

    @cached_property
    def pages(self) -> tuple[HtmlPage, ...]:
        return tuple(page for locale in self.locales for page in self._pages(locale))

    def _pages(self, locale: str) -> Iterator[HtmlPage]:
        others = tuple(self.home(other) for other in self.locales if self.home(other))
        for file in sorted((self.root / self.home(locale)).rglob("*.html")):
            path = file.relative_to(self.root).as_posix().removesuffix("index.html")
            if "/downloads/" in f"/{path}" and path.endswith(".html"):
                continue  # a package, not a page
            if self.home(locale) or not path.startswith(others):
                yield HtmlPage(file, path, locale, self.home(locale))

    @cached_property
    def by_url(self) -> dict[str, HtmlPage]:
        return {page.url: page for page in self.pages}

    def resolve(self, page: HtmlPage, href: str) -> str | None:
        """Return what is wrong with an address on a page; None if it leads somewhere, or to another host."""
        url = urlsplit(urljoin(page.url, href))
        if f"{url.scheme}://{url.netloc}/" != BASE:
            return None if url.scheme == "https" else f"{page.path}: {href} is no https address"
        address = url._replace(query="", fragment="").geturl()
        target = self.by_url.get(address)
        if target is None and not (self.root / url.path.lstrip("/")).is_file():
            return f"{page.path}: {href} leads nowhere"
        # What follows `quiz=` tells the player how to ask.
        anchor = url.fragment.partition("=")[0]
        if anchor and (target is None or anchor not in target.ids):
            return f"{page.path}: {href} has no such anchor"
        return None


@cache
def made_pages() -> tuple[Page, ...]:
    """Return the pages that the course of this repository should have, in its source locale."""
    edition = real_edition(real_course().source_locale)
    downloads = pipeline.downloads(edition, ROOT / KEPT).downloads
    done = pipeline.translations(REAL, real_course())
    made = Site(
        edition.course, edition.words, BASE, downloads=downloads, translations=done, archive="course.zip"
    )
    return tuple(pages(made))


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """Return a folder that `make` has filled, by the first worker that asks for it."""
    base = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent  # shared by the workers of this session
    folder = base / name
    with (base / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            make(folder)
    return folder


def build(root: Path, site: Path) -> Built:
    """Build every locale of the course at `root` into `site`, unless that is done, and describe it."""
    project = pipeline.Project.at(root)
    course = pipeline.load(project)
    locales = pipeline.locales(project, course)
    if not site.exists():
        build_site(root / "mkdocs.yml", site, locales, course.source_locale, jobs=2)
    return Built(site, course, locales)


def write_strange(root: Path) -> None:
    """Write the small course with a locale of wrapped texts and a locale of attacks."""
    config = (ROOT / "mkdocs.yml").read_text("utf-8")
    icon = (ROOT / "content/static/favicon.svg").read_bytes()
    declared = json.dumps([f"Les auteurs {ATTACK}"], ensure_ascii=False)
    sheet = read("content/course.yaml").replace("[Les auteurs]", declared)
    files = {"mkdocs.yml": config, "content/static/favicon.svg": icon, "content/course.yaml": sheet}
    project = write_course(root, files)
    course = pipeline.load(project)
    template = pipeline.template(course)
    for locale, before, after in ((PSEUDO, "⟦", "⟧"), (HOSTILE, ATTACK, "")):
        strange = [replace(message, msgstr=f"{before}{message.msgid}{after}") for message in template]
        path = po.catalog_path(project.locales, locale)
        path.parent.mkdir(parents=True)
        path.write_bytes(po.dump(strange, course.source_locale, locale))
