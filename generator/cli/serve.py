"""`fiches serve`: the site of one locale, rebuilt on every change."""

from __future__ import annotations

import os
import socket

import click

from generator import pipeline
from generator.cli.project import with_project
from generator.errors import FichesError


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
    _ask_for(port)
    if locale:
        os.environ["LOCALE"] = locale
    config = str(project.root / "mkdocs.yml")
    mkdocs.main(["serve", "--config-file", config, "--dev-addr", f"127.0.0.1:{port}"], standalone_mode=False)


def _ask_for(port: int) -> None:
    """Raise FichesError if something listens at a port already: MkDocs would end with a traceback."""
    with socket.socket() as asked:
        if asked.connect_ex(("127.0.0.1", port)) == 0:
            reason = f"port {port} is taken, perhaps by another preview"
            raise FichesError(f"{reason}: end that one, or choose another port with --port")
