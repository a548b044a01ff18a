"""Items as YAML in the manner of the sheets: quotes only where they are needed, and always the same."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence

_WIDTH = 110
# What needs no quotes whatever stands around it.
_PLAIN = re.compile(r"[^\W\d_](?:[\w’'.()«»%/ \xa0\u202f-]*[\w’.)»%])?\Z")
_WORDS = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
# Raw in JSON, but a line break or nothing at all to YAML.
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_INLINE = 1


def written(value: Mapping[str, object], remarks: Mapping[str, str], head: str = "") -> str:
    """Return mappings, lists and scalars as YAML; `remarks` are comments above keys of the second level."""
    lines = [*(f"# {line}" for line in head.splitlines())]
    for name, entries in value.items():
        lines.append(f"{name}:" if entries else f"{name}: {{}}")
        for key, entry in entries.items() if isinstance(entries, Mapping) else ():
            if key in remarks and name == "items":
                lines.append(f"  # {remarks[key]}")
            lines += _entry(str(key), entry, 1)
    return "\n".join(lines) + "\n"


def _entry(key: str, value: object, depth: int) -> Iterator[str]:
    """Yield the lines of one field."""
    lead = "  " * depth
    if isinstance(value, Mapping):
        short = f"{lead}{key}: {_flow(value)}" if _bare(value) else ""
        if short and len(short) <= _WIDTH and depth > _INLINE:
            yield short
            return
        yield f"{lead}{key}:"
        for name, entry in value.items():
            yield from _entry(str(name), entry, depth + 1)
    elif isinstance(value, str) and "\n" in value and _block(value):
        yield f"{lead}{key}: |"
        yield from (f"{lead}  {line}" if line else "" for line in value.split("\n"))
    elif isinstance(value, str) and len(lead) + len(key) + len(value) > _WIDTH and _foldable(value):
        yield f"{lead}{key}: >-"
        yield from textwrap.wrap(
            value, _WIDTH, initial_indent=f"{lead}  ", subsequent_indent=f"{lead}  ",
            break_long_words=False, break_on_hyphens=False,
        )  # fmt: skip
    else:
        yield f"{lead}{key}: {_scalar(value)}"


def _bare(value: Mapping[str, object]) -> bool:
    return not any(isinstance(entry, Mapping | list | tuple) for entry in value.values())


def _flow(value: Mapping[str, object]) -> str:
    shown = ", ".join(f"{name}: {_scalar(entry, flow=True)}" for name, entry in value.items())
    return f"{{{shown}}}"


def _scalar(value: object, *, flow: bool = False) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case float():
            return f"{value:.12f}".rstrip("0").rstrip(".")
        case int():
            return str(value)
        case list() | tuple():
            return f"[{', '.join(_scalar(entry, flow=True) for entry in _sequence(value))}]"
        case _:
            text = str(value)
            return text if _PLAIN.match(text) and text.lower() not in _WORDS else _quoted(text)


def _sequence(value: Sequence[object]) -> Sequence[object]:
    return value


def _quoted(text: str) -> str:
    made = json.dumps(text, ensure_ascii=False)
    return _ESCAPED.sub(lambda sign: f"\\u{ord(sign[0]):04x}", made)


def _block(text: str) -> bool:
    """Tell whether lines can stand as they are."""
    lines = text.split("\n")
    clean = all(line.isprintable() and line == line.rstrip() for line in lines)
    return clean and bool(lines[0]) and not lines[0].startswith(" ") and bool(lines[-1])


def _foldable(text: str) -> bool:
    shown = text.replace("\xa0", "x").replace("\u202f", "x")
    return shown.isprintable() and shown == " ".join(shown.split(" ")).strip() and "  " not in shown
