"""A locale's own list of terms: those whose translation is checked everywhere, and the forms each may take.

`locales/<locale>/glossary.yaml` maps the id of a term to nothing, to a form or to a list of forms, besides
the term's own translation: `email: correo`, `server: [خوادم, خادوم]`, `queue:`.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from generator.errors import At, Fault, nearest
from generator.source.nodes import Node, read

TermList = dict[str, tuple[str, ...]]


def termlist_path(root: Path, locale: str) -> Path:
    """Return where the list of a locale lives below the folder of locales."""
    return root / locale / "glossary.yaml"


def parse(path: str, text: str, known: Collection[str]) -> tuple[TermList, list[Fault]]:
    """Return the forms of each term listed, by id, and what is wrong with the list; `known` are the ids."""
    node, faults = read(path, text)
    if node is None or faults:
        return {}, faults
    if node.kind != "mapping":
        return {}, [
            _fault(node.at, f"ids of terms are expected here, not {node.found}", "write “queue: cola”")
        ]
    found: TermList = {}
    for key, child in zip(node.keys, node.children, strict=True):
        name = key.value or ""
        if name not in known:
            faults.append(_fault(key.at, f"the glossary has no term “{name}”", nearest(name, known)))
        members = child.children if child.kind == "sequence" else [child]
        faults += [_unread(member) for member in members if member.kind != "scalar"]
        found[name] = tuple(member.value for member in members if member.value)
    return found, faults


def _unread(node: Node) -> Fault:
    return _fault(node.at, f"a form of the term is expected here, not {node.found}", "write a word")


def _fault(at: At, told: str, hint: str) -> Fault:
    return Fault(at, "po-glossary", told, hint)
