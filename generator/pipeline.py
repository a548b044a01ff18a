"""The corridor: the only module that knows every room, and walks through them in order."""

from __future__ import annotations

import gc
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from generator.catalogs import po, pseudo
from generator.catalogs.checks import check as check_catalog
from generator.catalogs.messages import (
    INTERFACE,
    SOURCE,
    Message,
    Translations,
    fallbacks,
    localize,
    messages,
    words,
)
from generator.catalogs.notes import REFERENCE, gather
from generator.catalogs.renewal import Renewal
from generator.catalogs.status import LocaleStatus
from generator.catalogs.status import status as status_of
from generator.catalogs.termlist import TermList, termlist_path
from generator.catalogs.termlist import parse as parse_terms
from generator.checks import CHECKS
from generator.errors import At, Fault, FaultsError
from generator.extensions import extended
from generator.inline import PSEUDO
from generator.model.course import Course
from generator.source import files
from generator.source.nodes import with_excerpt
from generator.text import Text

if TYPE_CHECKING:
    from generator.packages import Packages


@dataclass(frozen=True, slots=True)
class Project:
    """The folders of a course: where its sheets and its catalogs are, and how faults name them."""

    content: Path
    locales: Path
    root: Path

    @classmethod
    def at(cls, root: Path, content: str = "content", locales: str = "locales") -> Project:
        """Return the project whose folders have their usual names below `root`."""
        return cls(root / content, root / locales, root)

    def shown(self, path: Path) -> Path:
        """Return how a path of this project is named to a person."""
        return path.relative_to(self.root) if path.is_relative_to(self.root) else path


@dataclass(frozen=True, slots=True)
class Edition:
    """A course in one locale, with the interface's words in it.

    `reviewed` is false for a translation that no native speaker has reviewed, as its catalog says.
    """

    course: Course
    words: dict[str, Text]
    reviewed: bool = True

    @property
    def locale(self) -> str:
        """The locale of this edition."""
        return self.course.locale


@contextmanager
def uncollected() -> Iterator[None]:
    """Work without the garbage collector, which would go through all that has been read again and again.

    That takes a quarter of the time, and finds nothing: no part of a course leads back to itself.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@uncollected()
def inspect(project: Project) -> tuple[Course | None, tuple[Fault, ...]]:
    """Return the course, unless it is too broken to build, and every fault of its files."""
    course, found = files.load(project.content, project.shown(project.content))
    if course is None:
        return None, found
    checked = [fault for check in extended("checks", CHECKS).values() for fault in check(course)]
    lines = cache(lambda path: _lines(project.root / path))  # a file may have many faults
    located = [with_excerpt(fault, lines(fault.at.path)) for fault in checked]
    return course, tuple(sorted({*found, *located}))


@uncollected()
def inspect_catalogs(project: Project, course: Course) -> tuple[Fault, ...]:
    """Return every fault of every catalog, located in its PO file."""
    found: list[Fault] = []
    wanted = template(course)
    helping = gather(course, wanted)
    for locale in locales(project, course)[1:]:
        path = po.catalog_path(project.locales, locale)
        shown = project.shown(path).as_posix()
        allowed, faults = _allowed(project, locale, helping.terms)
        found += faults
        try:
            catalog, _, headers = po.load(path)
        except FaultsError as error:
            found += [replace(fault, at=replace(fault.at, path=shown)) for fault in error.faults]
        else:
            lines = path.read_text("utf-8").split("\n")
            judged = check_catalog(shown, course, wanted, catalog, locale, allowed, helping)
            found += [with_excerpt(fault, lines) for fault in judged]
            found += po.check_header(shown, locale, headers)
    return tuple(sorted(set(found)))


def _allowed(project: Project, locale: str, terms: Collection[str]) -> tuple[TermList, list[Fault]]:
    """Return the locale's own list of terms, empty where it has none, and its faults."""
    path = termlist_path(project.locales, locale)
    if not path.is_file():
        return {}, []
    shown = project.shown(path).as_posix()
    try:
        return parse_terms(shown, path.read_text("utf-8"), terms)
    except UnicodeDecodeError as error:
        return {}, [
            Fault(At(shown), "po-unreadable", f"this list cannot be read: {error.reason}", "use UTF-8")
        ]


def _lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines() if path.is_file() else []


def load(project: Project) -> Course:
    """Return the course, or raise FaultsError with all that is wrong with it."""
    course, faults = inspect(project)
    errors = [fault for fault in faults if fault.severity == "error"]
    if course is None or errors:
        raise FaultsError(errors)
    return course


def locales(project: Project, course: Course) -> tuple[str, ...]:
    """Return every locale of the course, its source first."""
    others = (locale for locale in po.locales(project.locales) if locale != course.source_locale)
    return (course.source_locale, *others)


def catalog(project: Project, locale: str) -> tuple[Message, ...]:
    """Return the messages of a locale's catalog; none if it has no catalog."""
    path = po.catalog_path(project.locales, locale)
    return po.load(path)[0] if path.is_file() else ()


@uncollected()
def edition(project: Project, course: Course, locale: str) -> Edition:
    """Return the course in `locale`, falling back to its parents and then to the source."""
    source = course.source_locale
    read = cache(po.load)  # in a checkout, the course's catalogs are those of the program too
    names = fallbacks(locale, source, po.locales(project.locales))
    loaded = {name: read(po.catalog_path(project.locales, name).resolve()) for name in names}
    chain = [(name, _by_context(found)) for name, (found, _, _) in loaded.items()]
    if locale in PSEUDO:
        chain.insert(0, (locale, _by_context(pseudo.catalog(course, locale))))
    elif locale != source and locale not in loaded:
        chain.insert(0, (locale, {}))
    shipped = [(name, _by_context(interface(name, read))) for name in _shipped(locale, source)]
    translations = Translations(tuple(chain), source, tuple(shipped))
    reviewed = locale == source or (locale in loaded and loaded[locale][2].get(po.REVIEWED) == "yes")
    return Edition(localize(course, translations), words(translations), reviewed)


def keep() -> None:
    """Tell the garbage collector that what has been read stays until the process ends.

    It would go through all of it again and again: a sixth of the time that a build takes.
    """
    gc.freeze()


def _by_context(found: Iterable[Message]) -> dict[str, Message]:
    return {message.context: message for message in found}


def _shipped(locale: str, source: str) -> dict[str, None]:
    """Return the locales whose interface serves `locale`: its own, then the course's where it has none."""
    names = fallbacks(locale, SOURCE, po.shipped())
    return dict.fromkeys((*names, *fallbacks(source, SOURCE, po.shipped())))


def interface(locale: str, read: Callable[[Path], po.Loaded] = po.load) -> tuple[Message, ...]:
    """Return the translations of the interface that come with the program, for one locale."""
    path = po.shipped().get(locale)
    found = read(path.resolve())[0] if path else ()
    return tuple(message for message in found if message.context.startswith(INTERFACE))


def template(course: Course) -> tuple[Message, ...]:
    """Return every message that a translator is asked for."""
    return messages(course)


def renewal(project: Project, course: Course) -> Renewal:
    """Return what brings the catalogs of a course up to date."""
    return Renewal(course, template(course), (*interface(REFERENCE), *catalog(project, REFERENCE)))


def status(project: Project, course: Course, chosen: Iterable[str] | None = None) -> tuple[LocaleStatus, ...]:
    """Return how far each catalog is, or each of those chosen, sheet by sheet."""
    names = locales(project, course)[1:] if chosen is None else tuple(chosen)
    return _status(project, template(course), names)


def _status(project: Project, wanted: tuple[Message, ...], names: Iterable[str]) -> tuple[LocaleStatus, ...]:
    loaded = {name: po.load(po.catalog_path(project.locales, name)) for name in names}
    reviewed = [name for name, (_, _, headers) in loaded.items() if headers.get(po.REVIEWED) == "yes"]
    return status_of(wanted, {name: found for name, (found, _, _) in loaded.items()}, reviewed)


def translations(project: Project, course: Course) -> tuple[LocaleStatus, ...]:
    """Return how far each catalog is; each is read again only when it has changed.

    Every locale's pages tell it: a process that builds ten locales asks ten times.
    """
    names = locales(project, course)[1:]
    found = (po.catalog_path(project.locales, name).stat() for name in names)
    stamps = tuple((file.st_mtime_ns, file.st_size) for file in found)
    return _translations(project, template(course), names, stamps)


@lru_cache(maxsize=4)
def _translations(
    project: Project, wanted: tuple[Message, ...], names: tuple[str, ...], stamps: tuple[tuple[int, int], ...]
) -> tuple[LocaleStatus, ...]:
    return _status(project, wanted, names)


def downloads(edition: Edition, kept: Path | None = None) -> Packages:
    """Return every quiz of an edition in every format; `kept` is a folder that spares making them again."""
    from generator import packages  # noqa: PLC0415  # every exporter: a third of what there is to import

    return packages.packages(edition.course, edition.words, kept)


def relevant(faults: Iterable[Fault], severity: str) -> tuple[Fault, ...]:
    """Return the faults of one severity."""
    return tuple(fault for fault in faults if fault.severity == severity)
