"""The folders that a command works in, as an option that commands share."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

import click

from generator.errors import FichesError, nearest
from generator.pipeline import Project


def check_locale(locale: str, known: Collection[str]) -> None:
    """Raise FichesError, with the nearest name, if the course is not in `locale`."""
    if locale not in known:
        raise FichesError(f"“{locale}” has no catalog; {nearest(locale, known)}")


def with_project(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the option `--project` and the project as its first argument."""

    def find(ctx: click.Context, param: click.Parameter, value: Path) -> Project:
        project = Project.at(value)
        if not (project.content / "course.yaml").is_file():
            raise FichesError(f"{value}: no content/course.yaml here; “fiches init DIR” starts a course")
        return project

    return click.option(
        "--project",
        type=click.Path(file_okay=False, path_type=Path),
        default=".",
        callback=find,
        help="Folder of the course.  [default: here]",
    )(command)
