"""`fiches locale`: add a locale, bring catalogs up to date, see what is missing."""

from __future__ import annotations

import json

import click

from generator import pipeline
from generator.catalogs import po
from generator.catalogs.messages import Message, merge, progress
from generator.cli.project import with_project
from generator.errors import FichesError
from generator.model.course import Course
from generator.writing import write


@click.group()
def command() -> None:
    """Add, update or inspect a locale."""


@command.command()
@click.argument("locale")
@with_project
def add(project: pipeline.Project, locale: str) -> None:
    """Start the catalog of LOCALE, such as oc, pt_BR or zh_Hans."""
    course = pipeline.load(project)
    found = po.parse_locale(locale)
    path = po.catalog_path(project.locales, str(found))
    if path.exists():
        raise FichesError(f"{project.shown(path)} exists already; “fiches locale update {found}” renews it")
    if str(found) == course.source_locale:
        raise FichesError(f"“{found}” is the locale the sheets are written in; it needs no catalog")
    started, _ = merge(pipeline.template(course), pipeline.interface(str(found)))
    write(path, po.dump(started, course.source_locale, str(found)))
    click.echo(f"{project.shown(path)}: {found.get_display_name('en')}, ready to be translated")


@command.command()
@click.argument("locale", required=False)
@with_project
def update(project: pipeline.Project, locale: str | None) -> None:
    """Bring the template and every catalog (or LOCALE's) up to date with the sheets.

    A text that changed keeps its translation, marked fuzzy; nothing is lost.
    """
    course = pipeline.load(project)
    template = pipeline.template(course)
    write(project.locales / f"{po.DOMAIN}.pot", po.dump(template, course.source_locale))
    for name in _chosen(project, locale):
        path = po.catalog_path(project.locales, name)
        current, obsolete, headers = po.load(path)
        merged, dropped = merge(template, (*obsolete, *current))
        if write(path, po.dump(merged, course.source_locale, name, dropped, headers)):
            click.echo(f"{project.shown(path)}: {_line(template, merged)}")


@command.command()
@click.argument("locale", required=False)
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@with_project
def status(project: pipeline.Project, locale: str | None, as_json: bool) -> None:
    """Show how much of each catalog is translated."""
    course = pipeline.load(project)
    template = pipeline.template(course)
    rows = {name: _progress(project, course, template, name) for name in _chosen(project, locale)}
    if as_json:
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table("locale", "translated", "fuzzy", "untranslated", "words left")
    for name, row in rows.items():
        table.add_row(name, *(str(row[key]) for key in ("translated", "fuzzy", "untranslated", "words_left")))
    Console().print(table)


def _chosen(project: pipeline.Project, locale: str | None) -> tuple[str, ...]:
    known = po.locales(project.locales)
    if locale is None:
        return known
    name = str(po.parse_locale(locale))
    if name not in known:
        raise FichesError(f"“{name}” has no catalog; “fiches locale add {name}” starts one")
    return (name,)


def _progress(
    project: pipeline.Project, course: Course, template: tuple[Message, ...], locale: str
) -> dict[str, int]:
    found = {message.context: message for message in pipeline.catalog(project, locale)}
    done = progress(template, found)
    return {
        "translated": done.translated,
        "fuzzy": done.fuzzy,
        "untranslated": done.untranslated,
        "words_left": done.words_left,
    }


def _line(template: tuple[Message, ...], merged: tuple[Message, ...]) -> str:
    done = progress(template, {message.context: message for message in merged})
    return f"{done.translated} translated, {done.fuzzy} fuzzy, {done.untranslated} untranslated"
