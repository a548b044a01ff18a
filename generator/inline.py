"""Inline markup of a Text into safe HTML or plain characters.

The allow-list: `*emphasis*`, `**strong**`, `` `code` ``, `[text](target)`, `[^claim]` and `++key++`.
A target is an https address, `term:ID`, `concept:ID` or `source:KEY`. All else is text, HTML included.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from babel import Locale
from babel.numbers import format_decimal
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markupsafe import Markup, escape

from generator.text import Text
from generator.typography import typeset

_TAGS = {
    "em_open": "<em>",
    "em_close": "</em>",
    "strong_open": "<strong>",
    "strong_close": "</strong>",
}
SCHEMES = ("term", "concept", "source")
# Locales for testing, which CLDR names but has no data for, and those they disguise.
PSEUDO = {"en_XA": "en", "ar_XB": "ar"}


class Link(NamedTuple):
    """Where a reference leads, and what is shown when the reference has no words of its own."""

    href: str
    text: str = ""
    title: str = ""


Resolve = Callable[[str, str], Link | None]


_LONGEST = 80  # characters of a claim's id or a key's name: what is longer is text


def _claim(state: StateInline, silent: bool) -> bool:
    end = state.src.find("]", state.pos, min(state.pos + _LONGEST, state.posMax))
    if not state.src.startswith("[^", state.pos) or end < 0:
        return False
    if not silent:
        state.push("claim", "", 0).content = state.src[state.pos + 2 : end]
    state.pos = end + 1
    return True


def _key(state: StateInline, silent: bool) -> bool:
    """Take `++key++`; “C++” opens nothing."""
    start = state.pos + 2
    end = state.src.find("++", start, min(start + _LONGEST, state.posMax))
    name = state.src[start:end]
    opens = (
        state.src.startswith("++", state.pos) and not state.src[max(state.pos - 1, 0) : state.pos].isalnum()
    )
    if not opens or end < 0 or not name or name != name.strip():
        return False
    if not silent:
        state.push("key", "", 0).content = name
    state.pos = end + 2
    return True


def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero").enable(["emphasis", "backticks", "link", "escape"])
    parser.inline.ruler.before("link", "claim", _claim)
    parser.inline.ruler.before("emphasis", "key", _key)
    # Any target is parsed, so that a bad one can be reported instead of shown as brackets.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    parser.inline.ruler.at("text", _text_rule)
    return parser


_OPENS = re.compile(r"[\\`*_\[+\n]")
_STOPS = frozenset("\\`*_[]!&<{}$%@~+:\"'\n")


def _text_rule(state: StateInline, silent: bool) -> bool:
    """Take characters up to the next that may open markup; `+` is one, for keys."""
    pos = state.pos
    while pos < state.posMax and state.src[pos] not in _STOPS:
        pos += 1
    if pos == state.pos:
        return False
    if not silent:
        state.pending += state.src[state.pos : pos]
    state.pos = pos
    return True


_PARSER = _parser()


@lru_cache(maxsize=20_000)
def tokens(value: str) -> tuple[Token, ...]:
    """Return the inline tokens of a text."""
    if value and bare(value):
        return (Token("text", "", 0, content=value),)
    parsed = _PARSER.parseInline(value)
    found = list(parsed[0].children or ()) if parsed else []
    for token in found:
        if token.type in ("hardbreak", "softbreak"):  # a text is one line, wherever its file breaks it
            token.type, token.content = "text", " "
    for before, after in pairwise(found):
        if after.type == "claim" and before.type == "text":  # the number hugs the word it supports
            before.content = before.content.rstrip(" ")
    return tuple(found)


def bare(value: str) -> bool:
    """Return whether a text is only characters, as most are: there is nothing to parse then."""
    return _OPENS.search(value) is None


def references(text: Text) -> Iterator[tuple[str, str]]:
    """Yield (scheme, target) for each link and claim that a text refers to."""
    if "[" not in text.value:
        return
    for token in tokens(text.value):
        if token.type == "claim":
            yield "claim", token.content
        elif token.type == "link_open":
            yield split(str(token.attrs.get("href", "")))


def split(href: str) -> tuple[str, str]:
    """Return (scheme, rest) of a target."""
    scheme, _, rest = href.partition(":")
    return scheme, rest


def plain(text: Text, locale: str) -> str:
    """Return the characters of a text, typeset for `locale`, without markup or references."""
    where = text.locale or locale
    value = filled(text, where)
    if bare(value):
        return typeset(value, where).strip()
    parts = [
        token.content if token.type in ("code_inline", "key") else typeset(token.content, where)
        for token in tokens(value)
        if token.type in ("text", "code_inline", "key")
    ]
    return "".join(parts).strip()


def filled(text: Text, locale: str) -> str:
    """Return the source of a text with its placeholders filled, counts written as in `locale`."""
    return text.filled(counter(locale)) if text.args else text.value


@lru_cache(maxsize=256)
def cldr(locale: str) -> Locale:
    """Return CLDR's data for a locale id; a pseudo-locale reads and counts as the language it disguises."""
    name = locale.replace("-", "_")
    return Locale.parse(PSEUDO.get(name, name))


@lru_cache(maxsize=256)
def counter(locale: str) -> Callable[[float], str]:
    """Return what writes a number as a locale does: 29 001, 29,001, ٢٩٬٠٠١; a fraction has two decimals."""
    parsed = cldr(locale)

    def written(value: float) -> str:
        pattern = "#,##0.00" if isinstance(value, float) else None
        return str(format_decimal(value, pattern, locale=parsed))

    return written


@lru_cache(maxsize=256)
def direction(locale: str) -> Literal["ltr", "rtl"]:
    """Return the direction of a CLDR locale id."""
    return "rtl" if cldr(locale).text_direction == "rtl" else "ltr"


def tag(locale: str) -> str:
    """Return the BCP 47 tag of a CLDR locale id: `pt_BR` is `pt-BR` in HTML."""
    return locale.replace("_", "-")


def foreign(text: Text, locale: str) -> str:
    """Return the locale of a text, or "" if that is the `locale` of what it stands in."""
    return "" if text.locale == locale else text.locale


def spanned(text: Text, locale: str, html: Markup) -> Markup:
    """Return the HTML of a text; in another locale than `locale`, it says so."""
    if not (own := foreign(text, locale)):
        return html
    return Markup('<span lang="{}" dir="{}">{}</span>').format(tag(own), direction(own), html)


@dataclass(frozen=True, slots=True)
class Inline:
    """Renders texts for one page in one locale; `resolve` knows where references lead."""

    locale: str
    resolve: Resolve = lambda scheme, target: None

    def plain(self, text: Text) -> str:
        """Return the text as plain characters, for titles, attributes and drawings."""
        return plain(text, self.locale)

    def html(self, text: Text) -> Markup:
        """Return the text as phrasing HTML; a text in another locale says so."""
        locale = text.locale or self.locale
        value = filled(text, locale)
        shown = (
            escape(typeset(value, locale))
            if bare(value)
            else Markup("".join(self._render(tokens(value), locale)))  # noqa: S704  # of what is escaped
        )
        return spanned(text, self.locale, shown)

    def _render(self, stream: tuple[Token, ...], locale: str) -> Iterator[str]:
        # Machine words read from the left, whatever stands around them.
        ltr = ' dir="ltr"' if direction(self.locale) == "rtl" else ""
        open_links: list[bool] = []
        for before, token in zip((None, *stream), stream, strict=False):
            match token.type:
                case "text":
                    yield escape(typeset(token.content, locale))
                case "code_inline":
                    yield f"<code{ltr}>{escape(token.content)}</code>"
                case "key":
                    yield f"<kbd{ltr}>{escape(token.content)}</kbd>"
                case "em_open" | "em_close" | "strong_open" | "strong_close":
                    yield _TAGS[token.type]
                case "claim":
                    follows = before is not None and before.type == "claim"
                    yield self._reference("claim", token.content, ", " if follows else "")
                case "link_open":
                    opened = self._open(str(token.attrs.get("href", "")))
                    open_links.append(bool(opened))
                    yield opened
                case "link_close":
                    yield "</a>" if open_links.pop() else ""
                case _:
                    yield escape(token.content)

    def _reference(self, scheme: str, target: str, before: str) -> str:
        link = self.resolve(scheme, target)
        if link is None:
            return ""
        shown = f'<a href="{escape(link.href)}" title="{escape(link.title)}">{escape(link.text)}</a>'
        return f'<sup class="fi-ref">{before}{shown}</sup>'

    def _open(self, href: str) -> str:
        scheme, target = split(href)
        if scheme == "https" and target.startswith("//"):
            return f'<a href="{escape(href)}" rel="external">'
        link = self.resolve(scheme, target) if scheme in SCHEMES else None
        if link is None:
            return ""
        title = f' title="{escape(link.title)}"' if link.title else ""
        return f'<a class="fi-{scheme}" href="{escape(link.href)}"{title}>'
