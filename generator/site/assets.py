"""Style-sheets and modules of the site, under a folder named by their content so that none goes stale."""

from __future__ import annotations

import hashlib
import posixpath
import re
from functools import cache

from generator import player

# One style-sheet for every page; the quiz brings its own.
_SHEETS = ("tokens.css", "page.css", "diagrams.css")
# What a module imports as it is loaded; what it imports later, on demand, is spelled `import(…)`.
_IMPORT = re.compile(rb'^(?:import|export)\b[^;"(]*"(\.[^"]+)";', re.MULTILINE)


@cache
def assets() -> dict[str, bytes]:
    """Return every asset by its path below the site's root."""
    found = {**player.assets(), **player.assets("generator.site")}
    found["fiches.css"] = b"\n".join(found.pop(name) for name in _SHEETS)
    digest = hashlib.sha256()
    for name in sorted(found):
        digest.update(name.encode() + b"\0" + found[name])
    folder = f"assets/fiches-{digest.hexdigest()[:8]}"
    return {f"{folder}/{name}": found[name] for name in sorted(found)}


def asset(name: str) -> str:
    """Return the path, below the site's root, of one asset."""
    return next(path for path in assets() if path.partition("/")[2].partition("/")[2] == name)


def named() -> dict[str, bytes]:
    """Return every asset by its own name, whatever the folder."""
    return {path.split("/", 2)[2]: content for path, content in assets().items()}


def imported(name: str) -> tuple[str, ...]:
    """Return the names of all the modules that a module needs before it can run, itself left out."""
    known = named()
    found = [name]
    for each in found:  # grows as it goes
        parts = _IMPORT.findall(known[each])
        names = (posixpath.normpath(posixpath.join(posixpath.dirname(each), part.decode())) for part in parts)
        found += [part for part in dict.fromkeys(names) if part not in found]
    return tuple(found[1:])
