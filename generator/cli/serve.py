"""`fiches serve`: the site of one locale, rebuilt on every change."""

from __future__ import annotations

import os

import click

from generator import pipeline
from generator.cli.project import with_project


@click.command()
@with_project
@click.option("--locale", default="", help="Locale to show.  [default: the source's]")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
def command(project: pipeline.Project, locale: str, port: int) -> None:
    """Show the site of one locale and rebuild it on every change.

    Sheets, catalogs and templates are watched; a fault is shown and the last good pages stay.
    """
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    from mkdocs.__main__ import cli as mkdocs

    pipeline.load(project)
    if locale:
        os.environ["LOCALE"] = locale
    config = str(project.root / "mkdocs.yml")
    mkdocs.main(["serve", "--config-file", config, "--dev-addr", f"127.0.0.1:{port}"], standalone_mode=False)
