"""The export formats, by name: adding one is one file and one line here."""

from generator.exporters import csv_, json_
from generator.exporters.base import Exporter

EXPORTERS: dict[str, Exporter] = {
    exporter.name: exporter
    for exporter in (
        json_.EXPORTER, csv_.EXPORTER,
    )
}  # fmt: skip
