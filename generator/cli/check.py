"""`fiches check`: every fault of every file."""

from __future__ import annotations

import sys

import click

from generator import pipeline
from generator.cli.project import with_project


@click.command()
@with_project
def command(project: pipeline.Project) -> None:
    """Check sheets and catalogs, and show every fault.

    Warnings leave the exit status at 0.
    """
    course, faults = pipeline.inspect(project)
    if course is not None:
        faults = (*faults, *pipeline.inspect_catalogs(project, course))
    for fault in faults:
        click.echo(str(fault), err=fault.severity == "error")
    errors = pipeline.relevant(faults, "error")
    if errors:
        click.echo(f"\n{len(errors)} fault{'s' if len(errors) > 1 else ''}", err=True)
        sys.exit(1)
    items = len(course.items) if course else 0
    click.echo(f"{len(course.concepts) if course else 0} sheets, {items} items: no fault")
