"""The files of a course folder into one course, or into every fault of every file."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from generator.errors import At, Fault, FaultsError, FichesError
from generator.model.base import Model
from generator.model.course import Concept, Course
from generator.source import decode
from generator.source.nodes import Node, read, with_excerpt
from generator.source.sheet import FILES, CourseFile, Sheet

M = TypeVar("M", bound=Model)

_OPTIONAL = {
    "misconceptions.yaml": {"misconceptions": {}},
    "glossary.yaml": {"terms": {}},
    "sources.yaml": {"sources": {}},
    "sections.yaml": {"sections": {}},
}


class Reader:
    """Reads the files of one folder and gathers their faults."""

    def __init__(self, root: Path, shown: Path) -> None:
        self.root = root
        self.shown = shown
        self.faults: list[Fault] = []

    def lines(self, path: str) -> list[str]:
        """Return the lines of a file of the course, for excerpts."""
        try:
            return (self.root / Path(path).relative_to(self.shown)).read_text("utf-8").splitlines()
        except (OSError, ValueError):
            return []

    def node(self, name: str) -> Node | None:
        """Return the node tree of a file below the folder, or None and a fault."""
        path = (self.shown / name).as_posix()
        try:
            text = (self.root / name).read_text("utf-8")
        except UnicodeDecodeError as error:
            self.faults.append(Fault(At(path), "encoding", f"this file is not UTF-8: {error.reason}", "save it as UTF-8"))
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
        found, faults = decode.validate(model, node, prefix)
        self.faults += faults
        return found, node

    def sheet(self, name: str) -> Concept | None:
        """Return the concept of one sheet."""
        sheet, node = self.model(f"concepts/{name}.yaml", Sheet, f"concepts/{name}")
        if sheet is None or node is None:
            return None
        concept, faults = decode.concept(name, sheet, node)
        self.faults += faults
        return concept


def load(root: Path, shown: Path | None = None) -> tuple[Course | None, tuple[Fault, ...]]:
    """Read the course in the folder `root`.

    Returns the course, or None if some file is too broken to build one, and every fault of form.
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
    faults = tuple(with_excerpt(f, reader.lines(f.at.path)) for f in reader.faults)
    complete = all(parts.values()) and not any(fault.severity == "error" for fault in faults)
    course = decode.course(*_arguments(parts, sheets)) if complete else None
    return course, decode.all_of(faults)


def _sheets(reader: Reader, file: CourseFile | None) -> dict[str, Concept]:
    """Read every sheet that the folder holds, and compare them with those that the course lists."""
    from generator.errors import nearest
    from generator.text import place

    found = sorted(path.stem for path in (reader.root / "concepts").glob("*.yaml"))
    listed = [name for part in file.parts for name in part.concepts] if file else found
    for name in listed:
        if name not in found:
            at = place(name) or At((reader.shown / "course.yaml").as_posix())
            reader.faults.append(Fault(at, "unknown-concept", f"no sheet is named “{name}”", nearest(name, found)))
    for name in set(found) - set(listed):
        at = At((reader.shown / "concepts" / f"{name}.yaml").as_posix())
        reader.faults.append(Fault(at, "unlisted-concept", "course.yaml lists this sheet in no part", "add its id there"))
    return {name: concept for name in found if (concept := reader.sheet(name))}


def _arguments(parts: dict[str, Model | None], sheets: dict[str, Concept]) -> tuple:  # type: ignore[type-arg]
    return (
        parts["course.yaml"],
        sheets,
        parts["misconceptions.yaml"],
        parts["glossary.yaml"],
        parts["sources.yaml"],
        parts["sections.yaml"],
    )
