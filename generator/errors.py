"""Faults: what is wrong in the author's files, where it is, and the way out."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field

WIDTH = 100  # characters of an excerpt


@dataclass(frozen=True, slots=True, order=True)
class At:
    """A place in a source file: its path as shown to the author, and 1-based line and column."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One located mistake.

    `code` is stable and documented; `hint` says what was expected or the nearest valid name;
    `excerpt` is the source line. A fault whose severity is not "error" leaves the exit status at 0.
    `near` is what stands at the very place, somewhere after `at`, until the source has been searched.
    """

    at: At
    code: str
    message: str
    hint: str = ""
    excerpt: str = ""
    severity: str = "error"
    near: str = field(default="", compare=False)

    def __str__(self) -> str:
        warning = "" if self.severity == "error" else f"{self.severity}: "
        lines = [f"{self.at}: {warning}{self.message} [{self.code}]"]
        if self.excerpt.strip():
            shown, column = _window(self.excerpt, self.at.column - 1)
            lines += [f"    {shown}", "    " + " " * column + "^"]
        if self.hint:
            lines.append(f"    {self.hint}")
        return "\n".join(lines)


def _window(line: str, column: int) -> tuple[str, int]:
    """Return the part of a line to show around a 0-based column, and the column in it."""
    safe = "".join(char if char.isprintable() else " " if char == "\t" else "\ufffd" for char in line)
    if len(safe) <= WIDTH:
        return safe, column
    start = max(0, min(column - WIDTH // 2, len(safe) - WIDTH))
    before, after = "…" if start else "", "…" if start + WIDTH < len(safe) else ""
    return f"{before}{safe[start : start + WIDTH]}{after}", column - start + len(before)


class FichesError(Exception):
    """The root of every error meant for a person; its text is complete without a traceback."""


class FaultsError(FichesError):
    """Raised with every fault of every file at once, sorted by place."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(map(str, self.faults)))


def nearest(name: str, names: Iterable[str]) -> str:
    """Return a hint naming the valid name nearest to `name`, or listing a few of them."""
    known = sorted(set(names))
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    if close:
        return f"did you mean “{close[0]}”?"
    if not known:
        return "nothing of this kind is defined yet"
    more = ", …" if len(known) > 8 else ""
    return f"expected one of: {', '.join(known[:8])}{more}"
