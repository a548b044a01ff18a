"""Style-sheets and modules of the site, under a folder named by their content so that none goes stale."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Iterable
from functools import cache

from generator import player

# One style-sheet for every page; the quiz brings its own.
_SHEETS = ("tokens.css", "page.css", "diagrams.css")
# What a module imports as it is loaded; what it imports later, on demand, is spelled `import(…)`.
_IMPORT = re.compile(rb'^(?:import|export)\b[^;"(]*"(\.[^"]+)";', re.MULTILINE)
_NAMED = re.compile(rb'"([\w./-]+\.(?:mjs|css|svg|png))"')


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


def sources(ending: str) -> tuple[str, ...]:
    """Return the text of every asset whose name ends so: `css`, or `js` for scripts and modules."""
    return tuple(content.decode() for name, content in named().items() if name.endswith(ending))


def imported(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names of modules, then of all those that they need before they can run."""
    return _reached(names, _IMPORT)


def used(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names of assets with all that they name in turn, to be loaded at once or on demand."""
    return _reached(names, _NAMED)


def _reached(names: Iterable[str], link: re.Pattern[bytes]) -> tuple[str, ...]:
    known = named()
    found = list(dict.fromkeys(names))
    for each in found:  # grows as it goes
        for target in link.findall(known[each]):
            path = posixpath.normpath(posixpath.join(posixpath.dirname(each), target.decode()))
            if path in known and path not in found:
                found.append(path)
    return tuple(found)
