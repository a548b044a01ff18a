"""GIFT into questions, read as Moodle reads it (question/format/gift/format.php), with located faults."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from generator.importers.base import MAX_ANSWERS, Asked, Kind, Pair, Reading, Reply, Words
from generator.importers.page import plain

# Escaped signs while a question is taken apart, as characters that no text holds.
_ESCAPED = {sign: chr(0xFDD1 + place) for place, sign in enumerate("\\:#={}~n")}
_BACK = {ord(code): "\n" if sign == "n" else sign for sign, code in _ESCAPED.items()}
_STRANGE = re.compile("[\ufdd0-\ufdef]")
_WEIGHT = re.compile(r"\s*%(-?[0-9]{1,3}(?:\.[0-9]*)?)%")
_ODD_WEIGHT = re.compile(r"\s*%(-?[0-9.,]+)%")
_FORMAT = re.compile(r"\s*\[(html|plain|markdown|moodle)\]")
_ID = re.compile(r"\[id:((?:\\\]|[^\]\x00-\x1f])+)\]")
_TAG = re.compile(r"\[tag:((?:\\\]|[^\]\x00-\x1f])+)\]")
_NUMBER = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,2})?\Z")
_BLANK = "_____"
_RIGHT = "=%100%"


def read(path: str, text: str) -> Reading:
    """Return the questions of a GIFT text; `path` is how faults name it."""
    reading = Reading(path)
    for line, block in _blocks(_STRANGE.sub("", text)):
        _Question(reading, line, block).read()
    return reading


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the lines between blank ones, with the number of the first."""
    block: list[str] = []
    lines = text.splitlines() if "\n" in text else text.split("\r")
    for number, line in enumerate([*lines, ""], start=1):
        if line.strip():
            block.append(line.strip())
        elif block:
            yield number - len(block), block
            block = []


class _Question:
    """One block of lines, taken apart."""

    def __init__(self, reading: Reading, line: int, lines: list[str]) -> None:
        self.reading, self.line = reading, line
        self.comment = "\n".join(entry for entry in lines if entry.startswith("//"))
        body = "\n".join("" if entry.startswith("//") else entry for entry in lines)
        self.text = re.sub(r"\\([\\:#={}~n])", lambda sign: _ESCAPED[sign[1]], body)
        self.form = "html"
        self.name = ""

    def where(self, offset: int = 0) -> int:
        """Return the line of the file at an offset of the block."""
        return self.line + self.text.count("\n", 0, offset)

    def fault(self, offset: int, code: str, message: str, hint: str = "") -> None:
        self.reading.fault(self.where(offset), code, message, hint)

    def read(self) -> None:
        """Note the question of this block, or what is wrong with it."""
        bare = self.text.strip()
        if not bare or bare.startswith("$CATEGORY:"):
            return
        start = self._named(len(self.text) - len(self.text.lstrip()))
        opens, closes = self.text.find("{", start), self.text.find("}", start)
        if opens < 0 and closes < 0:
            shown = self.name or plain(self.words(self.text[start:]))[:60]
            self.reading.lose(self.where(), shown, "description", "a text that asks nothing has no item")
        elif opens >= 0 and closes < 0:
            hint = "write “}” after the last answer; a blank line ends a question"
            self.fault(opens, "gift-brace", "this “{” is never closed", hint)
        elif opens < 0 or closes < opens:
            self.fault(closes, "gift-brace", "this “}” closes nothing", "write “\\}” for the sign itself")
        elif (other := self.text.find("{", opens + 1)) >= 0:
            hint = "write “\\{” for the sign itself; two questions are parted by a blank line"
            self.fault(other, "gift-brace", "a second “{” stands in this question", hint)
        else:
            self._answered(start, opens, closes)

    def _named(self, start: int) -> int:
        if not self.text.startswith("::", start):
            return start
        end = self.text.find("::", start + 2)
        if end < 0:
            self.fault(start, "gift-name", "the name of this question has no end", "write “::name::”")
            return start + 2
        self.name = " ".join(self.back(self.text[start + 2 : end]).split())
        return end + 2

    def back(self, value: str) -> str:
        return value.translate(_BACK)

    def words(self, value: str) -> Words:
        """Return a text, whose format it may name."""
        found = _FORMAT.match(value)
        form = {"moodle": "html"}.get(found[1], found[1]) if found else self.form
        return Words(text=self.back(value[found.end() :] if found else value).strip(), form=form)

    def _answered(self, start: int, opens: int, closes: int) -> None:
        before, inside, behind = (
            self.text[start:opens],
            self.text[opens + 1 : closes],
            self.text[closes + 1 :],
        )
        asked = self.words(f"{before}{_BLANK}{behind}" if behind.strip() else before)
        self.form = asked.form
        body, mark, after = inside.rpartition("####")
        answers = body if mark else inside
        kind = self._kind(answers.strip())
        if answers.count("=") + answers.count("~") > MAX_ANSWERS:
            self.reading.crowded(self.where(opens))
            return
        offset = opens + 1
        faults = len(self.reading.faults)
        found = Asked(
            at=self.reading.at(self.where(start)),
            kind=kind,
            name=self.name,
            text=asked,
            single="=" in answers,
            after=self.words(after) if mark else Words(),
            model=self.words(after) if mark and kind is Kind.ESSAY else Words(),
            replies=tuple(self._replies(kind, answers, offset)),
            pairs=tuple(self._pairs(answers, offset)) if kind is Kind.MATCH else (),
            idnumber=_first(_ID, self.comment),
            tags=tuple(tag.replace("\\]", "]").strip() for tag in _TAG.findall(self.comment)),
        )
        if len(self.reading.faults) == faults:
            self.reading.asked.append(found)

    def _kind(self, answers: str) -> Kind:
        if not answers:
            return Kind.ESSAY
        if answers.startswith("#"):
            return Kind.NUMBER
        if "~" in answers:
            return Kind.CHOICE
        if "=" in answers and "->" in answers:
            return Kind.MATCH
        said = answers.partition("#")[0].strip()
        return Kind.TRUTH if said in ("T", "TRUE", "F", "FALSE") else Kind.SHORT

    def _replies(self, kind: Kind, answers: str, offset: int) -> Iterator[Reply]:
        match kind:
            case Kind.TRUTH:
                yield from self._truth(answers)
            case Kind.CHOICE:
                found = list(_parts(answers, "~="))
                if len(found) < 2:
                    self.fault(offset, "gift-choices", "a choice needs two answers or more", "add “~wrong”")
                for sign, part, at in found:
                    yield self._reply(part, offset + at, 1.0 if sign == "=" else 0.0, weighed=sign == "~")
            case Kind.SHORT:
                for _, part, at in _parts(answers, "="):
                    yield self._reply(part, offset + at, 1.0, weighed=True)
            case Kind.NUMBER:
                yield from self._numbers(answers, offset)

    def _truth(self, answers: str) -> Iterator[Reply]:
        said, wrong, right, *_ = (*(answers.split("#", 2)), "", "")
        truth = said.strip().startswith("T")
        for name, is_right in (("true", truth), ("false", not truth)):
            words = self.words(right if is_right else wrong)
            yield Reply(words=Words(text=name, form="plain"), share=float(is_right), feedback=words)

    def _reply(self, part: str, offset: int, share: float, *, weighed: bool) -> Reply:
        found = _WEIGHT.match(part) if weighed else None
        if found:
            share, part = float(found[1]) / 100, part[found.end() :]
        elif weighed and _ODD_WEIGHT.match(part):
            self.fault(offset, "gift-weight", "this weight is no number", "write “%50%” or “%33.33333%”")
        if abs(share) > 1:
            self.fault(offset, "gift-weight", f"the weight {share:.0%} is not between -100 % and 100 %")
        text, _, feedback = part.partition("#")
        return Reply(words=self.words(text), share=share, feedback=self.words(feedback))

    def _numbers(self, answers: str, offset: int) -> Iterator[Reply]:
        body = answers.replace("#", " ", 1)
        for sign, part, at in _parts(body, "=~"):
            reply = self._reply(part, offset + at, 0.0 if sign == "~" else 1.0, weighed=True)
            if not reply.words.text and sign == "~":
                yield Reply(words=Words(text="*", form="plain"), feedback=reply.feedback)
                continue
            value = self._interval(part, reply, offset + at)
            if value:
                words = Words(text=repr(value[0]), form="plain")
                yield Reply(words=words, share=reply.share, feedback=reply.feedback, tolerance=value[1])

    def _interval(self, part: str, reply: Reply, offset: int) -> tuple[float, float] | None:
        """Return the middle and half the width of `4.5:0.5` or `4..5`."""
        one, span, other = re.match(
            r"([^.:]*(?:\.(?!\.)[^.:]*)?)(\.\.|:)?(.*)\Z", reply.words.text, re.S
        ).groups()  # type: ignore[union-attr]
        first, second = one.strip(), (other or "").strip()
        if not _NUMBER.match(first) or (not _NUMBER.match(second) if span else second):
            message = f"“{reply.words.text[:40]}” is no number"
            self.fault(offset, "gift-number", message, "write “{#3.5}”, “{#3.5:0.1}” or “{#3..4}”")
            return None
        if span == "..":
            low, high = float(first), float(second)
            return (low + high) / 2, abs(high - low) / 2
        return float(first), abs(float(second)) if span else 0.0

    def _pairs(self, answers: str, offset: int) -> Iterator[Pair]:
        found = list(_parts(answers, "="))
        if len(found) < 2:
            self.fault(offset, "gift-match", "a matching needs two pairs or more", "add “=one -> other”")
        for _, part, at in found:
            source, arrow, target = part.partition("->")
            if not arrow or not target.strip():
                self.fault(offset + at, "gift-match", "this pair has no answer", "write “=one -> other”")
            yield Pair(source=self.words(source), target=Words(text=self.back(target).strip()))


def _parts(answers: str, signs: str) -> Iterator[tuple[str, str, int]]:
    """Yield each answer with the sign before it and its place; one without a sign counts as right."""
    places = [found.start() for found in re.finditer(f"[{signs}]", answers)]
    if answers[: places[0] if places else None].strip():
        yield "=", answers[: places[0] if places else None], 0
    for start, end in pairwise((*places, len(answers))):
        part = answers[start + 1 : end]
        yield answers[start], part, start + 1 + len(part) - len(part.lstrip())


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[1].replace("\\]", "]").strip() if found else ""
