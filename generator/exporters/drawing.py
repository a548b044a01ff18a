"""Drawings that stand alone: colours written on each shape, for readers that know no style-sheet of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import itemgetter
from xml.etree import ElementTree as ET

from generator import player

_SVG = "http://www.w3.org/2000/svg"
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_DECLARED = re.compile(r"(--[a-z-]+):\s*(#[0-9a-f]{6})")
_VAR = re.compile(r"var\((--[a-z-]+)\)")
_MIX = re.compile(r"color-mix\(in srgb, (#[0-9a-f]{6}) ([\d.]+)%, (#[0-9a-f]{6})\)")
# What an SVG reader takes from an attribute; layout is the page's business.
_PAINT = {
    "fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin", "stroke-linecap", "color", "r",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Rule:
    """One selector of classes and element names, ancestors first, and what it declares."""

    path: tuple[str, ...]
    declared: tuple[tuple[str, str], ...]


@cache
def _colours() -> dict[str, str]:
    """Return the light values of the tokens: the first of each in the style-sheet."""
    found = _DECLARED.findall(player.assets()["tokens.css"].decode())
    return dict(reversed(found))


@cache
def _rules() -> dict[str, list[tuple[int, _Rule]]]:
    """Return the rules by the last name of their selectors, each with its rank: a later one wins."""
    css = _COMMENT.sub("", player.assets()["diagrams.css"].decode()).partition("@media")[0]
    found: dict[str, list[tuple[int, _Rule]]] = {}
    ranked = sorted(_parsed(css), key=lambda rule: sum(part[0] == "." for part in rule.path))
    for rank, rule in enumerate(ranked):
        found.setdefault(rule.path[-1], []).append((rank, rule))
    return found


def _parsed(css: str) -> Iterator[_Rule]:
    for selectors, body in _RULE.findall(css):
        pairs = (line.partition(":") for line in body.split(";") if ":" in line)
        declared = tuple((name.strip(), value.strip()) for name, _, value in pairs)
        for selector in selectors.split(","):
            yield _Rule(tuple(selector.split()), declared)


@lru_cache(maxsize=512)
def standalone(svg: str) -> str:
    """Return the drawing `svg` with its light colours on its shapes, on paper, as a file of its own."""
    ET.register_namespace("", _SVG)
    root = ET.fromstring(svg if "xmlns=" in svg else svg.replace("<svg", f'<svg xmlns="{_SVG}"', 1))  # noqa: S314  # drawn by us
    _paint(root, ((),), dict(_colours()))
    sides = zip(("x", "y", "width", "height"), root.get("viewBox", "0 0 0 0").split(), strict=True)
    root.insert(0, ET.Element("rect", dict(sides) | {"fill": _colours()["--fi-paper"], "stroke": "none"}))
    return ET.tostring(root, encoding="unicode")


def _paint(element: ET.Element, above: tuple[tuple[str, ...], ...], inherited: Mapping[str, str]) -> None:
    names = (*(f".{name}" for name in element.get("class", "").split()), element.tag.rpartition("}")[2])
    path = (*above, names)
    values = dict(inherited)
    style: dict[str, str] = {}
    rules = _rules()
    named = (ranked for name in set(names) for ranked in rules.get(name, ()))
    for _, rule in sorted(named, key=itemgetter(0)):
        if _matches(rule.path, path):
            for name, value in rule.declared:
                (values if name.startswith("--") else style)[name] = value
    for name, value in style.items():
        if name in _PAINT:
            element.set(name, _resolved(value, values))
    element.attrib.pop("class", None)
    for child in element:
        _paint(child, path, values)


def _matches(selector: tuple[str, ...], path: tuple[tuple[str, ...], ...]) -> bool:
    """Tell whether a selector, whose last name is that of the last of `path`, names some above, in order."""
    wanted = list(selector[:-1])
    for names in path[:-1]:
        if wanted and wanted[0] in names:
            wanted.pop(0)
    return not wanted


def _resolved(value: str, values: Mapping[str, str]) -> str:
    while found := _VAR.search(value):
        value = value.replace(found[0], values.get(found[1], "#000000"))
    return _MIX.sub(lambda mix: _mixed(mix[1], float(mix[2]) / 100, mix[3]), value)


def _mixed(one: str, share: float, other: str) -> str:
    """Return a colour between two, as browsers mix them in sRGB."""
    pairs = ((int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)
