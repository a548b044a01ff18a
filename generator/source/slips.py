"""The YAML reader's complaints into words that an author understands, where the slip was made."""

from __future__ import annotations

import yaml

from generator.errors import At, Fault

# What the YAML reader says of the usual slips: part of its message, then ours and the way out.
_QUOTED = "a text that begins with one of [ { * & ! % @ ` or holds “: ” or “ #” must stand between quotes"
_FOLDED = "put the text between quotes, or after “>-” on the next line"
_ASTRAY = f"check the quotes and the indentation, here and above; {_QUOTED}"
_GOES_ON = "write “key: value”, or indent the text that goes on"
_BACKSLASH = "use single quotes, or write \\\\"
_AT_START = "mean something else to YAML at the start of a text"
_SLIPS = (
    ("unexpected end of stream", "this quote is never closed", "close it, or use the other kind of quotes"),
    ("tab character", "a tab stands in the indentation", "indent with spaces"),
    ("mapping values are not allowed", "a second “: ” stands on this line", _FOLDED),
    ("did not find expected alphabetic", f"“*” and “&” {_AT_START}", _QUOTED),
    ("cannot start any token", "this character cannot begin a text", _QUOTED),
    ("unknown escape character", "this backslash means nothing between double quotes", _BACKSLASH),
    ("could not find expected ':'", "“: ” is missing after this key", _GOES_ON),
    ("did not find expected key", "this does not continue what stands above", _ASTRAY),
    ("did not find expected '-' indicator", "this does not continue the list above", "check the indentation"),
    ("did not find expected ',' or", "this bracket is never closed, or it lacks a comma", _QUOTED),
    ("did not find expected node content", "a value is missing here", _QUOTED),
    (
        "did not find expected <document start>",
        "this stands outside the fields of the file",
        "check the indentation",
    ),
    ("block sequence entries are not allowed", "a list cannot begin here", "begin it on the next line"),
    ("undefined tag handle", f"“!” {_AT_START.replace('mean', 'means', 1)}", _QUOTED),
)


# Mistakes that show far below the place where they were made: what was opened says more.
_OPENED = ("unexpected end of stream", "did not find expected ',' or", "could not find expected ':'")


def syntax(path: str, error: yaml.MarkedYAMLError, lines: list[str]) -> Fault:
    """Return the fault that a mistake of YAML is, in an author's words and where it was made."""
    theirs = error.problem or error.context or "this is not YAML"
    mark = error.problem_mark or error.context_mark
    if any(part in theirs for part in _OPENED):
        mark = error.context_mark or mark
    at = At(path, mark.line + 1, mark.column + 1) if mark else At(path)
    line = lines[at.line - 1] if at.line <= len(lines) else ""
    indent = line[: len(line) - len(line.lstrip())]
    if "\t" in indent:
        theirs, at = "tab character", At(path, at.line, indent.index("\t") + 1)
    elif "mapping values" in theirs and ":" not in line[: at.column - 1]:
        theirs = "did not find expected key"
    found = ((ours, way) for part, ours, way in _SLIPS if part in theirs)
    message, hint = next(found, (theirs, error.context or ""))
    return Fault(at, "yaml-syntax", message, hint)
