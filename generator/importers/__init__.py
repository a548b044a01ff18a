"""Questions of other tools into items of a sheet: a file's bytes are read, judged, and written as YAML."""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.errors import At, Fault, FaultsError
from generator.importers import gift, moodle_xml, yaml_
from generator.importers.authored import TODO, imported
from generator.importers.base import MAX_BYTES, Imported, Lost, Reading
from generator.model.course import Concept

SUFFIXES = (".gift", ".txt", ".xml")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def convert(path: str, content: bytes, concept: Concept | None = None) -> Imported:
    """Return the items that a file holds; `path` names it in faults, and its suffix says how to read it.

    Raises FaultsError with every mistake of the file.
    """
    reading = _read(path, content)
    reading.whole()
    return imported(reading, concept)


def yaml(made: Imported, source: str) -> str:
    """Return imported items as fields of a sheet, in YAML."""
    fields = {"stimuli": made.stimuli} if made.stimuli else {}
    remarks = {name: _remark(item.values()) for name, item in made.items.items()}
    head = f"Imported from {' '.join(source.split())}: complete what the remarks say, and move into a sheet."
    return yaml_.written(
        fields | {"items": made.items}, {name: words for name, words in remarks.items() if words}, head
    )


def _remark(values: Iterable[object]) -> str:
    """Return what is left to write for one item."""
    found = list(values)
    wanted = [] if TODO not in found else ["name the objective that this assesses"]
    wanted += [] if any(isinstance(value, list) for value in found) else ["add “claims: [c1]”"]
    wanted += ["write the rubric"] if {"r1": "…"} in found else []
    return f"TODO: {', '.join(wanted)}" if wanted else ""


def _read(path: str, content: bytes) -> Reading:
    if len(content) > MAX_BYTES:
        message = f"this file is larger than {MAX_BYTES:,} bytes"
        raise FaultsError([Fault(At(path), "import-size", message, "split it")])
    if path.lower().endswith(".xml"):
        return moodle_xml.read(path, content)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        fault = Fault(
            At(path, line), "encoding", f"this file is not UTF-8: {error.reason}", "save it as UTF-8"
        )
        raise FaultsError([fault]) from error
    if bad := _CONTROL.search(text):
        at = At(path, text.count("\n", 0, bad.start()) + 1)
        message = f"the invisible character U+{ord(bad[0]):04X} is not allowed"
        raise FaultsError([Fault(at, "control-character", message, "remove it")])
    return gift.read(path, text)


__all__ = ["SUFFIXES", "Imported", "Lost", "convert", "yaml"]
