"""What a file of questions holds, as Moodle knows it, and what is told about it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from generator.errors import At, Fault, FaultsError
from generator.model.base import ID

MAX_BYTES = 20_000_000
MAX_QUESTIONS = 2_000
MAX_ANSWERS = 200  # of one question
MAX_TEXT = 20_000  # characters of one text, without the images inside it
# `course.concept.item.locale`, as our exporters identify items.
_OURS = re.compile(r"([a-z0-9-]+)\.([a-z0-9-]+)\.([a-z0-9-]+)\.[A-Za-z_]+\Z")


class Kind(StrEnum):
    """The types of question that Moodle has and a sheet can hold."""

    CHOICE = "multichoice"
    TRUTH = "truefalse"
    SHORT = "shortanswer"
    NUMBER = "numerical"
    MATCH = "matching"
    ORDER = "ordering"
    CLOZE = "cloze"
    ESSAY = "essay"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A text as the file has it: `form` is html, plain or markdown."""

    text: str = ""
    form: str = "html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer that a question foresees; `share` of the points, which may be below zero."""

    words: Words
    share: float = 0.0
    feedback: Words = Words()
    tolerance: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """What is to be matched and with what; without the first, only something to choose in vain."""

    source: Words
    target: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Hole:
    """One gap of a text: chosen from a list or typed."""

    listed: bool
    replies: tuple[Reply, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question of a file. `text` of a cloze holds `SLOT` + n at the place of its nth gap."""

    at: At
    kind: Kind
    name: str = ""
    text: Words = Words()
    single: bool = True
    replies: tuple[Reply, ...] = ()
    pairs: tuple[Pair, ...] = ()
    holes: tuple[Hole, ...] = ()
    unit: str = ""
    after: Words = Words()
    model: Words = Words()
    hints: tuple[Words, ...] = ()
    tags: tuple[str, ...] = ()
    idnumber: str = ""
    points: float = 1.0

    @property
    def texts(self) -> Iterator[Words]:
        """Every text of the question."""
        replies = (*self.replies, *(reply for hole in self.holes for reply in hole.replies))
        yield from (self.text, self.after, self.model, *self.hints, Words(text=self.name))
        yield from (words for reply in replies for words in (reply.words, reply.feedback))
        yield from (words for pair in self.pairs for words in (pair.source, pair.target))

    @property
    def ours(self) -> tuple[str, str] | None:
        """The ids of the sheet and of the item, if one of our exporters wrote this question."""
        found = _OURS.match(self.idnumber)
        return (found[2], found[3]) if found and ID.match(found[2]) and ID.match(found[3]) else None


_DATA = re.compile(r"data:[a-z]+/[^\s\"'>]*")
SLOT = "\ufdd0"  # no text holds it: it is no character


@dataclass(frozen=True, slots=True, order=True)
class Lost:
    """Something of a file that a sheet cannot hold: where, which question, what, and why."""

    at: At
    item: str
    what: str
    why: str

    def __str__(self) -> str:
        return f"{self.at}: {self.item or 'the file'}: {self.what}: {self.why}"


@dataclass(slots=True)
class Reading:
    """What reading a file has found so far."""

    path: str
    asked: list[Asked] = field(default_factory=list)
    losses: list[Lost] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def at(self, line: int) -> At:
        """Return a place in this file."""
        return At(self.path, max(1, line))

    def fault(self, line: int, code: str, message: str, hint: str = "") -> None:
        """Note a mistake, and what was expected."""
        self.faults.append(Fault(self.at(line), code, message, hint))

    def crowded(self, line: int) -> None:
        """Note a question with more answers than anybody reads."""
        self.fault(line, "import-long", f"this question has more than {MAX_ANSWERS} answers", "split it")

    def lose(self, line: int, item: str, what: str, why: str) -> None:
        """Note something that a sheet cannot hold."""
        self.losses.append(Lost(self.at(line), item, what, why))

    def whole(self) -> None:
        """Raise FaultsError with every mistake, if there is any."""
        if len(self.asked) > MAX_QUESTIONS:
            self.fault(1, "import-size", f"this file holds more than {MAX_QUESTIONS:,} questions", "split it")
        for asked in self.asked:
            if len(asked.replies) + len(asked.pairs) + len(asked.holes) > MAX_ANSWERS:
                self.crowded(asked.at.line)
            if any(len(_DATA.sub("", words.text)) > MAX_TEXT for words in asked.texts):
                message = f"a text of this question has more than {MAX_TEXT:,} characters"
                self.faults.append(Fault(asked.at, "import-long", message, "shorten it"))
        if not self.asked and not self.faults and not self.losses:
            self.fault(1, "import-empty", "this file holds no question")
        if self.faults:
            raise FaultsError(self.faults)


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """Items and stimuli as a sheet writes them, by id; what is left to write for each, and what is lost."""

    items: Mapping[str, Mapping[str, object]]
    stimuli: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    losses: tuple[Lost, ...] = ()
