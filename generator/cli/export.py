"""`fiches export`: quizzes as files for other tools."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import click

from generator import pipeline
from generator.cli.project import with_project
from generator.errors import FichesError, nearest
from generator.exporters import EXPORTERS
from generator.exporters.base import Exporter, Loss
from generator.exporters.batch import REPORT, Batch, batch
from generator.exporters.quiz import Quiz, quizzes, selected
from generator.extensions import extended
from generator.writing import write

_LEVELS = {"easy": 1, "medium": 2, "hard": 3}
_NAMED = 3

T = TypeVar("T")


def _choosing(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that choose items."""
    for option in (
        click.option("--seed", default="", help="Draw other items than those of another seed."),
        click.option("--count", type=click.IntRange(1), help="At most this many items of each quiz."),
        click.option("--difficulty", type=click.Choice(list(_LEVELS)), multiple=True, help="Repeatable."),
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
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="[default: ./dist]")
@_choosing
def command(  # noqa: PLR0913, PLR0917 - click passes one argument for each option
    project: pipeline.Project,
    formats: tuple[str, ...],
    everything: bool,
    locales: tuple[str, ...],
    names: tuple[str, ...],
    out: Path | None,
    difficulty: tuple[str, ...],
    count: int | None,
    seed: str,
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
    levels = [_LEVELS[name] for name in difficulty]
    drawn = [selected(quiz, levels, count, seed) for edition in editions for quiz in _quizzes(edition, names)]
    found = [quiz for quiz in drawn if quiz.items]
    if not found:
        raise FichesError("no item is left to export: ask for another difficulty")
    # Everything is made before anything is written, so that a failure leaves the last export whole.
    made = [(exporter, batch(exporter, found)) for exporter in wanted]
    for exporter, batched in made:
        _write(exporter, batched, (out or project.root / "dist") / exporter.name)


def _chosen(noun: str, names: Iterable[str], known: Mapping[str, T]) -> list[T]:
    """Return what is known under these names, in the order of the table; all of it if there are none."""
    wanted = list(names)
    for name in wanted:
        if name not in known:
            raise FichesError(f"there is no {noun} “{name}”; {nearest(name, known)}")
    return [value for name, value in known.items() if not wanted or name in wanted]


def _quizzes(edition: pipeline.Edition, names: Iterable[str]) -> list[Quiz]:
    return _chosen("quiz", names, {quiz.id: quiz for quiz in quizzes(edition.course, edition.words)})


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
