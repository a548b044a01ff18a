"""How the formats that are containers are read back: the words that a learner meets, or all strings."""

from __future__ import annotations

import io
import json
import re
import sqlite3
from collections.abc import Iterator
from zipfile import ZipFile

import lxml.html
import openpyxl


def words(html: str) -> str:
    """Return the words of HTML, those of its attributes included."""
    if not html.strip():
        return ""
    root = lxml.html.fragment_fromstring(html, create_parent="div")
    said = [str(value) for value in root.xpath("//@alt | //@title | //@aria-label")]
    return " ".join([*(str(part) for part in root.itertext()), *said])


def notes(content: bytes) -> list[dict[str, str]]:
    """Return the notes of an Anki package: their GUID, tags and fields."""
    with ZipFile(io.BytesIO(content)) as zipped:
        database = sqlite3.connect(":memory:")
        database.deserialize(zipped.read("collection.anki2"))
    models = json.loads(database.execute("select models from col").fetchone()[0])
    names = [field["name"] for model in models.values() for field in model["flds"]]
    rows = database.execute("select guid, tags, flds from notes order by id").fetchall()
    return [
        {"guid": guid, "tags": tags, **dict(zip(names, fields.split("\x1f"), strict=True))}
        for guid, tags, fields in rows
    ]


def anki(files: dict[str, bytes], *, ids: bool) -> Iterator[str]:
    for content in files.values():
        for note in notes(content):
            machine = {"guid", "tags", "Id"}
            yield from (words(value) for name, value in note.items() if name not in machine)
            yield from (note[name] for name in machine if ids)


# What H5P reads and nobody sees.
_NAMES = frozenset(
    {
        "library", "subContentId", "contentType", "license", "licenseVersion", "language", "defaultLanguage",
        "mainLibrary", "embedTypes", "machineName", "type", "progressType", "role",
    }
)  # fmt: skip


def h5p(files: dict[str, bytes], *, ids: bool) -> Iterator[str]:
    for content in files.values():
        with ZipFile(io.BytesIO(content)) as zipped:
            for name in zipped.namelist():
                yield from map(words, strings(json.loads(zipped.read(name)), frozenset() if ids else _NAMES))


def strings(value: object, hidden: frozenset[str] = frozenset()) -> Iterator[str]:
    """Return the strings of a JSON value, but those under `hidden` names."""
    match value:
        case str():
            yield value
        case list():
            for member in value:
                yield from strings(member, hidden)
        case dict():
            for name, member in value.items():
                if name not in hidden:
                    yield from strings(member, hidden)


_AMC_HEAD = re.compile(r"^(PaperSize|Lang|CompleteMulti|DefaultScoring[SM]): .*$|^[\w-]+: ", re.MULTILINE)
_AMC_MARK = re.compile(r"^(\*\*?|[+-])(<[^>]*>)?(\[[^\]]*\])?(\{[^}]*\})?", re.MULTILINE)


def amc(files: dict[str, bytes], *, ids: bool) -> Iterator[str]:
    for content in files.values():
        text = content.decode().replace("\xa0", " ")
        yield from re.findall(r"id=([^],]*)", text) if ids else ()
        bare = _AMC_MARK.sub("", _AMC_HEAD.sub("", text.replace("*([shuffle=false]", "").replace("\n*)", "")))
        for written, meant in (
            ("\\lbrack{}", "["),
            ("\\rbrack{}", "]"),
            ("!", "!"),
            ("{}", ""),
            ("\\newline", "\n"),
        ):
            bare = bare.replace(f"[[{written}]]", {"[": "\ue001", "]": "\ue002"}.get(meant, meant))
        bare = re.sub(r"\[[_*|]|[_*|]\]", "", bare)
        yield from bare.replace("\ue001", "[").replace("\ue002", "]").splitlines()


def cells(content: bytes) -> list[list[str]]:
    """Return the cells of the first sheet of a workbook, as strings."""
    rows = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True)
    return [["" if value is None else str(value) for value in row] for row in rows]


def xlsx(files: dict[str, bytes], *, ids: bool) -> Iterator[str]:
    for content in files.values():
        for row in cells(content):
            yield from row if ids else row[1:]


def kahoot(files: dict[str, bytes], *, ids: bool) -> Iterator[str]:
    for content in files.values():
        for row in cells(content)[8:]:
            yield from row[1:6]
