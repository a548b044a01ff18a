"""A page as a value: sections of HTML with ids and titles, from which HTML, contents and search come."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from markupsafe import Markup

_UNREAD = re.compile(r"<(svg|script|style|template|details)\b.*?</\1>|<a class=\"fi-back\".*?</a>", re.DOTALL)
_TAGS = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it, up to the next heading.

    `heading` is the title as HTML, which tells its language where that is not the page's. `search` is the
    text to be found; None means the words of `html`, folded parts and drawings excepted.
    """

    level: int
    id: str
    title: str
    heading: Markup
    html: Markup
    search: str | None = None

    @property
    def found_text(self) -> str:
        """The plain words that a search looks through."""
        if self.search is not None:
            return self.search
        return " ".join(html.unescape(_TAGS.sub(" ", _UNREAD.sub(" ", self.html))).split())


@dataclass(frozen=True, slots=True)
class Crumb:
    """A neighbour of a page: its path, and its title as HTML."""

    path: str
    title: Markup


@dataclass(frozen=True, slots=True)
class Way:
    """A path that a page lies on: its id, where on it the page is, in words, and the neighbours there."""

    path: str
    place: Markup
    previous: Crumb | None
    next: Crumb | None


@dataclass(frozen=True)
class Page:
    """One page of one locale.

    `path` is its address below the locale's root, without a suffix ("" is the home page); the first
    section is its level-1 heading. `data` is its schema.org description. `part` says where in the
    course it stands, `ways` on which paths; `styles` and `modules` name the assets that it needs and
    others do not.
    """

    path: str
    kind: str
    title: str
    description: str
    sections: tuple[Section, ...]
    data: tuple[Mapping[str, Any], ...] = ()
    part: str = ""
    styles: tuple[str, ...] = ()
    modules: tuple[str, ...] = ()
    partial: bool = False
    previous: Crumb | None = None
    next: Crumb | None = None
    ways: tuple[Way, ...] = ()

    @cached_property
    def html(self) -> str:
        """The whole content of the page."""
        return "\n".join(
            f'<h{section.level} id="{section.id}">{section.heading}</h{section.level}>\n{section.html}'
            for section in self.sections
        )


def relative(origin: str, target: str, directory_urls: bool = True) -> str:
    """Return the address of the page `target` as seen from the page `origin` (paths, "" is home)."""
    anchor = ""
    if "#" in target:
        target, _, anchor = target.partition("#")
        anchor = f"#{anchor}"
    if target == origin and anchor:
        return anchor
    if not directory_urls:
        start = posixpath.dirname(origin) or "."
        return posixpath.relpath(f"{target or 'index'}.html", start) + anchor
    relative_path = posixpath.relpath(target or ".", origin or ".")
    return ("./" if relative_path == "." else f"{relative_path}/") + anchor
