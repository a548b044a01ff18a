"""`fiches import`: questions of other tools as items of a sheet."""

from __future__ import annotations

from pathlib import Path

import click

from generator.errors import FichesError, nearest
from generator.importers import SUFFIXES, convert, yaml
from generator.importers.base import MAX_BYTES
from generator.model.course import Concept
from generator.pipeline import Project, inspect
from generator.writing import write


@click.command(name="import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--concept", metavar="ID", help="The sheet that the items are for: its objectives are used.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="[default: the terminal]")
@click.option("--force", is_flag=True, help="Write over the file that --out names.")
@click.option(
    "--project",
    type=click.Path(file_okay=False, path_type=Path),
    default=".",
    help="Folder of the course.  [default: here]",
)
def command(file: Path, concept: str | None, out: Path | None, force: bool, project: Path) -> None:
    """Turn GIFT or Moodle XML into items of a sheet.

    FILE ends in .xml, .gift or .txt. What a sheet cannot hold is told, line by line.
    """
    if not file.name.lower().endswith(SUFFIXES):
        raise click.UsageError(f"“{file.name}” ends in none of {', '.join(SUFFIXES)}")
    if out is not None and out.exists() and not force:
        raise FichesError(f"{out} exists already; --force writes over it")
    made = convert(str(file), _content(file), _sheet(project, concept) if concept else None)
    text = yaml(made, file.name)
    if out is None:
        click.echo(text, nl=False)
    else:
        _write(out, text)
    for loss in made.losses:
        click.echo(str(loss), err=True)
    count = len(made.items)
    told = f"{count} item{'s' if count != 1 else ''}, {len(made.losses)} losses"
    click.echo(f"{out}: {told}" if out else told, err=out is None)


def _content(file: Path) -> bytes:
    """Return the bytes of a file, no more of them than are read."""
    try:
        with file.open("rb") as opened:
            return opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise FichesError(f"{file} cannot be read: {error.strerror}") from error


def _write(out: Path, text: str) -> None:
    try:
        write(out, text)
    except OSError as error:
        raise FichesError(f"{out} cannot be written: {error.strerror}") from error


def _sheet(root: Path, name: str) -> Concept:
    project = Project.at(root)
    course, _ = inspect(project)
    if course is None:
        raise FichesError(f"{root}: the course cannot be read; “fiches check” says why")
    if name not in course.concept:
        raise FichesError(f"there is no sheet “{name}”; {nearest(name, course.concept)}")
    return course.concept[name]
