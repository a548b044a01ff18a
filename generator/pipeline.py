"""The corridor: the only module that knows every room, and walks through them in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from generator.catalogs import po
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
from generator.checks import CHECKS
from generator.errors import Fault, FaultsError, FichesError
from generator.exporters import EXPORTERS
from generator.exporters.base import Ask, Exporter, Feature, Loss
from generator.exporters.losses import run, told
from generator.exporters.quiz import Quiz, quizzes
from generator.extensions import extended
from generator.model.course import Course
from generator.site.downloads import Download, Downloads, File, Format, Missing
from generator.site.view import DOWNLOADS
from generator.source import files
from generator.source.nodes import with_excerpt
from generator.text import Text


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


def inspect(project: Project) -> tuple[Course | None, tuple[Fault, ...]]:
    """Return the course, unless it is too broken to build, and every fault of its files."""
    course, found = files.load(project.content, project.shown(project.content))
    if course is None:
        return None, found
    checked = [fault for check in extended("checks", CHECKS).values() for fault in check(course)]
    lines = cache(lambda path: _lines(project.root / path))  # a file may have many faults
    located = [with_excerpt(fault, lines(fault.at.path)) for fault in checked]
    return course, tuple(sorted({*found, *located}))


def inspect_catalogs(project: Project, course: Course) -> tuple[Fault, ...]:
    """Return every fault of every catalog, located in its PO file."""
    found: list[Fault] = []
    wanted = template(course)
    for locale in locales(project, course)[1:]:
        path = po.catalog_path(project.locales, locale)
        shown = project.shown(path).as_posix()
        try:
            catalog = po.load(path)[0]
        except FaultsError as error:
            found += [replace(fault, at=replace(fault.at, path=shown)) for fault in error.faults]
        else:
            lines = path.read_text("utf-8").split("\n")
            faults = check_catalog(shown, course, wanted, catalog)
            found += [with_excerpt(fault, lines) for fault in faults]
    return tuple(sorted(set(found)))


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


def edition(project: Project, course: Course, locale: str) -> Edition:
    """Return the course in `locale`, falling back to its parents and then to the source."""
    source = course.source_locale
    read = cache(po.load)  # in a checkout, the course's catalogs are those of the program too
    names = fallbacks(locale, source, po.locales(project.locales))
    loaded = {name: read(po.catalog_path(project.locales, name).resolve()) for name in names}
    chain = [(name, _by_context(found)) for name, (found, _, _) in loaded.items()]
    if locale != source and locale not in loaded:
        chain.insert(0, (locale, {}))
    shipped = [(name, _by_context(interface(name, read))) for name in _shipped(locale, source)]
    translations = Translations(tuple(chain), source, tuple(shipped))
    reviewed = locale == source or (locale in loaded and loaded[locale][2].get(po.REVIEWED) == "yes")
    return Edition(localize(course, translations), words(translations), reviewed)


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


def downloads(edition: Edition) -> tuple[Downloads, dict[str, bytes], list[str]]:
    """Return every quiz of an edition in every format, the files by path, and why a format was left out."""
    made: dict[str, list[Download]] = {}
    files: dict[str, bytes] = {}
    refused: list[str] = []
    exporters = extended("exporters", EXPORTERS).values()
    for exporter in exporters:
        try:
            found = {quiz.id: (quiz, run(exporter, quiz)) for quiz in quizzes(edition.course, edition.words)}
        except FichesError as error:
            refused.append(f"{exporter.name} ({edition.locale}): {error}")
            continue
        for name, (quiz, export) in found.items():
            paths = {f"{DOWNLOADS}/{exporter.name}/{file}": content for file, content in export.files.items()}
            files |= paths
            sizes = tuple(File(path, len(content)) for path, content in paths.items())
            made.setdefault(name, []).append(Download(exporter.name, sizes, _missing(quiz, export.losses)))
    by_quiz = {name: tuple(found) for name, found in made.items()}
    return Downloads(by_quiz, tuple(map(_format, exporters))), files, refused


def _missing(quiz: Quiz, losses: Iterable[Loss]) -> tuple[Missing, ...]:
    """Return each kind of loss once, with the number of items that suffer it."""
    counts = Counter((_named(loss), told(quiz, loss).why, bool(loss.item)) for loss in losses)
    return tuple(Missing(what, why, count if own else 0) for (what, why, own), count in counts.items())


def _named(loss: Loss) -> str:
    """Return the interface word for what is lost."""
    return f"export.ask-{loss.what}" if loss.what in {ask.value for ask in Ask} else f"loss.{loss.what}"


def _format(exporter: Exporter) -> Format:
    able = exporter.capabilities
    asks = {f"export.ask-{ask}": (ask in able.asks, ask in able.degraded) for ask in Ask}
    features = {f"loss.{name}": (name in able.features, name in able.notes) for name in Feature}
    carries = {
        name: "partly" if partly else "yes" if whole else "no"
        for name, (whole, partly) in (asks | features).items()
    }
    return Format(exporter.name, carries)


def relevant(faults: Iterable[Fault], severity: str) -> tuple[Fault, ...]:
    """Return the faults of one severity."""
    return tuple(fault for fault in faults if fault.severity == severity)
