"""The theme's style-sheets, less what no page of the site can use: they weigh more than a sheet's page."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

import tinycss2  # type: ignore[import-untyped]  # it has no types
from tinycss2.ast import (  # type: ignore[import-untyped]
    AtRule,
    IdentToken,
    LiteralToken,
    Node,
    QualifiedRule,
    SquareBracketsBlock,
)

# Named by its content, so that no browser keeps an old one for it.
_PATH = "assets/stylesheets/theme.{digest}.min.css"
_VALUES = re.compile(r'="([\w -]+)"')
_WORD = re.compile(r"[\w-]+")
_CLASS = re.compile(r"\b(?:md-[\w-]+|js|focus-visible)\b")
_GROUPS = frozenset({"media", "supports"})
_ICON = re.compile(r'(--[\w-]+):url\("[^"]*"\);?')


def words(pages: Iterable[str], templates: Iterable[str], scripts: Iterable[str]) -> frozenset[str]:
    """Return every word that may be a class, or the value of an attribute, on a page.

    `pages` are HTML, `templates` what surrounds them; `scripts` add classes of the theme to either.
    """
    shown = {value for html in pages for value in set(_VALUES.findall(html))}
    found = {word for value in shown for word in value.split()}
    return frozenset(found.union(*map(_WORD.findall, templates), *map(_CLASS.findall, scripts)))


def lean(text: str, known: Collection[str]) -> str:
    """Return a style-sheet without the rules of which `known` lacks a class or a value, and their icons."""
    return _lean(text, frozenset(_WORD.findall(text)) & frozenset(known))


def path(content: str) -> str:
    """Return where a style-sheet of the theme is on the site."""
    return _PATH.format(digest=hashlib.sha256(content.encode()).hexdigest()[:8])


@lru_cache(maxsize=2)  # a preview asks at every change
def _lean(text: str, known: frozenset[str]) -> str:
    rules = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
    kept = "".join(_kept(rules, known))
    return _ICON.sub(lambda icon: icon[0] if icon[1] in known or f"var({icon[1]}" in kept else "", kept)


def _kept(rules: Iterable[Node], known: frozenset[str]) -> Iterator[str]:
    for rule in rules:
        if isinstance(rule, QualifiedRule):
            selectors = [part for part in _selectors(rule.prelude) if _names(part) <= known]
            if selectors:
                yield f"{','.join(map(tinycss2.serialize, selectors))}{{{tinycss2.serialize(rule.content)}}}"
        elif isinstance(rule, AtRule) and rule.lower_at_keyword in _GROUPS:
            inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            if held := "".join(_kept(inner, known)):
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{held}}}"
        else:
            yield rule.serialize()


def _selectors(prelude: Iterable[Node]) -> list[list[Node]]:
    """Return the selectors of a list of them."""
    found: list[list[Node]] = [[]]
    for node in prelude:
        if isinstance(node, LiteralToken) and node.value == ",":
            found.append([])
        else:
            found[-1].append(node)
    return found


def _names(selector: Iterable[Node]) -> set[str]:
    """Return the classes and the values of attributes that a page must have for a selector to match."""
    found, before = set(), ""
    for node in selector:
        if isinstance(node, IdentToken) and before == ".":
            found.add(node.value)
        elif isinstance(node, SquareBracketsBlock):
            found |= _value(node.content)
        before = node.value if isinstance(node, LiteralToken) else ""
    return found


def _value(attribute: Iterable[Node]) -> set[str]:
    """Return what an attribute must be; nothing where a part of it is enough, or any value."""
    nodes = (node for node in attribute if node.type != "whitespace")
    for node in nodes:
        if isinstance(node, LiteralToken):
            return {str(next(nodes).value)} if node.value == "=" else set()
    return set()
