"""Blocks of text into our inline markup, proved by reading it back."""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.importers.page import SPACE, Passage, Piece, depth, linked
from generator.inline import tokens

_ACTIVE = re.compile(r"([\\`*_\[\]+])")


def inline(passages: Iterable[Passage], form: str = "html") -> tuple[str, bool]:
    """Return blocks as one line of our markup, and whether it says all that they did.

    What our own reader would not read back as it was meant becomes plain characters.
    """
    pieces = [piece for passage in passages for piece in (*passage.pieces, Piece("text", " "))]
    if form == "markdown":
        return SPACE.sub(" ", "".join(piece.value for piece in pieces)).strip(), True
    tidy = _tidied(pieces)
    for made in (_written(tidy, escaped=False), _written(tidy, escaped=True)):
        if _read(made) == tidy:
            return made, True
    text = "".join(piece.value for piece in tidy)
    bare = [Piece("text", text)]
    return (text if _read(text) == bare else _ACTIVE.sub(r"\\\1", text)), tidy == bare


def _tidied(pieces: Iterable[Piece]) -> list[Piece]:
    """Return pieces with single spaces, which stand outside of marks at their ends."""
    parts: list[Piece] = []
    for kind, value, marks in pieces:
        shown = SPACE.sub(" ", value)
        if kind == "key" or not shown.strip():
            parts.append(
                Piece(kind if shown.strip() else "text", shown.strip() or " ", marks * bool(shown.strip()))
            )
        elif kind == "code":
            parts.append(Piece(kind, shown, marks))
        else:
            before, after = " " * shown.startswith(" "), " " * shown.endswith(" ")
            parts += [Piece("text", before), Piece("text", shown.strip(), marks), Piece("text", after)]
    return _joined(part for part in parts if part.value)


def _joined(parts: Iterable[Piece]) -> list[Piece]:
    """Return pieces of which neighbours differ, without spaces at the ends or twice."""
    merged: list[Piece] = []
    for part in parts:
        last = merged[-1] if merged else Piece("text", " ")
        value = part.value
        if part.kind == "text" and last.kind == "text" and last.value.endswith(" "):
            value = value.lstrip(" ")
        if not value:
            continue
        if part.kind == "text" and merged and last[::2] == part[::2]:
            merged[-1] = last._replace(value=last.value + value)
        else:
            merged.append(part._replace(value=value))
    if merged and merged[-1].kind == "text":
        merged[-1] = merged[-1]._replace(value=merged[-1].value.rstrip(" "))
    return [part for part in merged if part.value]


def _written(pieces: Iterable[Piece], *, escaped: bool) -> str:
    made: list[str] = []
    open_marks: tuple[str, ...] = ()
    for piece in (*pieces, Piece("text", "")):
        kept = 0
        while kept < min(len(open_marks), len(piece.marks)) and open_marks[kept] == piece.marks[kept]:
            kept += 1
        made += [f"]({mark})" if linked(mark) else mark for mark in reversed(open_marks[kept:])]
        made += ["[" if linked(mark) else mark for mark in piece.marks[kept:]]
        made.append(_spelled(piece, escaped))
        open_marks = piece.marks
    return "".join(made)


def _spelled(piece: Piece, escaped: bool) -> str:
    match piece.kind:
        case "code":
            return _coded(piece.value)
        case "key":
            return f"++{piece.value}++"
        case _:
            return _ACTIVE.sub(r"\\\1", piece.value) if escaped else piece.value


def _coded(value: str) -> str:
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", value)), default=0))
    pad = " " if value[:1] + value[-1:] != (value[:1] + value[-1:]).strip("` ") else ""
    return f"{fence}{pad}{value}{pad}{fence}"


_OPENED = {"em_open": "*", "strong_open": "**"}


def _read(value: str) -> list[Piece]:
    """Return the pieces that our own reader finds in a text."""
    found: list[Piece] = []
    marks: list[str] = []
    for token in tokens(value):
        kind = {"code_inline": "code"}.get(token.type, token.type)
        if kind == "link_open":
            marks.append(str(token.attrs.get("href", "")))
        elif kind in _OPENED:
            marks.append(_OPENED[kind])
        elif kind.endswith("_close") and marks:
            marks.pop()
        else:
            found.append(Piece(kind, token.content, tuple(sorted(marks, key=depth))))
    return _joined(found)
