"""What every page is rendered with: one edition, its words, its links and its templates."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from babel import Locale
from babel.dates import format_skeleton
from babel.lists import format_list
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from generator.catalogs.status import LocaleStatus
from generator.inline import Inline, Link, cldr, counter, direction, foreign, spanned, tag
from generator.model.course import Citation, Concept, Course
from generator.model.items import Item
from generator.site.downloads import Downloads, shown_size
from generator.site.page import Section, relative
from generator.site.rereading import Rereading
from generator.text import Text
from generator.typography import typeset

CONCEPT = "concepts/{id}"
GLOSSARY, BIBLIOGRAPHY, MISCONCEPTIONS = "glossary", "sources", "misconceptions"
QUIZZES, PATHS, TEACHERS, ABOUT, HOME = "quizzes", "paths", "teachers", "about", ""
REVIEW, PROGRESS = "review", "progress"
DOWNLOADS, COMPOSER, TRANSLATIONS = "downloads", "composer", "translations"
ACCESSIBILITY = "accessibility"
OFFLINE = "offline"


def environment() -> Environment:
    """Return the Jinja environment of the pages: everything is escaped, nothing may be undefined."""
    return Environment(
        loader=PackageLoader("generator.site", "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )


_TEMPLATES = environment()


@dataclass(frozen=True)
class Site:
    """One edition to be rendered; `url` is the absolute address of the locale's root, if it is known.

    `archive` is the path of the edition as one file, if it can be read without a network.
    """

    course: Course
    words: Mapping[str, Text]
    url: str = ""
    directory_urls: bool = True
    reviewed: bool = True
    downloads: Downloads = field(default_factory=Downloads)
    translations: tuple[LocaleStatus, ...] = ()
    archive: str = ""

    @property
    def locale(self) -> str:
        """The CLDR id of the edition."""
        return self.course.locale

    @property
    def tag(self) -> str:
        """The locale as HTML names it."""
        return tag(self.locale)

    @property
    def direction(self) -> str:
        """Reading direction, "ltr" or "rtl"."""
        return direction(self.locale)

    @cached_property
    def babel(self) -> Locale:
        """CLDR's data for the locale."""
        return cldr(self.locale)

    @cached_property
    def titles(self) -> dict[str, str]:
        """The plain title of each concept."""
        inline = Inline(self.locale)
        return {concept.id: inline.plain(concept.title) for concept in self.course.concepts}

    def titled(self, text: Text) -> Markup:
        """Return a text as plain characters in HTML, which tell their language where it is not the page's."""
        return spanned(text, self.locale, escape(Inline(self.locale).plain(text)))

    @cached_property
    def treated(self) -> dict[str, tuple[Concept, ...]]:
        """The concepts that treat each misconception."""
        found: dict[str, list[Concept]] = {}
        for concept in self.course.concepts:
            for name in concept.misconceptions:
                found.setdefault(name, []).append(concept)
        return {name: tuple(concepts) for name, concepts in found.items()}

    def absolute(self, path: str) -> str:
        """Return the absolute address of a page, or "" where the site's own is not known."""
        if not self.url:
            return ""
        suffix = "/" if self.directory_urls else ".html"
        return self.url.rstrip("/") + "/" + (f"{path}{suffix}" if path else "")

    def word(self, name: str, **values: object) -> str:
        """Return an interface word as plain text."""
        return Inline(self.locale).plain(self.words[name].format(**values))

    def number(self, value: int) -> str:
        """Return a number as the locale writes it."""
        return counter(self.locale)(value)

    def size(self, size: int) -> str:
        """Return a size in bytes as the locale writes it."""
        return shown_size(size, self.babel)

    def month(self, value: str) -> str:
        """Return a month such as `2023-01` as the locale writes it."""
        year, number = map(int, value.split("-"))
        return str(format_skeleton("yMMMM", date(year, number, 1), locale=self.babel))

    def page(self, path: str, concept: Concept | None = None) -> View:
        """Return the view of the page at `path`."""
        return View(self, path, concept)


@dataclass(frozen=True)
class View:
    """Renders the fragments of one page: it knows where references lead from here."""

    site: Site
    path: str
    concept: Concept | None = None

    @cached_property
    def inline(self) -> Inline:
        """The renderer of this page's texts."""
        return Inline(self.site.locale, self.resolve)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each claim of this page's concept."""
        claims = self.concept.claims if self.concept else ()
        return {str(claim.id): number for number, claim in enumerate(claims, start=1)}

    def href(self, target: str) -> str:
        """Return the address of a page, as seen from this one."""
        return relative(self.path, target, self.site.directory_urls)

    @property
    def folder(self) -> str:
        """The folder of this page's file, below the locale's root."""
        return self.path if self.site.directory_urls else posixpath.dirname(self.path)

    def file(self, path: str) -> str:
        """Return the address of a file below the locale's root, as seen from this page."""
        return posixpath.relpath(path, posixpath.join(".", self.folder))

    def resolve(self, scheme: str, target: str) -> Link | None:
        """Say where a reference of a text leads; None if it leads nowhere."""
        course = self.site.course
        if scheme == "claim" and target in self.numbers:
            number = self.site.number(self.numbers[target])
            return Link(f"#claim-{target}", number, self.plain(self.claim_text(target)))
        if scheme == "term" and target in course.term:
            definition = self.plain(course.term[target].definition)
            return Link(self.href(f"{GLOSSARY}#term-{target}"), title=definition)
        if scheme == "concept" and target in course.concept:
            return Link(self.href(CONCEPT.format(id=target)))
        if scheme == "source" and target in course.source:
            return Link(self.href(f"{BIBLIOGRAPHY}#source-{target}"))
        return None

    def claim_text(self, name: str) -> Text:
        """Return the text of a claim of this page's concept."""
        claims = self.concept.claims if self.concept else ()
        return next(claim.text for claim in claims if claim.id == name)

    def html(self, text: Text) -> Markup:
        """Return a text as phrasing HTML."""
        return self.inline.html(text)

    @cached_property
    def rereading(self) -> Rereading | None:
        """Where the items of this page's concept are explained."""
        return Rereading(self.concept) if self.concept else None

    def reread(self, item: Item) -> str | None:
        """Return where this page explains an item; None if the item does not say what bears it out."""
        return self.rereading.href(item) if self.rereading else None

    def passage(self, text: Text) -> Markup:
        """Return a text of a section as HTML, with the ways back to the items that it explains."""
        html = self.html(text)
        return self.rereading.passage(text, html, self._back) if self.rereading else html

    def backs(self, claim: str) -> Markup:
        """Return the ways back from a claim to the items that only it explains."""
        return self.rereading.claim(claim, self._back) if self.rereading else Markup("")

    def _back(self, number: int) -> str:
        return self.word("site.back-to-question", n=number)

    def plain(self, text: Text) -> str:
        """Return a text as plain characters."""
        return self.inline.plain(text)

    def word(self, name: str, **values: object) -> str:
        """Return an interface word as plain text."""
        return self.site.word(name, **values)

    def sentence(self, name: str, **parts: Markup) -> Markup:
        """Return an interface sentence with HTML in the place of its `{placeholders}`."""
        sentence = escape(self.word(name))
        for placeholder, part in parts.items():
            sentence = Markup(sentence.replace(f"{{{placeholder}}}", part))
        return spanned(self.site.words[name], self.site.locale, sentence)

    def said(self, name: str, **values: object) -> Markup:
        """Return an interface word as HTML, which tells its language where that is not the page's."""
        return spanned(self.site.words[name], self.site.locale, escape(self.word(name, **values)))

    def section(
        self, level: int, name: str, title: Text | str, html: Markup, search: str | None = None
    ) -> Section:
        """Return a section; its title is a text of the course, or the name of an interface word."""
        text = title if isinstance(title, Text) else self.site.words[title]
        return Section(level, name, self.plain(text), self.site.titled(text), html, search)

    def language(self, text: Text) -> Markup:
        """Return the attributes that tell the language of a text where that is not the page's."""
        own = foreign(text, self.site.locale)
        return Markup(' lang="{}" dir="{}"').format(tag(own), direction(own)) if own else Markup("")

    @property
    def source_tag(self) -> str:
        """The language in which the course was written, as HTML names it."""
        return tag(self.site.course.source_locale)

    def quote(self, words: str) -> str:
        """Return machine-kept words of the course's own language, typeset as that language wants."""
        return typeset(words, self.site.course.source_locale)

    def shorts(self, keys: tuple[str, ...]) -> str:
        """Return the short names of sources, joined."""
        return ", ".join(self.site.course.source[key].short for key in keys)

    def misconception(self, name: str) -> str:
        """Return the address of a misconception: on this page if it is treated here, else on its own."""
        here = self.concept.misconceptions if self.concept else ()
        if name in here:
            return f"#misconception-{name}"
        return self.href(f"{MISCONCEPTIONS}#misconception-{name}")

    def levels(self, concept: Concept) -> Markup:
        """Return the levels that a concept is for, as a list in the locale's own manner."""
        levels = self.site.course.levels
        return self._listed(self.html(level.text) for level in levels if level.id in concept.levels)

    def links(self, names: Iterable[str]) -> Markup:
        """Return links to concepts, as a list in the locale's own manner."""
        link = Markup('<a href="{}">{}</a>')
        known = self.site.course.concept
        return self._listed(
            link.format(self.href(CONCEPT.format(id=name)), self.html(known[name].title)) for name in names
        )

    def _listed(self, parts: Iterable[Markup]) -> Markup:
        # Babel puts the signs between the parts as they are, and no locale's signs are markup.
        return Markup(format_list(list(parts), locale=self.site.babel))

    def citation(self, citation: Citation) -> Markup:
        """Return a citation as a link to the bibliography: `RFC 5321, § 2.1`."""
        source = self.site.course.source[citation.source]
        href = self.href(f"{BIBLIOGRAPHY}#source-{source.id}")
        title = source.sections.get(citation.section, source.title)
        where = [source.short]
        if citation.section:
            where.append(self.word("site.section", section=citation.section))
        if citation.detail:
            where.append(citation.detail)
        shown = Inline(self.site.locale).plain(Text(", ".join(where)))
        return Markup('<a class="fi-cite" href="{}" title="{}" translate="no">{}</a>').format(
            href, title, shown
        )

    def figure(self, name: str, marks: Mapping[str, str] | None = None, prefix: str = "figure") -> Markup:
        """Return a diagram of this page's concept with its text alternative folded beneath.

        `marks` replaces the words of the parts to be labelled; `prefix` keeps ids apart on one page.
        """
        drawn = self.concept.diagrams if self.concept else ()
        diagram = next(diagram for diagram in drawn if diagram.id == name)
        where = (self.site.locale, self.site.words, marks or {})
        svg = Markup(diagram.svg(*where, prefix=f"{prefix}-{name}"))
        return self.render("figure.html", diagram=diagram, svg=svg, steps=diagram.steps(*where))

    def render(self, template: str, **values: Any) -> Markup:
        """Return a template of `site/templates` rendered for this page."""
        made = _TEMPLATES.get_template(template).render(
            view=self,
            course=self.site.course,
            h=self.html,
            p=self.plain,
            w=self.said,
            href=self.href,
            **values,
        )
        return Markup(made.strip())  # the environment escaped it
