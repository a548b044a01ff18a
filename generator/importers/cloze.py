"""The gaps of Moodle's “Embedded answers” (question/type/multianswer): `{1:MULTICHOICE:=one~%50%two#why}`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from generator.importers.base import SLOT, Hole, Reply, Words

_GAP = re.compile(r"\{(\d*):([A-Z_]+):((?:\\.|[^{}\\])*)\}", re.DOTALL)
_TYPED = frozenset({"SHORTANSWER", "SA", "MW", "SHORTANSWER_C", "SAC", "MWC", "NUMERICAL", "NM"})
_LISTED = frozenset(
    {"MULTICHOICE", "MC", "MULTICHOICE_V", "MCV", "MULTICHOICE_H", "MCH", "MULTICHOICE_S", "MCS"}
    | {"MULTICHOICE_VS", "MCVS", "MULTICHOICE_HS", "MCHS"}
)
_NUMBERS = frozenset({"NUMERICAL", "NM"})
_WORTH = re.compile(r"=|%(-?[0-9]+(?:[.,][0-9]*)?)%")
# A sharp of an entity such as `&#123;` parts nothing.
_ASIDE = re.compile(r"(?<![\\&])#")
_OTHER = re.compile(r"(?<!\\)~")


def holes(text: str) -> tuple[str, tuple[Hole, ...], str]:
    """Return a text with `SLOT` signs at its gaps, the gaps, and why they cannot be carried, or nothing."""
    found: list[Hole] = []
    problems: list[str] = []

    def gap(match: re.Match[str]) -> str:
        problems.extend(_problem(match))
        kind = match[2]
        found.append(Hole(listed=kind in _LISTED, replies=tuple(_replies(match[3], kind))))
        return f"{SLOT}{len(found) - 1}{SLOT}"

    shown = _GAP.sub(gap, text.replace(SLOT, ""))
    return shown, tuple(found), problems[0] if problems else ""


def _problem(gap: re.Match[str]) -> Iterator[str]:
    kind = gap[2]
    if kind not in _TYPED | _LISTED:
        yield f"a sheet has no gap of the type “{kind}”"
    elif kind in _NUMBERS and re.search(r":\s*0*[1-9.]", _ASIDE.split(gap[3])[0]):
        yield "a gap of a sheet takes no number with a tolerance"


def _replies(body: str, kind: str) -> Iterator[Reply]:
    for part in _OTHER.split(body):
        worth = _WORTH.match(part.lstrip())
        rest = part.lstrip()[worth.end() :] if worth else part
        answer, _, feedback = _parted(rest)
        share = 0.0 if not worth else 1.0 if not worth[1] else float(worth[1].replace(",", ".")) / 100
        shown = _plain(answer).partition(":")[0] if kind in _NUMBERS else _plain(answer)
        words = Words(text=shown.strip(), form="plain" if kind in _TYPED else "html")
        yield Reply(words=words, share=max(-1.0, min(1.0, share)), feedback=Words(text=_plain(feedback)))


def _parted(text: str) -> tuple[str, str, str]:
    found = _ASIDE.search(text)
    return (text[: found.start()], "#", text[found.end() :]) if found else (text, "", "")


def _plain(text: str) -> str:
    """Return an answer or a feedback as Moodle stores it: its entities stand for the signs of gaps."""
    return re.sub(r"\\([}#~/\"\\])", r"\1", unescape(text))
