"""`fiches formats`: what each export format can carry."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import click
from rich import box
from rich.console import Console
from rich.table import Table

from generator.exporters import EXPORTERS
from generator.exporters.base import Ask, Exporter, Feature
from generator.extensions import extended

YES, PARTLY, NO = "yes", "~", "-"
# Wide enough that a pipe gets one line for each format.
_PIPE = 240
# Formats side by side that leave a terminal of 80 columns readable.
_ABREAST = 6


@click.command()
def command() -> None:
    """Show the export formats and what each can carry.

    “~” marks what is turned into something simpler; every export lists its losses.
    """
    console = Console()
    if not console.is_terminal:
        console = Console(width=_PIPE, color_system=None)
    exporters = tuple(extended("exporters", EXPORTERS).values())
    groups = (exporters[start : start + _ABREAST] for start in range(0, len(exporters), _ABREAST))
    for table in (_formats(exporters), *map(_matrix, groups)):
        table.box = box.SIMPLE_HEAD if console.is_terminal else None
        console.print(table)
        console.print()


def _formats(exporters: Iterable[Exporter]) -> Table:
    table = Table("format", "file", "for")
    for exporter in exporters:
        table.add_row(exporter.name, exporter.suffix, exporter.title)
    return table


def _matrix(exporters: Sequence[Exporter]) -> Table:
    table = Table("carries", *(exporter.name for exporter in exporters))
    for ask in Ask:
        table.add_row(ask.value, *(_ask(exporter, ask) for exporter in exporters))
    table.add_section()
    for feature in Feature:
        table.add_row(feature.value, *(_feature(exporter, feature) for exporter in exporters))
    return table


def _ask(exporter: Exporter, ask: Ask) -> str:
    if ask in exporter.capabilities.degraded:
        return PARTLY
    return YES if ask in exporter.capabilities.asks else NO


def _feature(exporter: Exporter, feature: Feature) -> str:
    if feature in exporter.capabilities.features:
        return YES
    return PARTLY if feature in exporter.capabilities.notes else NO
