"""YAML text into a tree of nodes that remember where they stand.

Only what a sheet needs is read: mappings, sequences and scalars. Tags, anchors and aliases, duplicate
keys, excessive size or depth are located faults. Every scalar stays the string that was typed, so
`no`, `on`, `1.10` and `2024-01-01` mean what they say; the model decides what a field's type is
(YAML 1.2.2 §10.2 has no `yes`, `no`, `on`, `off` booleans).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from generator.errors import At, Fault
from generator.text import FORBIDDEN, Scalar

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MAX_BYTES = 1_000_000
MAX_DEPTH = 24
_NULLS = {"", "~", "null", "Null", "NULL"}


@dataclass(slots=True)
class Node:
    """One YAML value: a mapping (`keys` and `children`), a sequence (`children`) or a scalar (`value`)."""

    at: At
    kind: str
    value: str | None = None
    keys: list[Node] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)

    def key(self, name: str) -> Node | None:
        """Return the node of the key `name` of a mapping."""
        return next((key for key in self.keys if key.value == name), None)

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


class _Stop(Exception):
    def __init__(self, fault: Fault) -> None:
        self.fault = fault


@dataclass(slots=True)
class _Reader:
    path: str
    events: Iterator[yaml.Event]
    faults: list[Fault]

    def at(self, event: yaml.Event) -> At:
        return At(self.path, event.start_mark.line + 1, event.start_mark.column + 1)

    def note(self, event: yaml.Event, code: str, message: str, hint: str = "") -> None:
        self.faults.append(Fault(self.at(event), code, message, hint))

    def node(self, event: yaml.Event, depth: int) -> Node:
        if depth > MAX_DEPTH:
            raise _Stop(Fault(self.at(event), "yaml-depth", f"more than {MAX_DEPTH} levels of nesting"))
        if isinstance(event, yaml.AliasEvent):
            self.note(event, "yaml-alias", f"the alias “*{event.anchor}” is not allowed here", "write the value out")
            return Node(self.at(event), "scalar")
        if getattr(event, "anchor", None):
            self.note(event, "yaml-anchor", f"the anchor “&{event.anchor}” is not allowed here", "remove it")
        if getattr(event, "tag", None):
            self.note(event, "yaml-tag", f"the tag “{event.tag}” is not allowed here", "remove it")
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(event, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(event, depth)
        assert isinstance(event, yaml.ScalarEvent)
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
                first = seen[key.value].at.line
                self.faults.append(
                    Fault(key.at, "yaml-duplicate", f"“{key.value}” is already defined on line {first}", "rename one")
                )
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

    def scalar(self, event: yaml.ScalarEvent) -> Node:
        if bad := FORBIDDEN.search(event.value):
            name = f"U+{ord(bad[0]):04X}"
            self.note(event, "control-character", f"the invisible character {name} is not allowed", "remove it")
        plain_null = event.style in (None, "") and event.value in _NULLS
        return Node(self.at(event), "scalar", None if plain_null else event.value)


def read(path: str, text: str) -> tuple[Node | None, list[Fault]]:
    """Return the tree of a YAML document and the faults of its form.

    `path` is only what faults show. The tree is None when the text cannot be read at all.
    """
    lines = text.splitlines()
    faults: list[Fault] = []
    node = None
    if len(text.encode()) > MAX_BYTES:
        faults.append(Fault(At(path), "yaml-size", f"this file is larger than {MAX_BYTES:,} bytes", "split it"))
    else:
        try:
            node = _document(path, text, faults)
        except _Stop as stop:
            faults.append(stop.fault)
        except yaml.MarkedYAMLError as error:
            faults.append(_syntax(path, error))
        except yaml.YAMLError as error:
            faults.append(Fault(At(path), "yaml-syntax", str(error).splitlines()[0]))
    return node, [with_excerpt(fault, lines) for fault in faults]


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
                reader.note(rest, "yaml-documents", "a second document starts here", "keep one document a file")
                break
        return node
    faults.append(Fault(At(path), "yaml-empty", "this file is empty", "“fiches new concept ID” writes a sheet to fill"))
    return None


def _syntax(path: str, error: yaml.MarkedYAMLError) -> Fault:
    mark = error.problem_mark or error.context_mark
    at = At(path, mark.line + 1, mark.column + 1) if mark else At(path)
    message = error.problem or error.context or "this is not YAML"
    hint = error.context or ""
    if "mapping values are not allowed" in message:
        hint = "a text that holds “: ” must stand between quotes, or after “>-” on the next line"
    return Fault(at, "yaml-syntax", message, hint)


def with_excerpt(fault: Fault, lines: list[str]) -> Fault:
    """Return the fault with the line of the file it points to."""
    number = fault.at.line - 1
    line = lines[number] if number < len(lines) else ""
    return Fault(fault.at, fault.code, fault.message, fault.hint, line[:160], fault.severity)
