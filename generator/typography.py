"""Plain text into typeset text: the no-break spaces and apostrophes that each language wants.

Applied when a text is shown and never stored, so that authors and translators type plain spaces and
mending one makes no translation stale.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

NBSP, NNBSP = "\u00a0", "\u202f"
_SPACE = f"[ {NBSP}{NNBSP}]"

# Rules by the sign that none of them applies without: most texts hold few, and looking for one is quick.
_DIGIT = re.compile(r"\d")
# Everywhere: a number keeps its unit's neighbour, a section its sign, an RFC its number.
_COMMON = (
    (_DIGIT, ((re.compile(r"(?<!\w)(RFC|§|n°) (?=\d)"), rf"\1{NBSP}"),)),
    # At the end too: the word that follows may be in italics or in code.
    (re.compile("'"), ((re.compile(r"(?<=[^\W\d_])'(?=\w|$)"), "’"),)),
    (re.compile(r"\.\.\."), ((re.compile(r"(?<!\.)\.\.\.(?!\.)"), "…"),)),
)
# Imprimerie nationale: a narrow no-break space before ; ! ?, a full one before : and inside « ».
# “ ;) ” and “ :: ” are signs of their own.
_FRENCH = (
    (re.compile("[!?;]"), ((re.compile(rf"{_SPACE}+([!?]+|;(?![-)(DPp]))"), rf"{NNBSP}\1"),)),
    (re.compile(":"), ((re.compile(rf"{_SPACE}+:(?=\s|$|[*`])"), f"{NBSP}:"),)),
    (re.compile("«"), ((re.compile(rf"«{_SPACE}*"), f"«{NBSP}"),)),
    (re.compile("»"), ((re.compile(rf"{_SPACE}*»"), f"{NBSP}»"),)),
    (
        _DIGIT,
        (
            (re.compile(rf"(?<=\d){_SPACE}(?=\d{{3}}(?!\d))"), NNBSP),
            (
                re.compile(rf"(?<=\d){_SPACE}(?=(?:s|ms|min|h|j|jours?|heures?|minutes?|octets?|ko|Mo)\b|%)"),
                NBSP,
            ),
            (re.compile(rf"(?<=\d{NBSP}h){_SPACE}(?=\d\d\b)"), NBSP),
            (re.compile(r"(?<=\bp\.) (?=\d)"), NBSP),
        ),
    ),
)
_Rule = tuple[re.Pattern[str], tuple[tuple[re.Pattern[str], str], ...]]
_RULES: dict[str, tuple[_Rule, ...]] = {"fr": (*_COMMON, *_FRENCH)}


@lru_cache(maxsize=20_000)
def typeset(text: str, locale: str) -> str:
    """Return `text` as a careful typographer of `locale` (a CLDR id) would set it."""
    for sign, rules in _rules(locale):
        if sign.search(text):
            for pattern, replacement in rules:
                text = pattern.sub(replacement, text)
    return text


@cache
def _rules(locale: str) -> tuple[_Rule, ...]:
    return _RULES.get(re.split("[-_]", locale, maxsplit=1)[0], _COMMON)
