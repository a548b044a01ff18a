"""`fiches new`: a new sheet, commented and ready to fill."""

from __future__ import annotations

from importlib.resources import files

import click

from generator.cli.project import with_project
from generator.errors import FichesError
from generator.model.base import ID
from generator.pipeline import Project, inspect
from generator.writing import write


@click.group()
def command() -> None:
    """Write a new sheet, ready to fill."""


@command.command()
@click.argument("name", metavar="ID")
@with_project
def concept(project: Project, name: str) -> None:
    """Write content/concepts/ID.yaml, a commented sheet that passes the checks."""
    if not ID.match(name):
        raise FichesError(f"“{name}” is not an id: use lower-case letters, digits and single hyphens")
    path = project.content / "concepts" / f"{name}.yaml"
    if path.exists():
        raise FichesError(f"{project.shown(path)} exists already")
    write(path, _template(project))
    click.echo(f"{project.shown(path)} is ready to fill; add “{name}” to a part of content/course.yaml")


def _template(project: Project) -> str:
    """Return the commented sheet in French, or in English for a course in any other language.

    The source it cites as an example is one of the course's own, if it has any.
    """
    course, _ = inspect(project)
    language = "en" if course is not None and not course.source_locale.startswith("fr") else "fr"
    text = (files("generator.cli") / "templates" / f"concept.{language}.yaml").read_text("utf-8")
    known = list(course.source) if course is not None else []
    return text.replace("sources: [rfc1983]", f"sources: [{known[0]}]") if known else text
