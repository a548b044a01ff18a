"""`fiches build`: the site in every locale."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from generator import pipeline
from generator.build import build_site
from generator.cli.project import check_locale, with_project
from generator.errors import FichesError
from generator.inline import PSEUDO


@click.command()
@with_project
@click.option(
    "--locale", "chosen", multiple=True, metavar="LOCALE", help="Build only this locale; repeatable."
)
@click.option("--pseudo", is_flag=True, help="Build the pseudo-locales, to see what cannot be translated.")
@click.option("--site-dir", type=click.Path(path_type=Path), default="site", show_default=True)
@click.option(
    "--jobs", type=click.IntRange(1), default=os.cpu_count() or 1, help="Processes.  [default: one a core]"
)
def command(
    project: pipeline.Project, chosen: tuple[str, ...], pseudo: bool, site_dir: Path, jobs: int
) -> None:
    """Build the site in every locale.

    With --locale, the other locales of the last site are kept as they are. The last good site stays
    whole until the new one is ready. Of the pseudo-locales, en_XA is accented and longer, ar_XB reads
    from the right; a word of theirs outside ⟦ ⟧ has not been given to translators.
    """
    course = pipeline.load(project)
    known = pipeline.locales(project, course)
    chosen = (*chosen, *PSEUDO) if pseudo else chosen
    for locale in chosen:
        check_locale(locale, (*known, *PSEUDO))
    config = project.root / "mkdocs.yml"
    if not config.is_file():
        raise FichesError(f"{config} does not exist; “fiches init DIR” writes one")
    locales = tuple(locale for locale in (*known, *PSEUDO) if locale in (chosen or known))
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as progress:
        task = progress.add_task("building", total=len(locales))
        build_site(
            config,
            site_dir.absolute(),
            locales,
            course.source_locale,
            jobs,
            done=lambda _: progress.advance(task),
            kept=tuple(locale for locale in known if locale not in locales),
        )
    if sys.stdout.isatty():
        click.echo(f"{site_dir}: {', '.join(locales)}")
