"""`fiches locale`: add a locale, bring catalogs up to date, see what is missing, trade XLIFF."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from generator import pipeline
from generator.catalogs import po
from generator.catalogs import xliff as interchange
from generator.catalogs.messages import Message, Progress, progress
from generator.catalogs.status import LocaleStatus
from generator.cli.project import with_project
from generator.errors import FichesError
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
    _, data = pipeline.renewal(project, course).catalog(str(found), pipeline.interface(str(found)))
    write(path, data)
    click.echo(f"{project.shown(path)}: {found.get_display_name('en')}, ready to be translated")


@command.command()
@click.argument("locale", required=False)
@with_project
def update(project: pipeline.Project, locale: str | None) -> None:
    """Bring the template and every catalog (or LOCALE's) up to date with the sheets.

    A text that changed keeps its translation, marked fuzzy; nothing is lost.
    """
    renewal = pipeline.renewal(project, pipeline.load(project))
    write(project.locales / f"{po.DOMAIN}.pot", renewal.pot())
    for name in _chosen(project, locale):
        path = po.catalog_path(project.locales, name)
        messages, data = renewal.catalog(name, *po.load(path))
        if write(path, data):
            click.echo(f"{project.shown(path)}: {_line(renewal.template, messages)}")


@command.command()
@click.argument("locale", required=False)
@click.option("--json", "as_json", is_flag=True, help="For programs; lists what is missing, too.")
@with_project
def status(project: pipeline.Project, locale: str | None, as_json: bool) -> None:
    """Show how much of each catalog is translated; with LOCALE, sheet by sheet."""
    course = pipeline.load(project)
    rows = pipeline.status(project, course, None if locale is None else _chosen(project, locale))
    if as_json:
        click.echo(json.dumps({row.locale: _data(row) for row in rows}, indent=2, ensure_ascii=False))
        return
    _print(rows, whole=locale is None)


@command.group()
def xliff() -> None:
    """Trade a catalog with tools that read XLIFF, such as OmegaT."""


@xliff.command("export")
@click.argument("locale")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Where to.  [default: LOCALE.xlf]"
)
@with_project
def export(project: pipeline.Project, locale: str, out: Path | None) -> None:
    """Write the catalog of LOCALE as XLIFF 1.2."""
    (name,) = _chosen(project, locale)
    course = pipeline.load(project)
    loaded = po.load(po.catalog_path(project.locales, name))
    messages, _ = pipeline.renewal(project, course).catalog(name, *loaded)
    path = out or Path(f"{name}.xlf")
    write(path, interchange.dump(messages, course.source_locale, name))
    click.echo(f"{path}: {len(messages)} messages")


@xliff.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_project
def import_(project: pipeline.Project, file: Path) -> None:
    """Bring the translations of an XLIFF FILE into the catalog of its target language."""
    course = pipeline.load(project)
    locale, units = interchange.load(file.as_posix(), file.read_bytes())
    (name,) = _chosen(project, locale)
    path = po.catalog_path(project.locales, name)
    current, obsolete, headers = po.load(path)
    taken = interchange.take(current, units)
    write(path, po.dump(taken.messages, course.source_locale, name, obsolete, headers))
    click.echo(f"{project.shown(path)}: {taken.changed} translations changed")
    for context in taken.refused:
        click.echo(f"left aside, its source text has changed or is unknown: {context}", err=True)


def _chosen(project: pipeline.Project, locale: str | None) -> tuple[str, ...]:
    known = po.locales(project.locales)
    if locale is None:
        return known
    name = str(po.parse_locale(locale))
    if name not in known:
        raise FichesError(f"“{name}” has no catalog; “fiches locale add {name}” starts one")
    return (name,)


def _line(template: tuple[Message, ...], merged: tuple[Message, ...]) -> str:
    done = progress(template, {message.context: message for message in merged})
    return f"{done.translated} translated, {done.fuzzy} fuzzy, {done.untranslated} untranslated"


def _data(row: LocaleStatus) -> dict[str, object]:
    parts = {
        part.name: {**asdict(part.progress), "sheet": part.sheet, "missing": list(part.missing)}
        for part in row.parts
    }
    return {**asdict(row.total), "reviewed": row.reviewed, "parts": parts}


def _print(rows: tuple[LocaleStatus, ...], whole: bool) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(*_HEADS)
    table.columns[0].overflow = "fold"
    for row in rows:
        for part in () if whole else row.parts:
            table.add_row(part.name, *_counts(part.progress))
        table.add_section()
        table.add_row(row.locale, *_counts(row.total), "yes" if row.reviewed else "no")
    Console().print(table)


_HEADS = ("", "translated", "fuzzy", "untranslated", "words left", "reviewed")


def _counts(done: Progress) -> tuple[str, ...]:
    return tuple(map(str, (done.translated, done.fuzzy, done.untranslated, done.words_left)))
