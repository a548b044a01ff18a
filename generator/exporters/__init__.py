"""The export formats, the most used first: adding one is one file and one line here."""

from generator.exporters.base import Exporter
from generator.exporters.formats import (
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
)  # fmt: skip

EXPORTERS: dict[str, Exporter] = {
    exporter.name: exporter
    for exporter in (
        moodle_xml.EXPORTER, pronote.EXPORTER, pdf.EXPORTER, html_.EXPORTER, gift.EXPORTER, scorm12.EXPORTER,
        anki.EXPORTER, amc.EXPORTER, h5p.EXPORTER, qti12.EXPORTER, qti21.EXPORTER, csv_.EXPORTER,
        xlsx.EXPORTER, json_.EXPORTER, kahoot.EXPORTER, cc11.EXPORTER, scorm2004.EXPORTER, cmi5.EXPORTER,
        qti30.EXPORTER, aiken.EXPORTER,
    )
}  # fmt: skip
