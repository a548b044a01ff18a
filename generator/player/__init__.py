"""The player: items as self-grading HTML, with the modules and styles that a page or a package needs."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

_SUFFIXES = (".css", ".js", ".mjs", ".svg", ".png")


@cache
def assets(package: str = "generator.player") -> dict[str, bytes]:
    """Return the style-sheets and modules of a package, by their path below its `assets` folder."""
    return dict(_walk(files(package) / "assets", ""))


def _walk(folder: Traversable, prefix: str) -> list[tuple[str, bytes]]:
    found = []
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            found += _walk(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(_SUFFIXES):
            found.append((f"{prefix}{entry.name}", entry.read_bytes()))
    return found
