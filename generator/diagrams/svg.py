"""A tiny element builder: whatever is put into it comes out escaped."""

from __future__ import annotations

import re
from html import escape

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Markup(str):
    """A string that is already SVG."""

    __slots__ = ()


def number(value: float) -> str:
    """Return a coordinate with at most one decimal."""
    shown = f"{value:.1f}".removesuffix(".0")
    return "0" if shown == "-0" else shown


def text(value: str) -> Markup:
    """Return characters as SVG text."""
    return Markup(escape(_ILLEGAL.sub("\ufffd", value), quote=True))


def el(tag: str, *children: str, **attributes: str | float | None) -> Markup:
    """Return an element; `class_` and `aria_label` spell `class` and `aria-label`, None leaves out."""
    given = []
    for name, value in attributes.items():
        if value is None or value == "":
            continue
        shown = number(value) if isinstance(value, (int, float)) else text(value)
        given.append(f' {name.rstrip("_").replace("_", "-")}="{shown}"')
    inside = "".join(child if isinstance(child, Markup) else text(child) for child in children)
    end = f">{inside}</{tag}>" if inside else "/>"
    return Markup(f"<{tag}{''.join(given)}{end}")
