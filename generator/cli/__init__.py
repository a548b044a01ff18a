"""The command `fiches`: one file for each command, imported only when it is called."""

from __future__ import annotations

import sys
from importlib import import_module
from keyword import iskeyword

import click

from generator.errors import FaultsError, FichesError

# Command, module, and the line that --help shows without importing anything.
_COMMANDS = {
    "build": "Build the site in every locale.",
    "check": "Check sheets and catalogs, and show every fault.",
    "export": "Export quizzes to another tool.",
    "facts": "List the numbers that texts can take from a captured exchange.",
    "formats": "Show the export formats and what each can carry.",
    "import": "Turn questions of GIFT or Moodle XML into items of a sheet.",
    "init": "Start a new course in a folder.",
    "locale": "Add, update or inspect a locale.",
    "new": "Write a new sheet, ready to fill.",
    "pages": "Write the pages as Markdown for any site generator.",
    "schema": "Write the JSON Schemas that editors validate sheets with.",
    "serve": "Show the site of one locale and rebuild it on every change.",
}
_EPILOG = "Exit status: 0 all is well, 1 the course or a catalog has faults, 2 the command line is wrong."


class Lazy(click.Group):
    """A group that imports a command when it is called, so that `fiches --help` is instant."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands."""
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, imported now."""
        if cmd_name not in _COMMANDS:
            return None
        module = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        found = import_module(f"generator.cli.{module}").command
        return found if isinstance(found, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the table above."""
        with formatter.section("Commands"):
            formatter.write_dl(sorted(_COMMANDS.items()))


@click.group(cls=Lazy, epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="fiches", message="%(version)s")
def cli() -> None:
    """Concept sheets in YAML become a translated site with diagrams and quizzes."""


def main() -> None:
    """Run the command line; errors meant for a person are printed without a traceback."""
    try:
        cli(prog_name="fiches")
    except FaultsError as error:
        count = len(error.faults)
        click.echo(f"{error}\n\n{count} fault{'s' if count > 1 else ''}", err=True)
        sys.exit(1)
    except FichesError as error:
        click.echo(str(error), err=True)
        sys.exit(1)


__all__ = ["cli", "main"]
