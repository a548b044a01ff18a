"""The text of a PO file into messages and back, byte for byte.

Babel's own reader drops the `#| msgid` of fuzzy messages and the header fields it does not know, and its
writer wraps long comments and drops the flags of obsolete messages: a catalog would lose something at
each update.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from generator.catalogs.messages import Message
from generator.errors import At, Fault

_STRING = re.compile(r'(?:(msgctxt|msgid|msgstr)\s+)?"([^"\\]*(?:\\.[^"\\]*)*)"\s*\Z')
_ESCAPED = re.compile(r"\\(.)")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r"}
_UNESCAPED = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"})


@dataclass(slots=True)
class _Entry:
    """What has been read of one message."""

    strings: dict[str, str] = field(default_factory=dict)
    comments: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    flags: set[str] = field(default_factory=set)
    obsolete: bool = False
    line: int = 0
    last: str = ""

    def message(self) -> Message:
        return Message(
            self.strings.get("msgctxt", ""),
            self.strings["msgid"],
            self.strings.get("msgstr", ""),
            fuzzy="fuzzy" in self.flags,
            previous=self.strings.get("|msgid", ""),
            comments=tuple(self.comments),
            notes=tuple(self.notes),
            line=self.line,
        )


@dataclass(frozen=True, slots=True)
class File:
    """The header entry of a PO file, its messages, its obsolete ones, and what is no PO in it."""

    header: Message
    messages: tuple[Message, ...]
    obsolete: tuple[Message, ...]
    faults: tuple[Fault, ...]


def parse(path: str, text: str) -> File:
    """Return what the text of a PO file holds; `path` is only what faults show."""
    faults: list[Fault] = []
    entries = list(_entries(path, text, faults))
    header = next(
        (e.message() for e in entries if not e.strings["msgid"] and not e.obsolete), Message("", "")
    )
    messages = tuple(e.message() for e in entries if e.strings["msgid"] and not e.obsolete)
    obsolete = tuple(e.message() for e in entries if e.strings["msgid"] and e.obsolete)
    return File(header, messages, obsolete, tuple(faults))


def _entries(path: str, text: str, faults: list[Fault]) -> Iterator[_Entry]:
    entry = _Entry()
    for number, raw in enumerate(text.split("\n"), start=1):
        line = raw.strip()
        obsolete = line.startswith("#~")
        if obsolete:
            line = f"#{rest}" if (rest := line[2:].lstrip()).startswith("|") else rest
        if _begins(entry, line):
            if "msgid" in entry.strings:
                yield entry
            entry = _Entry()
        entry.obsolete |= obsolete
        if line and not _take(entry, line, number):
            hint = "expected # comments, msgctxt, msgid or msgstr and one text between quotes"
            faults.append(
                Fault(At(path, number), "po-syntax", "this line is no part of a catalog", hint, raw)
            )
    if "msgid" in entry.strings:
        yield entry


def _begins(entry: _Entry, line: str) -> bool:
    """Tell whether a line begins another message."""
    return "msgstr" in entry.strings and (line.startswith(("#", "msgctxt", "msgid")) or not line)


def _take(entry: _Entry, line: str, number: int) -> bool:
    """Add a line to an entry; return whether it is PO."""
    match line[:2]:
        case "#,":
            entry.flags |= {flag.strip() for flag in line[2:].split(",")}
        case "#.":
            entry.notes.append(line[2:].strip())
        case "#|":
            return _string(entry, line[2:].strip(), number, "|")
        case "#:":
            pass  # where a text stands is the course's business, and changes too often
        case "# " | "#":
            entry.comments.append(line[2:])
        case _:
            return _string(entry, line, number, "")
    return True


def _string(entry: _Entry, line: str, number: int, kind: str) -> bool:
    match = _STRING.match(line)
    if match is None or not (match[1] or entry.last.startswith(kind)):
        return False
    if match[1]:
        entry.last = kind + match[1]
        if entry.last in entry.strings:
            return False
        entry.strings[entry.last] = ""
    if entry.last == "msgstr" and match[1]:
        entry.line = number
    if not entry.last:
        return False
    value = match[2]
    if "\\" in value:
        value = _ESCAPED.sub(lambda escape: _ESCAPES.get(escape[1], escape[1]), value)
    entry.strings[entry.last] += value
    return True


def render(header: Message, messages: Iterable[Message], obsolete: Iterable[Message]) -> str:
    """Return the text of a PO file; what `parse` makes of it is rendered the same again."""
    blocks = [_block(header)]
    blocks += [_block(message) for message in messages]
    blocks += [_block(message, "#~ ") for message in obsolete]
    return "\n".join(blocks)


def _block(message: Message, prefix: str = "") -> str:
    lines = [f"# {comment}".rstrip() for comment in message.comments]
    lines += [f"#. {note}" for note in message.notes]
    lines += ["#, fuzzy"] if message.fuzzy else []
    if message.previous:
        lines += _lines(f"#{prefix[1:2]}| ", "msgid", message.previous)
    if message.context:
        lines += _lines(prefix, "msgctxt", message.context)
    lines += _lines(prefix, "msgid", message.msgid) + _lines(prefix, "msgstr", message.msgstr)
    return "\n".join(lines) + "\n"


def _lines(prefix: str, keyword: str, value: str) -> list[str]:
    """Return a text on one line, or one line for each of its own."""
    parts = re.findall(r"[^\n]*\n|[^\n]+", value) if "\n" in value else [value]
    quoted = [f'"{part.translate(_UNESCAPED)}"' for part in parts]
    if len(quoted) == 1:
        return [f"{prefix}{keyword} {quoted[0]}"]
    return [f'{prefix}{keyword} ""', *(f"{prefix}{part}" for part in quoted)]
