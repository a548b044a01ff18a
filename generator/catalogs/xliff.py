"""A catalog as XLIFF 1.2, for tools that read no PO, and back.

Version 1.2 is the one that OmegaT, Poedit, Weblate and Virtaal all read and write; 2.0 is not. The file is
a way out and back, never the place where translations are kept: only texts and their states come back,
so that a round trip changes no byte of the PO file.
https://docs.oasis-open.org/xliff/v1.2/os/xliff-core.html
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from xml.etree.ElementTree import (  # a DOCTYPE is refused, see _Tree
    Element,
    ParseError,
    SubElement,
    TreeBuilder,
    XMLParser,
    indent,
    register_namespace,
    tostring,
)

from generator.catalogs.messages import Message
from generator.errors import At, Fault, FaultsError, FichesError
from generator.inline import tag

_NS = "urn:oasis:names:tc:xliff:document:1.2"
_LANG = "{http://www.w3.org/XML/1998/namespace}"
MAX_BYTES = 64 * 1024 * 1024
# What XML 1.0 cannot hold, escaped or not; and CR, which it reads as a line feed.
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_REVIEW = "needs-review-translation"


@dataclass(frozen=True, slots=True)
class Unit:
    """What an XLIFF file says of one message."""

    source: str
    target: str
    fuzzy: bool


@dataclass(frozen=True, slots=True)
class Taken:
    """A catalog with the translations of an XLIFF file in it.

    `changed` counts them; `refused` lists the contexts whose source text is no longer the same.
    """

    messages: tuple[Message, ...]
    changed: int
    refused: tuple[str, ...]


def dump(messages: Iterable[Message], source: str, locale: str) -> bytes:
    """Return a catalog as an XLIFF 1.2 file: the contexts are the ids, fuzzy is `needs-review-translation`.

    Raises FichesError if a text holds a character that XML cannot.
    """
    register_namespace("", _NS)
    root = Element(f"{{{_NS}}}xliff", {"version": "1.2"})
    file = SubElement(
        root,
        f"{{{_NS}}}file",
        {
            "original": "fiches.po",
            "source-language": tag(source),
            "target-language": tag(locale),
            "datatype": "plaintext",
        },
    )
    body = SubElement(file, f"{{{_NS}}}body")
    for message in messages:
        _unit(body, message)
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, "unicode")}\n'.encode()


def _unit(body: Element, message: Message) -> None:
    for text in (message.context, message.msgid, message.msgstr):
        if _UNFIT.search(text):
            raise FichesError(f"“{message.context}” holds a character that XLIFF cannot; remove it")
    approved = {"approved": "yes" if message.usable else "no"} if message.msgstr else {}
    unit = SubElement(
        body,
        f"{{{_NS}}}trans-unit",
        {"id": message.context, "resname": message.context, **approved, f"{_LANG}space": "preserve"},
    )
    SubElement(unit, f"{{{_NS}}}source").text = message.msgid
    if message.msgstr:
        state = _REVIEW if message.fuzzy else "translated"
        SubElement(unit, f"{{{_NS}}}target", {"state": state}).text = message.msgstr
    for writer, note in _remarks(message):
        SubElement(unit, f"{{{_NS}}}note", {"from": writer}).text = _UNFIT.sub(" ", note)


def _remarks(message: Message) -> Iterator[tuple[str, str]]:
    if message.notes:
        yield "developer", "\n".join(message.notes)
    if message.previous:
        yield "developer", f"former source text: {message.previous}"
    if message.comments:
        yield "translator", "\n".join(message.comments)


class _Tree(TreeBuilder):
    """Builds the tree of a file that declares nothing: no entity can be defined, so none can explode."""

    def doctype(self, name: str, pubid: str, system: str) -> None:
        """Refuse a document type."""
        raise ValueError("a DOCTYPE is not allowed")


def load(path: str, data: bytes) -> tuple[str, dict[str, Unit]]:
    """Return the target language of an XLIFF file and its units by id; `path` is only what faults show.

    The file is not trusted: raises FaultsError if it is too large, holds a DOCTYPE or is no XLIFF 1.2.
    """
    if len(data) > MAX_BYTES:
        raise _refused(path, f"this file is larger than {MAX_BYTES:,} bytes")
    parser = XMLParser(target=_Tree())  # noqa: S314
    try:
        parser.feed(data)
        root = parser.close()
    except ParseError as error:
        raise _refused(path, f"this is no XML: {error}", error.position[0]) from error
    except ValueError as error:
        raise _refused(path, str(error)) from error
    if root.tag != f"{{{_NS}}}xliff":
        raise _refused(path, "this is no XLIFF 1.2 file")
    files = root.findall(f"{{{_NS}}}file")
    languages = {file.get("target-language", "") for file in files}
    if len(languages) != 1 or not all(languages):
        raise _refused(path, "a file for one target language is expected here")
    units = [unit for file in files for unit in file.iter(f"{{{_NS}}}trans-unit")]
    return languages.pop(), {unit.get("id", ""): _read(unit) for unit in units}


def _read(unit: Element) -> Unit:
    """Read a unit; a target without a state is a translation, as tools that know no states leave it."""
    source, target = unit.find(f"{{{_NS}}}source"), unit.find(f"{{{_NS}}}target")
    state = "" if target is None else target.get("state", "")
    return Unit(_text(source), _text(target), fuzzy=state.startswith(("needs-", "new")))


def _text(element: Element | None) -> str:
    return "" if element is None else "".join(element.itertext())


def _refused(path: str, told: str, line: int = 1) -> FaultsError:
    hint = f"“fiches locale xliff export” writes one; at most {MAX_BYTES // 1024 // 1024} MB"
    return FaultsError([Fault(At(path, line), "xliff", told, hint)])


def take(messages: Iterable[Message], units: dict[str, Unit]) -> Taken:
    """Return a catalog with the translations of an XLIFF file; one whose source text differs is left aside.

    A unit without a translation removes none.
    """
    taken: list[Message] = []
    changed = 0
    left = dict(units)
    for message in messages:
        unit = units.get(message.context)
        if unit is None or unit.source != message.msgid:
            taken.append(message)
            continue
        left.pop(message.context, None)
        new = _given(message, unit)
        changed += new != message
        taken.append(new)
    return Taken(tuple(taken), changed, tuple(context for context, unit in left.items() if unit.target))


def _given(message: Message, unit: Unit) -> Message:
    if not unit.target or (unit.target, unit.fuzzy) == (message.msgstr, message.fuzzy):
        return message
    previous = message.previous if unit.fuzzy else ""
    return replace(message, msgstr=unit.target, fuzzy=unit.fuzzy, previous=previous)
