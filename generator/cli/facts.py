"""`fiches facts`: the numbers that texts can take from the course's capture."""

from __future__ import annotations

import click

from generator import pipeline
from generator.cli.project import with_project


@click.command()
@with_project
def command(project: pipeline.Project) -> None:
    """List the facts that a text can hold between braces, with their values."""
    for name, value in pipeline.load(project).facts.items():
        click.echo(f"{{{name}}} = {value}")
