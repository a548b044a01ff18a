"""`fiches export`: quizzes as files for other tools."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

from generator import pipeline
from generator.cli.project import with_project
from generator.errors import FichesError, nearest
from generator.exporters import EXPORTERS
from generator.exporters.base import Exporter, Loss
from generator.exporters.batch import REPORT, Batch, batch
from generator.exporters.multilang import multilingual
from generator.exporters.quiz import Quiz, composed, quizzes, selected
from generator.extensions import extended
from generator.writing import write

_LEVELS = {"easy": 1, "medium": 2, "hard": 3}
_NAMED = 3
MOST_POINTS = 100

T = TypeVar("T")


def _choosing(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that choose items."""
    for option in (
        click.option("--title", default="", help="Title of the quiz made by --items."),
        click.option(
            "--items",
            metavar="UID[=POINTS],…",
            help="One quiz of these items, in this order, as the site's composer makes it.",
        ),
        click.option("--seed", default="", help="Draw other items than those of another seed."),
        click.option("--count", type=click.IntRange(1), help="At most this many items of each quiz."),
        click.option("--difficulty", type=click.Choice(list(_LEVELS)), multiple=True, help="Repeatable."),
        click.option(
            "--tag",
            "tags",
            multiple=True,
            help="Only items that bear it: a level, a type of question, a verb of objectives, a sheet.",
        ),
    ):
        command = option(command)
    return command


@click.command()
@with_project
@click.option(
    "--format", "formats", multiple=True, metavar="FORMAT", help="See “fiches formats”; repeatable."
)
@click.option("--all", "everything", is_flag=True, help="Every format.")
@click.option("--locale", "locales", multiple=True, help="Repeatable.  [default: every locale]")
@click.option(
    "--quiz", "names", multiple=True, metavar="ID", help="Id of a sheet, or of the course; repeatable."
)
@click.option(
    "--multilang", is_flag=True, help="One package of all the locales, in the formats that can hold it."
)
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="[default: ./dist]")
@_choosing
def command(
    project: pipeline.Project,
    formats: tuple[str, ...],
    everything: bool,
    locales: tuple[str, ...],
    multilang: bool,
    out: Path | None,
    **choice: Any,
) -> None:
    """Export quizzes to another tool.

    Each format gets a folder with one file for each sheet and one for the whole course, in each
    locale, and losses.json, which lists what the format cannot carry.
    """
    if not formats and not everything:
        raise click.UsageError("name a format with --format, or ask for --all; “fiches formats” lists them")
    exporters = extended("exporters", EXPORTERS)
    wanted = exporters.values() if everything else _chosen("format", formats, exporters)
    course = pipeline.load(project)
    known = {locale: locale for locale in pipeline.locales(project, course)}
    editions = [pipeline.edition(project, course, name) for name in _chosen("locale", locales, known)]
    found = [Choice(**choice).quizzes(edition) for edition in editions]
    if not any(found):
        raise FichesError("no item is left to export: ask for another difficulty or tag")
    each = [quiz for of_locale in found for quiz in of_locale]
    together = [multilingual(same) for same in zip(*found, strict=True)] if multilang else each
    # Everything is made before anything is written, so that a failure leaves the last export whole.
    with pipeline.uncollected():
        made = [(exporter, batch(exporter, together if exporter.bilingual else each)) for exporter in wanted]
    for exporter, batched in made:
        _write(exporter, batched, (out or project.root / "dist") / exporter.name)


@dataclass(frozen=True, slots=True)
class Choice:
    """Which quizzes, and which of their items, as the options say."""

    names: tuple[str, ...]
    difficulty: tuple[str, ...]
    tags: tuple[str, ...]
    count: int | None
    seed: str
    items: str | None
    title: str

    def quizzes(self, edition: pipeline.Edition) -> list[Quiz]:
        """Return the quizzes chosen that have an item left."""
        every = {quiz.id: quiz for quiz in quizzes(edition.course, edition.words)}
        if self.items is not None:
            return [_composed(every[edition.course.id], self.items, self.title)]
        levels = [_LEVELS[name] for name in self.difficulty]
        drawn = [
            selected(quiz, levels, self.count, self.seed, self.tags)
            for quiz in _chosen("quiz", self.names, every)
        ]
        return [quiz for quiz in drawn if quiz.items]


def _composed(whole: Quiz, items: str, title: str) -> Quiz:
    known = [item.uid for item in whole.items]
    choice: dict[str, float | None] = {}
    for entry in filter(None, (part.strip() for part in items.split(","))):
        uid, _, points = entry.partition("=")
        if uid not in known:
            raise FichesError(f"there is no item “{uid}”; {nearest(uid, known)}")
        choice[uid] = _points(uid, points) if points else None
    return composed(whole, choice.items(), title)


def _points(uid: str, points: str) -> float:
    try:
        value = float(points)
    except ValueError:
        value = 0
    if not 0 < value <= MOST_POINTS:
        raise FichesError(f"“{uid}={points}”: points are a number above 0, up to {MOST_POINTS}")
    return value


def _chosen(noun: str, names: Iterable[str], known: Mapping[str, T]) -> list[T]:
    """Return what is known under these names, in the order of the table; all of it if there are none."""
    wanted = list(names)
    for name in wanted:
        if name not in known:
            raise FichesError(f"there is no {noun} “{name}”; {nearest(name, known)}")
    return [value for name, value in known.items() if not wanted or name in wanted]


def _write(exporter: Exporter, made: Batch, folder: Path) -> None:
    try:
        for name, content in made.files.items():
            write(folder / name, content)
    except OSError as error:
        raise FichesError(f"{error.filename or folder} cannot be written: {error.strerror}") from error
    count = len(made.files) - 1
    click.echo(f"{folder}: {count} file{'s' if count != 1 else ''} ({exporter.title})")
    for line in _summary(made.losses):
        click.echo(f"  {line}")
    if any(made.losses.values()):
        click.echo(f"  every loss is in {folder / REPORT}")


def _summary(losses: Mapping[str, tuple[Loss, ...]]) -> list[str]:
    """Return one line for each kind of loss, with the number of items that suffer it."""
    items: dict[tuple[str, str], dict[str, None]] = {}
    for found in losses.values():
        for loss in found:
            items.setdefault((loss.what, loss.why), {})[loss.item] = None
    return [f"{what}: {why} ({_who(list(who))})" for (what, why), who in items.items()]


def _who(items: list[str]) -> str:
    if items == [""]:
        return "whole quiz"
    return ", ".join(items) if len(items) <= _NAMED else f"{len(items)} items"
