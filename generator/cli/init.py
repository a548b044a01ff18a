"""`fiches init`: a new course, ready to be shown."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import click

from generator.catalogs.po import parse_locale
from generator.cli.schema import write_schemas
from generator.errors import FichesError
from generator.writing import write

_FILES = {
    "mkdocs.yml": "mkdocs.yml",
    "course.{language}.yaml": "content/course.yaml",
    "concept.{language}.yaml": "content/concepts/first-concept.yaml",
    "misconceptions.{language}.yaml": "content/misconceptions.yaml",
    "glossary.{language}.yaml": "content/glossary.yaml",
    "sources.yaml": "content/sources.yaml",
    "favicon.svg": "content/static/favicon.svg",
    "gitignore": ".gitignore",
}
_WRITTEN = ("fr", "en")


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--locale", default="fr", show_default=True, help="Locale in which you will write.")
def command(folder: Path, locale: str) -> None:
    """Start a new course in a folder.

    It holds mkdocs.yml, one sheet with a diagram and a quiz, and passes “fiches check” as it is. The
    sheet is in French, or in English for any other locale: write over it.
    """
    parsed = parse_locale(locale)
    language = parsed.language if parsed.language in _WRITTEN else "en"
    if folder.exists() and any(folder.iterdir()):
        raise FichesError(f"{folder} is not empty; choose another folder, nothing was written")
    templates = files("generator.cli") / "templates"
    for name, path in _FILES.items():
        text = (templates / name.format(language=language)).read_text("utf-8")
        write(folder / path, text.replace("@LOCALE@", str(parsed)))
    write_schemas(folder / "schema")
    click.echo(f"{folder} is ready. Next:\n    cd {folder}\n    fiches check\n    mkdocs serve")
