"""The files of a course folder into one course, or into every fault of every file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from generator.errors import At, Fault, FichesError, nearest
from generator.model.base import ID, MAX_ID, Model
from generator.model.course import Concept, Course
from generator.source import decode, traces
from generator.source.nodes import Node, lines_of, read, with_excerpt
from generator.source.sheet import FILES, CourseFile, Shared, Sheet, TracesFile
from generator.text import place

M = TypeVar("M", bound=Model)
Facts = dict[str, str | float]

_OPTIONAL: dict[str, dict[str, object]] = {
    "misconceptions.yaml": {"misconceptions": {}},
    "glossary.yaml": {"terms": {}},
    "sources.yaml": {"sources": {}},
    "sections.yaml": {"sections": {}},
    "curricula.yaml": {"curricula": {}},
    "traces.yaml": {"file": "none", "exchanges": {}},
}


class Reader:
    """Reads the files of one folder and gathers their faults."""

    def __init__(self, root: Path, shown: Path) -> None:
        self.root = root
        self.shown = shown
        self.faults: list[Fault] = []
        self._lines: dict[str, list[str]] = {}

    def lines(self, path: str) -> list[str]:
        """Return the lines of a file of the course, for excerpts."""
        if path not in self._lines:
            self._lines[path] = self._read_lines(path)
        return self._lines[path]

    def _read_lines(self, path: str) -> list[str]:
        try:
            return lines_of((self.root / Path(path).relative_to(self.shown)).read_text("utf-8"))
        except (OSError, ValueError):
            return []

    def node(self, name: str) -> Node | None:
        """Return the node tree of a file below the folder, or None and a fault."""
        path = (self.shown / name).as_posix()
        try:
            text = (self.root / name).read_text("utf-8")
        except UnicodeDecodeError as error:
            message = f"this file is not UTF-8: {error.reason}"
            self.faults.append(Fault(At(path), "encoding", message, "save it as UTF-8"))
            return None
        except OSError as error:
            self.faults.append(Fault(At(path), "unreadable", f"this file cannot be read: {error.strerror}"))
            return None
        node, faults = read(path, text)
        self.faults += faults
        return node

    def model(self, name: str, model: type[M], prefix: str) -> tuple[M | None, Node | None]:
        """Return the model that a file holds, and its nodes."""
        node = self.node(name)
        if node is None:
            return None, None
        known = {fault.at for fault in self.faults}
        found, faults = decode.validate(model, node, prefix)
        self.faults += [fault for fault in faults if fault.at not in known]
        return found, node

    def sheet(self, name: str) -> Concept | None:
        """Return the concept of one sheet."""
        sheet, node = self.model(f"concepts/{name}.yaml", Sheet, f"concepts/{name}")
        if node is None:
            return None
        if sheet is None:
            self.faults += decode.problems(decode.questions(node), node)
            return None
        self.faults += decode.problems(sheet.items, node)
        return decode.concept(name, sheet)


def load(root: Path, shown: Path | None = None) -> tuple[Course | None, tuple[Fault, ...]]:
    """Read the course in the folder `root`.

    Returns the course and every fault of form. Sheets too broken to be read are left out of the course, so
    that the others can be checked all the same; it is None if a file that all sheets share is broken.
    `shown` is how the folder is named in faults. Raises FichesError if `root` holds no course.yaml.
    """
    reader = Reader(root, shown or root)
    if not (root / "course.yaml").is_file():
        raise FichesError(f"{reader.shown}/course.yaml does not exist: “fiches init DIR” starts a course")
    parts: dict[str, Model | None] = {}
    for name, model in FILES.items():
        if name in _OPTIONAL and not (root / name).exists():
            parts[name] = model.model_validate(_OPTIONAL[name])
        else:
            parts[name], _ = reader.model(name, model, "course" if model is CourseFile else "")
    file = parts["course.yaml"]
    sheets = _sheets(reader, file if isinstance(file, CourseFile) else None)
    counted = _facts(reader, parts["traces.yaml"])
    faults = tuple(with_excerpt(f, reader.lines(f.at.path)) for f in reader.faults)
    shared = [parts[f"{name}.yaml"] for name in Shared._fields]
    course = decode.course(Shared._make(shared), sheets, counted) if all(shared) else None
    return course, decode.all_of(faults)


def _facts(reader: Reader, file: Model | None) -> Facts:
    """Return the facts of the course's capture, and note what of it is missing."""
    if not isinstance(file, TracesFile) or not file.exchanges:
        return {}
    at = place(file.file) or At((reader.shown / "traces.yaml").as_posix())
    path = (reader.root / file.file).resolve()
    if not path.is_relative_to(reader.root.resolve()) or not path.is_file():
        message = f"no capture is at “{file.file}” below {reader.shown}"
        reader.faults.append(Fault(at, "no-capture", message, "name a file of this folder"))
        return {}
    found = traces.exchanges(path.read_text("utf-8"))
    chosen = {}
    for name, heading in file.exchanges.items():
        if heading in found:
            chosen[str(name)] = found[heading]
        else:
            message = f"the capture has no exchange “{heading}”"
            reader.faults.append(Fault(place(heading) or at, "no-exchange", message, nearest(heading, found)))
    return traces.facts(chosen)


def _sheets(reader: Reader, file: CourseFile | None) -> dict[str, Concept]:
    """Read every sheet that the folder holds, and compare them with those that the course lists."""
    folder = reader.root / "concepts"
    names = sorted(path.stem for path in folder.glob("*.yaml"))
    found = [name for name in names if ID.match(name) and len(name) <= MAX_ID]
    short = sorted(path.name for path in folder.glob("*.yml"))
    reader.faults += _misnamed(reader, sorted({*names} - {*found}), short)
    if file:
        reader.faults += _listing(reader, [name for part in file.parts for name in part.concepts], found)
    return {name: concept for name in found if (concept := reader.sheet(name))}


def _misnamed(reader: Reader, odd: list[str], short: list[str]) -> Iterator[Fault]:
    """Yield the files whose name is no id, and those that another ending hides."""
    folder = reader.shown / "concepts"
    for name in odd:
        hint = "rename the file: lower-case letters, digits and single hyphens"
        yield Fault(At((folder / f"{name}.yaml").as_posix()), "id", f"“{name}” is not an id", hint)
    for name in short:
        message = "sheets end in “.yaml”, so this file is not read"
        yield Fault(At((folder / name).as_posix()), "extension", message, "rename it")


def _listing(reader: Reader, listed: list[str], found: list[str]) -> Iterator[Fault]:
    """Yield where the list of concepts and the folder of sheets differ."""
    course = At((reader.shown / "course.yaml").as_posix())
    for rank, name in enumerate(listed):
        at = place(name) or course
        if name not in found:
            message = f"no sheet is named “concepts/{name}.yaml”"
            yield Fault(at, "unknown-concept", message, nearest(name, found))
        elif name in listed[:rank]:
            yield Fault(at, "repeated-concept", f"“{name}” is already listed", "a sheet belongs to one part")
    for name in sorted(set(found) - set(listed)):
        at = At((reader.shown / "concepts" / f"{name}.yaml").as_posix())
        yield Fault(at, "unlisted-concept", "course.yaml lists this sheet in no part", f"add “{name}” there")
