"""Every quiz of a course in every format, for teachers to take away; what is unchanged is not made again."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from generator.errors import FichesError
from generator.exporters import EXPORTERS
from generator.exporters.archive import archive
from generator.exporters.base import Ask, Export, Exporter, Feature, Loss
from generator.exporters.losses import run, subject, told
from generator.exporters.quiz import Quiz, quizzes
from generator.exporters.store import stored
from generator.extensions import extended
from generator.model.course import Course
from generator.site.downloads import Download, Downloads, File, Format, Missing
from generator.site.view import COMPOSER, DOWNLOADS
from generator.text import Text
from generator.writing import write

# Where the packages of the last build are kept, below the project.
KEPT = ".fiches"
_LOSSES = "losses.json"
_PACKED = (b"PK", b"%PDF")  # how files begin that are compressed already: zips of every kind, and PDF


@dataclass(frozen=True, slots=True)
class Packages:
    """What the site offers: the downloads as pages show them, their files by path, and formats left out."""

    downloads: Downloads
    files: Mapping[str, bytes]
    refused: tuple[str, ...]


def packages(course: Course, words: Mapping[str, Text], kept: Path | None = None) -> Packages:
    """Return every quiz in every format, and what the composer makes more from.

    A format whose extra is not installed is left out, and `refused` says why. `kept` is a folder of earlier
    packages, which is brought up to date.
    """
    every = quizzes(course, words)
    store = _Store(kept, course.locale, words)
    exporters = extended("exporters", EXPORTERS)
    made: dict[str, list[Download]] = {quiz.id: [] for quiz in every}
    files: dict[str, bytes] = {}
    refused: dict[str, str] = {}
    for name, exporter in exporters.items():
        try:
            exports = [
                store.get(f"{name} {quiz.id} {quiz.version}", partial(run, exporter, quiz)) for quiz in every
            ]
        except FichesError as error:
            refused[name] = f"{name} ({course.locale}): {error}"
            continue
        for quiz, export in zip(every, exports, strict=True):
            paths = {f"{DOWNLOADS}/{name}/{file}": content for file, content in export.files.items()}
            files |= paths
            sizes = tuple(File(path, len(content)) for path, content in paths.items())
            made[quiz.id].append(Download(name, sizes, _missing(quiz, export.losses)))
    usable = [exporter for name, exporter in exporters.items() if name not in refused]
    composed = tuple(exporter.name for exporter in usable if exporter.composed and every)
    if composed:
        named = f"{COMPOSER} {composed} {course.versions[course.id]}"
        parts = store.get(named, lambda: Export(stored(every[-1], usable)))
        files |= {f"{COMPOSER}/{path}": content for path, content in parts.files.items()}
    store.sweep()
    by_quiz = {name: tuple(downloads) for name, downloads in made.items() if downloads}
    downloads = Downloads(by_quiz, tuple(map(_format, exporters.values())), composed)
    return Packages(downloads, files, tuple(refused.values()))


def _missing(quiz: Quiz, losses: Iterable[Loss]) -> tuple[Missing, ...]:
    """Return each kind of loss once, with the number of items that suffer it."""
    counts = Counter((subject(quiz, loss), told(quiz, loss).why, bool(loss.item)) for loss in losses)
    return tuple(Missing(what, why, count if own else 0) for (what, why, own), count in counts.items())


def _format(exporter: Exporter) -> Format:
    able = exporter.capabilities
    asks = {f"export.ask-{ask}": (ask in able.asks, ask in able.degraded) for ask in Ask}
    features = {f"loss.{name}": (name in able.features, name in able.notes) for name in Feature}
    carries = {
        name: "partly" if partly else "yes" if whole else "no"
        for name, (whole, partly) in (asks | features).items()
    }
    return Format(exporter.name, carries)


class _Store:
    """Exports kept in a folder, if there is one, each under a name made of all that it depends on."""

    def __init__(self, folder: Path | None, locale: str, words: Mapping[str, Text]) -> None:
        self.folder = folder and folder / locale
        self.used: set[str] = set()
        if folder:
            said = repr([(name, str(word), word.locale) for name, word in words.items()])
            self.basis = f"{program()} {said}"

    def get(self, name: str, make: Callable[[], Export]) -> Export:
        """Return what `make` makes, from the folder if it is there; `name` changes with what goes into it."""
        if self.folder is None:
            return make()
        depends = f"{self.basis} {name}".encode("utf-8", "surrogatepass")
        path = self.folder / f"{hashlib.sha256(depends).hexdigest()[:32]}.zip"
        self.used.add(path.name)
        found = _read(path)
        if found is None:
            found = make()
            losses = json.dumps(found.losses)
            packed = any(content.startswith(_PACKED) for content in found.files.values())
            write(path, archive({**found.files, _LOSSES: losses}, compressed=not packed))
        return found

    def sweep(self) -> None:
        """Remove what no export of this course is kept under any more."""
        for path in self.folder.glob("*.zip") if self.folder else ():
            if path.name not in self.used:
                path.unlink(missing_ok=True)


def _read(path: Path) -> Export | None:
    try:
        with zipfile.ZipFile(path) as kept:
            files = {name: kept.read(name) for name in kept.namelist()}
        losses = json.loads(files.pop(_LOSSES))
        made = tuple(Loss(item, what, why, tuple(map(tuple, given))) for item, what, why, given in losses)
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, TypeError):
        return None  # not there, or not whole: it is made again
    return Export(files, made)


@cache
def program() -> str:
    """Return a digest of this program's own files: another version may write otherwise."""
    digest = hashlib.sha256()
    for path in _sources(Path(__file__).parent):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _sources(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            yield path
