"""The export formats, by name: adding one is one file and one line here."""

from generator.exporters import (
    aiken,
    amc,
    anki,
    cc11,
    cmi5,
    csv_,
    gift,
    h5p,
    html_,
    json_,
    kahoot,
    moodle_xml,
    pdf,
    pronote,
    qti12,
    qti21,
    qti30,
    scorm12,
    scorm2004,
    xlsx,
)
from generator.exporters.base import Exporter

EXPORTERS: dict[str, Exporter] = {
    exporter.name: exporter
    for exporter in (
        scorm12.EXPORTER, scorm2004.EXPORTER, cmi5.EXPORTER,
        gift.EXPORTER, aiken.EXPORTER,
        moodle_xml.EXPORTER, pronote.EXPORTER,
        anki.EXPORTER, h5p.EXPORTER, amc.EXPORTER, xlsx.EXPORTER, kahoot.EXPORTER,
        pdf.EXPORTER, html_.EXPORTER,
        qti12.EXPORTER, qti21.EXPORTER, qti30.EXPORTER, cc11.EXPORTER,
        json_.EXPORTER, csv_.EXPORTER,
    )
}  # fmt: skip
