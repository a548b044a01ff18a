"""YAML text into a tree of nodes that remember where they stand.

Only what a sheet needs is read: mappings, sequences and scalars. Tags, anchors and aliases, duplicate
keys, excessive size or depth are located faults. Every scalar stays the string that was typed, so
`no`, `on`, `1.10` and `2024-01-01` mean what they say; the model decides what a field's type is
(YAML 1.2.2 §10.2 has no `yes`, `no`, `on`, `off` booleans).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import yaml

from generator.errors import At, Fault
from generator.source.slips import syntax
from generator.text import FORBIDDEN, Scalar

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MAX_BYTES = 1_000_000
MAX_DEPTH = 24
_NULLS = {"", "~", "null", "Null", "NULL"}
# Noncharacters, which YAML refuses without saying where.
_INVISIBLE = re.compile(FORBIDDEN.pattern[:-1] + "\ufffe\uffff]")
_NAMES = {"mapping": "fields", "sequence": "a list"}


@dataclass(slots=True)
class Node:
    """One YAML value: a mapping (`keys` and `children`), a sequence (`children`) or a scalar (`value`)."""

    at: At
    kind: str
    value: str | None = None
    keys: list[Node] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)

    def key(self, name: str | int) -> Node | None:
        """Return the node of the key `name` of a mapping, or of its nth key."""
        if isinstance(name, int):
            return self.keys[name] if 0 <= name < len(self.keys) else None
        return next((key for key in self.keys if key.value == name), None)

    @property
    def found(self) -> str:
        """What an author would say stands here."""
        if self.kind != "scalar":
            return _NAMES[self.kind] if self.children else "nothing"
        value = self.value or ""
        return f"“{value[:40]}{'…' if len(value) > 40 else ''}”" if value.strip() else "nothing"

    def child(self, name: str | int) -> Node | None:
        """Return the value under a key, or the nth value of a mapping or a sequence."""
        if isinstance(name, int):
            return self.children[name] if 0 <= name < len(self.children) else None
        for key, child in zip(self.keys, self.children, strict=False):
            if key.value == name:
                return child
        return None

    def data(self, path: str) -> object:
        """Return plain values whose scalars carry their path of ids (below `path`) and their place."""
        if self.kind == "mapping":
            pairs = zip(self.keys, self.children, strict=True)
            return {
                Scalar.make(key.value or "", path, key.at): child.data(f"{path}/{key.value}".lstrip("/"))
                for key, child in pairs
            }
        if self.kind == "sequence":
            return [child.data(path) for child in self.children]
        return None if self.value is None else Scalar.make(self.value, path, self.at)


class _StopError(Exception):
    def __init__(self, fault: Fault) -> None:
        self.fault = fault


@dataclass(slots=True)
class _Reader:
    path: str
    events: Iterator[yaml.Event]
    faults: list[Fault]

    def at(self, event: yaml.Event) -> At:
        mark = event.start_mark
        return At(self.path, mark.line + 1, mark.column + 1) if mark else At(self.path)

    def note(self, event: yaml.Event, code: str, message: str, hint: str = "") -> None:
        self.faults.append(Fault(self.at(event), code, message, hint))

    def node(self, event: yaml.Event, depth: int) -> Node:
        if depth > MAX_DEPTH:
            raise _StopError(Fault(self.at(event), "yaml-depth", f"more than {MAX_DEPTH} levels of nesting"))
        if isinstance(event, yaml.AliasEvent):
            message = f"the alias “*{event.anchor}” is not allowed here"
            self.note(event, "yaml-alias", message, "write the value out")
            return Node(self.at(event), "scalar")
        if anchor := getattr(event, "anchor", None):
            self.note(event, "yaml-anchor", f"the anchor “&{anchor}” is not allowed here", "remove it")
        if tag := getattr(event, "tag", None):
            tag = str(tag).replace("tag:yaml.org,2002:", "!!")
            self.note(event, "yaml-tag", f"the tag “{tag}” is not allowed here", "remove it")
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(event, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(event, depth)
        return self.scalar(event)

    def mapping(self, start: yaml.Event, depth: int) -> Node:
        node = Node(self.at(start), "mapping")
        seen: dict[str, Node] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self.node(event, depth + 1)
            child = self.node(next(self.events), depth + 1)
            if key.kind != "scalar" or key.value is None:
                self.faults.append(Fault(key.at, "yaml-key", "a key must be a plain word"))
            elif key.value in seen:
                message = f"“{key.value}” is already defined on line {seen[key.value].at.line}"
                self.faults.append(Fault(key.at, "yaml-duplicate", message, "rename one"))
            else:
                seen[key.value] = key
                node.keys.append(key)
                node.children.append(child)
        return node

    def sequence(self, start: yaml.Event, depth: int) -> Node:
        node = Node(self.at(start), "sequence")
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            node.children.append(self.node(event, depth + 1))
        return node

    def scalar(self, event: yaml.Event) -> Node:
        value = str(getattr(event, "value", ""))
        if bad := FORBIDDEN.search(value):  # from an escape such as "\\u202e": none is left in the text
            self.faults.append(_invisible(self.at(event), bad[0]))
        plain_null = not getattr(event, "style", None) and value in _NULLS
        return Node(self.at(event), "scalar", None if plain_null else value)


def read(path: str, text: str) -> tuple[Node | None, list[Fault]]:
    """Return the tree of a YAML document and the faults of its form.

    `path` is only what faults show. The tree is None when the text cannot be read at all.
    """
    lines = lines_of(text)
    faults: list[Fault] = []
    node = None
    if len(text.encode()) > MAX_BYTES:
        faults.append(
            Fault(At(path), "yaml-size", f"this file is larger than {MAX_BYTES:,} bytes", "split it")
        )
    else:
        faults += _hidden(path, text) if _INVISIBLE.search(text) else ()
        try:
            node = _document(path, _INVISIBLE.sub(_blank, text), faults)
        except _StopError as stop:
            faults.append(stop.fault)
        except yaml.MarkedYAMLError as error:
            faults.append(syntax(path, error, lines))
        except yaml.YAMLError as error:
            faults.append(Fault(At(path), "yaml-syntax", str(error).splitlines()[0]))
    return node, [with_excerpt(fault, lines) for fault in faults]


def _hidden(path: str, text: str) -> Iterator[Fault]:
    """Yield the characters that nobody sees and that change how a text is read, comments included."""
    start = 0
    for number, line in enumerate(lines_of(text, ends=True), start=1):
        for bad in _INVISIBLE.finditer(text[start : start + len(line)].rstrip("\r\n")):
            yield _invisible(At(path, number, bad.start() + 1), bad[0])
        start += len(line)


def lines_of(text: str, ends: bool = False) -> list[str]:
    """Return the lines of a text as YAML counts them; what nobody sees is shown as a space."""
    return _INVISIBLE.sub(_blank, text).splitlines(ends)


def _blank(bad: re.Match[str]) -> str:
    return "\r" if bad[0] == "\r" else " "


def _invisible(at: At, char: str) -> Fault:
    return Fault(
        at, "control-character", f"the invisible character U+{ord(char):04X} is not allowed", "remove it"
    )


def _document(path: str, text: str, faults: list[Fault]) -> Node | None:
    reader = _Reader(path, iter(yaml.parse(text, Loader=_Loader)), faults)
    for event in reader.events:
        if isinstance(event, yaml.StreamStartEvent | yaml.DocumentStartEvent):
            continue
        if isinstance(event, yaml.StreamEndEvent):
            break
        node = reader.node(event, 0)
        for rest in reader.events:
            if isinstance(rest, yaml.DocumentStartEvent):
                reader.note(
                    rest, "yaml-documents", "a second document starts here", "keep one document a file"
                )
                break
        return node
    faults.append(
        Fault(At(path), "yaml-empty", "this file is empty", "“fiches new concept ID” writes a sheet to fill")
    )
    return None


def with_excerpt(fault: Fault, lines: list[str]) -> Fault:
    """Return the fault with the line it points to, moved to the first place that holds its `near`."""
    at = fault.at
    if fault.near:
        at = next(_places(at, fault.near, lines), at)
    line = lines[at.line - 1] if at.line <= len(lines) else ""
    return replace(fault, at=at, excerpt=line, near="")


def _places(at: At, near: str, lines: list[str]) -> Iterator[At]:
    for number in range(at.line, min(at.line + 200, len(lines)) + 1):
        found = lines[number - 1].find(near, at.column - 1 if number == at.line else 0)
        if found >= 0:
            yield At(at.path, number, found + 1)
