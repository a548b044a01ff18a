"""`fiches schema`: JSON Schemas that an editor completes and validates sheets with."""

from __future__ import annotations

import json
from pathlib import Path

import click

from generator.cli.project import with_project
from generator.pipeline import Project
from generator.source.sheet import FILES, Sheet, json_schema
from generator.writing import write


def write_schemas(folder: Path) -> list[Path]:
    """Write one schema for each kind of file; return those that changed."""
    models = {"sheet": Sheet} | {name.removesuffix(".yaml"): model for name, model in FILES.items()}
    changed = []
    for name, model in models.items():
        schema = {"$schema": "https://json-schema.org/draft/2020-12/schema"} | json_schema(model)
        path = folder / f"{name}.json"
        if write(path, json.dumps(schema, indent=1, ensure_ascii=False) + "\n"):
            changed.append(path)
    return changed


@click.command()
@with_project
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), default=None, help="[default: ./schema]"
)
def command(project: Project, out: Path | None) -> None:
    """Write the JSON Schemas that editors validate sheets with.

    The first line of each sheet names its schema, so that an editor with the YAML language server
    completes field names and underlines mistakes.
    """
    for path in write_schemas(out or project.root / "schema"):
        click.echo(str(path))
