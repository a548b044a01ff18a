"""The answers of each type of question into the fields that the authored type has for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from typing import Any

from generator.importers.base import SLOT, Hole, Kind, Reply
from generator.importers.matchings import match
from generator.importers.page import Passage, bare, plain
from generator.importers.scribe import Scribe, headed
from generator.inline import tokens
from generator.scoring import normalise

_CLOSE = 1e-3
_FULL = 1 - 1e-6
_SLOTS = re.compile(f"{SLOT}(\\d+){SLOT}")
Fields = dict[str, Any]


def written(scribe: Scribe, rest: str) -> tuple[str, Fields]:
    """Return the authored type of a question and the fields of its answers; `rest` is its text or unit."""
    match scribe.asked.kind:
        case Kind.CHOICE:
            return _choice(scribe)
        case Kind.TRUTH:
            return "truefalse", _truth(scribe)
        case Kind.SHORT:
            return "short", {"answers": _typed(scribe, scribe.asked.replies)}
        case Kind.NUMBER:
            return "numeric", _numeric(scribe, rest)
        case Kind.MATCH:
            return match(scribe)
        case Kind.ORDER:
            entries = [scribe.line(reply.words, "answer") for reply in scribe.asked.replies]
            return "order", {"entries": {f"e{n}": entry for n, entry in enumerate(entries, start=1)}}
        case Kind.CLOZE:
            return "cloze", _cloze(scribe, rest)
        case Kind.ESSAY:
            return "free", _essay(scribe)


def letter(place: int) -> str:
    """Return the id of the answer at `place`, from 0: a to z, then a27 and so on."""
    return chr(ord("a") + place) if place < 26 else f"a{place + 1}"


def _answer(scribe: Scribe, reply: Reply, **fields: object) -> Fields:
    said = scribe.said(reply.feedback)
    return fields | ({"feedback": said} if said else {})


def _share(share: float) -> float:
    """Return a share of the points as authors write one: Moodle cuts thirds after five decimals."""
    for parts in range(1, 21):
        if abs(share * parts - round(share * parts)) < _CLOSE / 10 and 0 <= share <= 1:
            return round(round(share * parts) / parts, 5)
    return round(share, 5)


def _credited(scribe: Scribe, reply: Reply, *, key: bool) -> Fields:
    """Return the fields of one choice: the key, or one that earns a share or nothing."""
    earned = _share(min(1.0, max(0.0, reply.share)))
    fields: Fields = {"text": scribe.line(reply.words, "choice")}
    if key:
        fields["correct"] = True
    if (earned < _FULL) if key else earned > 0:
        fields["credit"] = earned
    return _answer(scribe, reply, **fields)


def _choice(scribe: Scribe) -> tuple[str, Fields]:
    replies = scribe.asked.replies
    if not scribe.asked.single:
        return "multiple", _multiple(scribe)
    key = _best(replies)
    if any(reply.share < 0 for reply in replies):
        scribe.lose("weights", "an answer that takes points away earns none instead")
    choices = {
        letter(place): _credited(scribe, reply, key=reply is key) for place, reply in enumerate(replies)
    }
    return "single", {"choices": choices}


def _best(replies: Sequence[Reply]) -> Reply | None:
    return max(replies, key=lambda reply: reply.share, default=None)


def _multiple(scribe: Scribe) -> Fields:
    """Return choices scored right minus wrong over the keys; other weights are told."""
    replies = scribe.asked.replies
    keys = [reply.share for reply in replies if reply.share > 0]
    wrong = [reply.share for reply in replies if reply.share <= 0]
    even = 1 / len(keys) if keys else 0
    partial: Fields = {}
    if any(abs(share - even) > _CLOSE for share in keys) or any(
        abs(share + even) > _CLOSE for share in wrong
    ):
        if len(keys) > 1 and wrong and all(abs(share + 1) < _CLOSE for share in wrong):
            partial = {"partial": False}
            if not scribe.asked.ours:
                scribe.lose("weights", "a wrong choice took all points back: it is all or nothing instead")
        else:
            scribe.lose(
                "weights", "they become right choices minus wrong ones, over the number of right ones"
            )
    choices: Fields = {}
    for place, reply in enumerate(replies):
        fields: Fields = {"text": scribe.line(reply.words, "choice")}
        fields |= {"correct": True} if reply.share > 0 else {}
        choices[letter(place)] = _answer(scribe, reply, **fields)
    return partial | {"choices": choices}


def _truth(scribe: Scribe) -> Fields:
    """Return a statement to judge; its two answers are named `true` and `false`."""
    found = {plain(reply.words).lower(): reply for reply in scribe.asked.replies}
    fields: Fields = {"answer": found["true"].share > found["false"].share}
    said = {f"feedback_{name}": scribe.said(found[name].feedback) for name in ("true", "false")}
    return fields | {name: text for name, text in said.items() if text}


def _typed(scribe: Scribe, replies: Iterable[Reply]) -> Fields:
    """Return the answers to type, once each: our scoring takes some spellings for the same."""
    found: dict[str, tuple[Fields, float]] = {}
    for reply in replies:
        text = _literal(scribe, reply)
        typed = normalise(text)
        if not typed:
            continue
        share = _share(min(1.0, max(0.0, reply.share)))
        fields = _answer(scribe, reply, text=text, **({"credit": share} if share < _FULL else {}))
        if typed not in found:
            found[typed] = (fields, share)
        elif found[typed][1] != share:
            scribe.lose(
                "answer", f"“{text}” is the same answer as one before it: case and accents do not count"
            )
    return {letter(place): fields for place, (fields, _) in enumerate(found.values())}


def _literal(scribe: Scribe, reply: Reply) -> str:
    """Return an answer to type, or nothing for one that stands for several."""
    text = bare(reply.words.text).replace("-*>", "->").strip()
    if re.search(r"(?<!\\)\*", text):
        why = "“*” for any characters is not known: its answer or feedback is left out"
        scribe.lose("answer", f"“{text}”: {why}" if text != "*" else why)
        return ""
    text = " ".join(text.replace(r"\*", "*").split())
    if any(token.type != "text" for token in tokens(text)):
        scribe.lose("answer", f"“{text}” holds signs of our markup, which an answer to type may not")
    return text


def _numeric(scribe: Scribe, unit: str) -> Fields:
    numbers: Fields = {}
    for reply in scribe.asked.replies:
        if reply.words.text == "*":
            scribe.lose("feedback", "what is said to any other number is left out")
            continue
        share = _share(min(1.0, max(0.0, reply.share)))
        fields: Fields = {"value": float(reply.words.text)}
        fields |= {"tolerance": reply.tolerance} if reply.tolerance else {}
        fields |= {"credit": share} if share < _FULL else {}
        numbers[letter(len(numbers))] = _answer(scribe, reply, **fields)
    shown = unit or scribe.asked.unit
    return {"answers": numbers} | ({"unit": shown} if shown else {})


def _cloze(scribe: Scribe, text: str) -> Fields:
    gaps: Fields = {}
    for number, hole in enumerate(scribe.asked.holes, start=1):
        gaps[f"g{number}"] = _gap(scribe, hole)
    plain_braces = re.sub(r"\{(?=[a-z0-9-]+\})", "{ ", text)
    shown = _SLOTS.sub(lambda slot: f"{{g{int(slot[1]) + 1}}}", plain_braces)
    return {"text": shown, "gaps": gaps}


def _gap(scribe: Scribe, hole: Hole) -> Fields:
    if not hole.listed:
        return {"accept": _typed(scribe, hole.replies)}
    key = _best(hole.replies)
    choices = {
        letter(place): _credited(scribe, reply, key=reply is key) for place, reply in enumerate(hole.replies)
    }
    return {"choices": choices}


def _essay(scribe: Scribe) -> Fields:
    """Return an open question; only our exporters write its rubric where it can be found again."""
    passages = scribe.read(scribe.asked.model, "model answer")
    if scribe.asked.ours and (place := headed(passages)) < len(passages):
        lines = list(takewhile(lambda passage: passage.tag == "li", passages[place + 1 :]))
        model = passages[place + len(lines) + 2 : place + len(lines) + 3]
        if lines and model:
            return {
                "rubric": dict(_rubric(scribe, lines)),
                "model_answer": scribe.join(model, "model answer"),
            }
    scribe.lose("rubric", "a free answer needs one: “…” stands for what is to be written")
    return {"rubric": {"r1": "…"}, "model_answer": scribe.join(passages, "model answer") or "…"}


def _rubric(scribe: Scribe, lines: Iterable[Passage]) -> Iterator[tuple[str, Fields]]:
    """Yield criteria; each ends in its points between parentheses."""
    for number, passage in enumerate(lines, start=1):
        text = scribe.join([passage], "rubric")
        found = re.search(r" \(([0-9]+(?:[.,][0-9]+)?)\)\Z", text)
        points = float(found[1].replace(",", ".")) if found else 1.0
        yield (
            f"r{number}",
            {"text": text[: found.start()] if found else text} | ({"points": points} if points != 1 else {}),
        )
