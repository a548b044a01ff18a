"""A question bank: what Moodle reads from its XML, and the marks that it would give."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape

from lxml import etree

# As in question_bank::fraction_options_full(): a file with another share is refused whole.
ALLOWED = {
    "100", "90", "83.33333", "80", "75", "70", "66.66667", "60", "50", "40", "33.33333", "30", "25", "20",
    "16.66667", "14.28571", "12.5", "11.11111", "10", "5", "0",
}  # fmt: skip
# The grammar of question/type/multianswer: an alternative ends at `~`, its feedback at `~` or `}`.
_ALTERNATIVE = r"(=|%(-?\d+(?:[.,]\d*)?)%)?(.+?(?<!\\|&)(?<!&amp;)(?=[~#}]|$))(#(.*?(?<!\\)(?=[~}]|$)))?"
_GAP = re.compile(
    rf"\{{(\d*):(MULTICHOICE|MC|MULTICHOICE_S|MCS|SHORTANSWER|SA):({_ALTERNATIVE}(?:~{_ALTERNATIVE})*)\}}",
    re.DOTALL,
)


def read(content: bytes) -> list[etree._Element]:
    """Return the elements below the root, entities off."""
    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    assert root.tag == "quiz"
    return list(root)


# The characters for which its database has room: a longer value ends the import.
_ROOM = {"name/text": 255, "idnumber": 100, "subquestion/answer/text": 255, "tags/tag/text": 255}


def questions(content: bytes) -> dict[str, etree._Element]:
    """Return the questions of a file by their id numbers."""
    found = [element for element in read(content) if element.get("type") != "category"]
    by_id = {element.findtext("idnumber"): element for element in found}
    assert len(by_id) == len(found)
    for element in found:
        _accepted(element)
    return by_id


def _accepted(question: etree._Element) -> None:
    """Assert what would end the import, or leave the question out, otherwise."""
    for path, room in _ROOM.items():
        assert all(len(words(found, ".")) <= room for found in question.iterfind(path)), path
    assert words(question, "name/text")
    shares = [float(answer.get("fraction")) for answer in question.iterfind("answer")]
    match question.get("type"):
        case "shortanswer":
            assert max(shares) == 100
            assert all(words(answer, "text") for answer in question.iterfind("answer"))
        case "multichoice":
            assert len([answer for answer in question.iterfind("answer") if words(answer, "text")]) >= 2
        case "matching":
            assert all(words(pair, "answer/text") for pair in question.iterfind("subquestion"))
        case "cloze":
            found = gaps(words(question, "questiontext/text"))
            assert found
            for gap in found:
                assert max(alternative.fraction for alternative in gap.alternatives) == 1
                assert len(gap.alternatives) >= (2 if gap.kind.startswith("M") else 1)


def words(element: etree._Element, path: str) -> str:
    """Return the text at a path, without surrounding space, as Moodle's `getpath` does."""
    return (element.findtext(path) or "").strip()


@dataclass(frozen=True)
class Alternative:
    text: str
    fraction: float
    feedback: str


@dataclass(frozen=True)
class Gap:
    weight: int
    kind: str
    alternatives: tuple[Alternative, ...]


def gaps(text: str) -> list[Gap]:
    """Return the gaps that Moodle finds in the text of a question."""
    return [Gap(int(found[1] or 1), found[2], _alternatives(found[3])) for found in _GAP.finditer(text)]


def _alternatives(text: str) -> tuple[Alternative, ...]:
    found = []
    while match := re.search(f"~?{_ALTERNATIVE}", text, re.DOTALL):
        share = 1.0 if match[1] == "=" else float(match[2].replace(",", ".")) / 100 if match[2] else 0.0
        answer, feedback = (_undone(part or "") for part in (match[3], match[5]))
        found.append(Alternative(answer, share, feedback))
        text = text[match.end() :]
    return tuple(found)


def _undone(part: str) -> str:
    return unescape(part).replace("\\}", "}").replace("\\#", "#")


def matches(pattern: str, typed: str) -> bool:
    """Tell whether a short answer is found: any case, `*` for anything."""
    pattern, typed = (unicodedata.normalize("NFC", value) for value in (pattern, typed))
    parts = [re.escape(part.replace("\\*", "*")) for part in re.split(r"(?<!\\)\*+", pattern)]
    return bool(re.fullmatch(".*".join(parts), typed.strip(), re.IGNORECASE))


def _clamped(share: float) -> float:
    return min(1.0, max(0.0, share))


def mark(question: etree._Element, response: object) -> float:
    """Return what a response earns, from 0 to 1: texts chosen or typed, or sources and their targets."""
    match question.get("type"):
        case "multichoice" | "truefalse":
            return _clamped(
                sum(
                    float(answer.get("fraction")) / 100
                    for answer in question.iterfind("answer")
                    if words(answer, "text") in response  # type: ignore[operator]
                )
            )
        case "shortanswer":
            return _first(question, lambda answer: matches(words(answer, "text"), str(response)))
        case "numerical":
            return _first(question, lambda answer: _near(answer, response))
        case "matching":
            assert isinstance(response, Mapping)
            pairs = [
                (words(pair, "text"), words(pair, "answer/text")) for pair in question.iterfind("subquestion")
            ]
            stems = [pair for pair in pairs if pair[0]]
            return sum(response.get(stem) == target for stem, target in stems) / len(stems)
        case "cloze":
            found = gaps(words(question, "questiontext/text"))
            earned = [_gap(gap, given) for gap, given in zip(found, response, strict=True)]  # type: ignore[call-overload]
            weights = [gap.weight for gap in found]
            return _clamped(sum(e * w for e, w in zip(earned, weights, strict=True)) / sum(weights))
        case other:
            raise AssertionError(other)


def _first(question: etree._Element, right) -> float:  # type: ignore[no-untyped-def] # noqa: ANN001
    found = (float(answer.get("fraction")) / 100 for answer in question.iterfind("answer") if right(answer))
    return _clamped(next(found, 0.0))


def _near(answer: etree._Element, response: object) -> bool:
    distance = abs(float(words(answer, "text")) - float(str(response)))
    return distance <= float(words(answer, "tolerance")) + 1e-9


def _gap(gap: Gap, given: str) -> float:
    for alternative in gap.alternatives:
        found = alternative.text == given if gap.kind.startswith("MC") else matches(alternative.text, given)
        if found:
            return alternative.fraction
    return 0.0
