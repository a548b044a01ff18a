"""`fiches pages`: the pages as Markdown and assets, for any site generator."""

from __future__ import annotations

import posixpath
from pathlib import Path

import click

from generator import pipeline
from generator.cli.project import check_locale, with_project
from generator.writing import write


@click.command()
@with_project
@click.option("--locale", default="", help="Locale to write.  [default: the source's]")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder to write into."
)
def command(project: pipeline.Project, locale: str, out: Path) -> None:
    """Write the pages as Markdown for any site generator.

    Headings are Markdown, what they introduce is HTML, and each page brings its own style-sheet and
    script: Zensical, MkDocs and the like build the folder as it is.
    """
    from generator.packages import KEPT
    from generator.site.assets import assets
    from generator.site.markdown import markdown
    from generator.site.pages import pages
    from generator.site.view import Site

    course = pipeline.load(project)
    chosen = locale or course.source_locale
    check_locale(chosen, pipeline.locales(project, course))
    edition = pipeline.edition(project, course, chosen)
    made = pipeline.downloads(edition, project.root / KEPT)
    site = Site(edition.course, edition.words, downloads=made.downloads)
    # Each page is the index of its folder: some generators move the links of any other page.
    written = {posixpath.join(page.path, "index.md"): markdown(site, page).encode() for page in pages(site)}
    for path, content in {**written, **assets(), **made.files}.items():
        write(out / path, content)
    click.echo(f"{out}: {len(written)} pages")
