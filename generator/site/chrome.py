"""What surrounds a page: navigation, the other locales, and the words of the theme."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from markupsafe import Markup, escape

from generator.inline import PSEUDO, cldr, direction, tag
from generator.site.assets import asset, imported, used
from generator.site.page import Page, relative
from generator.site.view import (
    ABOUT,
    ACCESSIBILITY,
    BIBLIOGRAPHY,
    COMPOSER,
    DOWNLOADS,
    GLOSSARY,
    MISCONCEPTIONS,
    OFFLINE,
    PATHS,
    PROGRESS,
    QUIZZES,
    REVIEW,
    TEACHERS,
    Site,
)

_TOOLS = (
    (PATHS, "site.paths"),
    (QUIZZES, "site.quizzes"),
    (REVIEW, "site.review"),
    (PROGRESS, "site.progress"),
    (MISCONCEPTIONS, "site.misconceptions"),
    (GLOSSARY, "site.glossary"),
    (BIBLIOGRAPHY, "site.bibliography"),
    (TEACHERS, "site.teachers"),
    (DOWNLOADS, "site.downloads"),
    (COMPOSER, "site.composer"),
    (OFFLINE, "site.offline"),
    (ABOUT, "site.about"),
    (ACCESSIBILITY, "site.accessibility"),
)
# Up to so many concepts, the navigation of every page lists them all.
_UNFOLDED = 60
# Up to so many parts, it names those too that are not being read.
_LISTED = 30
_UP = re.compile(r'href="(?:\.\./)?')
_FICHES = Markup('<a href="https://pypi.org/project/fiches/" rel="external" translate="no">Fiches</a>')
_MKDOCS = Markup('<a href="https://www.mkdocs.org/" rel="external" translate="no">MkDocs</a>')
_THEME = Markup(
    '<a href="https://squidfunk.github.io/mkdocs-material/" rel="external" translate="no">Material</a>'
)


# Everything comes from the site itself; `data:` is for the icons in the theme's style-sheet.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'"
)


@dataclass(frozen=True, slots=True)
class Edition:
    """One locale of the site, as the switcher names it."""

    locale: str
    tag: str
    direction: str
    name: str
    folder: str


def edition(locale: str, source: str) -> Edition:
    """Return how a locale is named and where it is: the source at the root, others in their folder."""
    name = cldr(locale).get_display_name() or locale
    name = f"{name} ({locale})" if locale in PSEUDO else name
    folder = "" if locale == source else tag(locale)
    return Edition(locale, tag(locale), direction(locale), name[:1].upper() + name[1:], folder)


def edition_url(url: str, locale: str, source: str) -> str:
    """Return the absolute address of an edition of the site at `url`, "" if that is not known."""
    folder = edition(locale, source).folder
    return f"{url.rstrip('/')}/{folder}/" if url and folder else url


@dataclass(frozen=True, slots=True)
class Alternate:
    """The address of this page in some locale, for search engines."""

    tag: str
    url: str


class Chrome:
    """The object `fiches` of the theme's templates, for one edition."""

    def __init__(self, site: Site, locales: Iterable[str], paths: Collection[str]) -> None:
        self.site = site
        self.paths = paths
        self.editions = tuple(edition(locale, site.course.source_locale) for locale in locales)
        # The preview's live reload is an inline script, which the policy would forbid.
        self.policy = POLICY
        self.stylesheet = ""  # where that of the theme is
        self.faults = ""  # what is wrong with the sheets, while someone mends them in a preview
        self._navs: dict[tuple[str, str], Markup] = {}
        self._loaded: dict[tuple[str, ...], tuple[tuple[str, ...], tuple[str, ...]]] = {}

    @cached_property
    def here(self) -> Edition:
        """The edition that is being rendered."""
        return next(edition for edition in self.editions if edition.locale == self.site.locale)

    @cached_property
    def root(self) -> str:
        """The absolute address of the whole site, "" if it is not known."""
        url = self.site.url.rstrip("/")
        return url.removesuffix(f"/{self.here.folder}") if self.here.folder else url

    def word(self, name: str) -> Markup:
        """Return an interface word, escaped: the theme's environment does not."""
        return escape(self.site.word(name))

    def said(self, name: str) -> Markup:
        """Return an interface word as HTML, which tells its language where that is not the page's."""
        return self.site.page("").said(name)

    def theme_word(self, key: str) -> str:
        """Return what the theme's own templates ask for; unused words are empty."""
        if key == "language":
            return self.site.tag
        if key == "direction":
            return self.site.direction
        name = f"theme.{key}"
        return self.word(name) if name in self.site.words else ""

    @property
    def offline(self) -> str:
        """The address of the page on reading offline, as seen from the locale's root."""
        return relative("", OFFLINE, self.site.directory_urls)

    def preloads(self, page: Page) -> tuple[str, ...]:
        """Return what the modules of a page import: a browser told of it need not find out by steps."""
        return self._modules(page.modules)[0]

    def later(self, page: Page) -> tuple[str, ...]:
        """Return the assets that a page loads on demand: without a network they must be there already."""
        return self._modules(page.modules)[1]

    def _modules(self, names: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        if names not in self._loaded:
            first, every = imported(names), used(names)
            self._loaded[names] = (first[len(names) :], tuple(name for name in every if name not in first))
        return self._loaded[names]

    def asset(self, name: str) -> str:
        """Return the path of an asset below the locale's root."""
        return asset(name)

    def href(self, page: Page, target: str) -> str:
        """Return the address of a page as seen from another."""
        return relative(page.path, target, self.site.directory_urls)

    def alternates(self, page: Page | None) -> tuple[Alternate, ...]:
        """Return the page's absolute address in each locale, and the default for all others."""
        if page is None or not self.root or len(self.editions) < 2:
            return ()
        source = self.editions[0]
        found = [Alternate(edition.tag, self.address(edition, page.path)) for edition in self.editions]
        return (*found, Alternate("x-default", self.address(source, page.path)))

    def address(self, edition: Edition, path: str) -> str:
        """Return the absolute address of a page in an edition."""
        parts = [part for part in (edition.folder, path) if part]
        suffix = "/" if self.site.directory_urls or not path else ".html"
        return "/".join([self.root, *parts]) + (suffix if parts else "/")

    def declaration(self, base_url: str) -> str:
        """Return the address of the declaration of accessibility, from where `base_url` leads to the root."""
        suffix = "/" if self.site.directory_urls else ".html"
        return posixpath.normpath(posixpath.join(base_url, ACCESSIBILITY)) + suffix

    def up(self, base_url: str) -> str:
        """Return the root of the whole site, as seen from where `base_url` leads to the locale's root."""
        return (
            posixpath.normpath(posixpath.join(base_url, ".." if self.here.folder else ".")).rstrip("/") + "/"
        )

    def switch(self, page: Page | None, locale: str, base_url: str) -> str:
        """Return the relative address of the same page in another locale, or of its home."""
        target = next(edition for edition in self.editions if edition.locale == locale)
        path = page.path if page and page.path in self.paths else ""
        up = posixpath.join(base_url, ".." if self.here.folder else ".")
        where = posixpath.normpath(posixpath.join(up, target.folder, path))
        if self.site.directory_urls:
            return where.rstrip("/") + "/"
        return f"{where}.html" if path else f"{where}/index.html"

    @cached_property
    def made_with(self) -> Markup:
        """The line that says what the site is made with."""
        view = self.site.page("")
        return view.sentence("theme.made-with", fiches=_FICHES, mkdocs=_MKDOCS, theme=_THEME)

    @cached_property
    def palette(self) -> list[dict[str, Any]]:
        """The theme's two colour schemes, following the system until the reader chooses."""
        return [
            _scheme("default", "light", "weather-night", str(self.word("theme.palette.dark"))),
            _scheme("slate", "dark", "weather-sunny", str(self.word("theme.palette.light"))),
        ]

    def nav(self, page: Any, base_url: str) -> Markup:
        """Return the navigation as seen from a page.

        It is rendered once for all the pages of a part, not once a page; in a large course it unfolds
        only the part that is being read, so that pages do not grow with the course.
        """
        made: Page | None = getattr(page, "fiches", None)
        path, part = (made.path, made.part) if made else ("_", "")
        origin = posixpath.join(posixpath.dirname(path), "_") if path else ""
        key = (origin, part if self._large else "")
        if key not in self._navs:
            self._navs[key] = self._nav(origin, part)
        if made is None:  # not a page of the course: the one for lost readers is seen from anywhere
            return Markup(_UP.sub(f'href="{escape(base_url.rstrip("/"))}/', self._navs[key]))
        return _current(self._navs[key], relative(origin, path, self.site.directory_urls))

    @property
    def _large(self) -> bool:
        return len(self.site.course.concepts) > _UNFOLDED

    def _nav(self, origin: str, part: str) -> Markup:
        view = self.site.page(origin)
        every = self.site.course.parts
        here = [p for p in every if not self._large or p.id == part]
        shown = every if len(every) <= _LISTED else here
        tools = [tool for tool in _TOOLS if tool[0] in self.paths]
        return view.render("nav.html", tools=tools, parts=shown, unfolded={p.id for p in here})


def _current(nav: Markup, href: str) -> Markup:
    """Mark the link to the page itself."""
    plain = f'<a href="{href}" class="md-nav__link">'
    marked = f'<a href="{href}" class="md-nav__link md-nav__link--active" aria-current="page">'
    return Markup(str(nav).replace(plain, marked, 1))


def _scheme(name: str, media: str, icon: str, title: str) -> dict[str, Any]:
    return {
        "media": f"(prefers-color-scheme: {media})",
        "scheme": name,
        "primary": "custom",
        "accent": "custom",
        "toggle": {"icon": f"material/{icon}", "name": title},
    }
