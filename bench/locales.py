"""Times `fiches locale update` over ten locales, in this course and in one of half its messages.

    .venv/bin/python bench/locales.py

A tenth of the source texts has changed since the catalogs were written, all of which are translated.
"""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

from generator import pipeline
from generator.catalogs import entries
from generator.catalogs.renewal import Renewal

LOCALES = ("ar", "de", "en", "es", "it", "ja", "oc", "pt_BR", "uk", "zh_Hans")


def seconds(renewal: Renewal) -> float:
    """Return how long ten catalogs take to be read, merged, annotated and written."""
    old = [
        replace(m, msgstr=f"x {m.msgid}", msgid=f"{m.msgid} !" if n % 10 == 0 else m.msgid)
        for n, m in enumerate(renewal.template)
    ]
    files = {name: renewal.catalog(name, old)[1].decode() for name in LOCALES}
    start = time.process_time()
    for name, text in files.items():
        file = entries.parse("fiches.po", text)
        renewal.catalog(name, file.messages, file.obsolete)
    return time.process_time() - start


def main() -> None:
    """Print the times."""
    project = pipeline.Project.at(Path(__file__).parents[1])
    course = pipeline.load(project)
    whole = pipeline.template(course)
    for template in (whole[::2], whole):
        taken = seconds(Renewal(course, template, template))
        print(f"{len(template)} messages in {len(LOCALES)} locales: {taken:.1f} s of processor time")


if __name__ == "__main__":
    main()
