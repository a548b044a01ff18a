"""What writes one question: its texts as one line each, and what they lose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from generator.importers.base import Asked, Lost, Words
from generator.importers.markup import inline
from generator.importers.page import Passage, page


@dataclass(slots=True)
class Scribe:
    """Writes one question, and keeps what it loses."""

    asked: Asked
    id: str
    losses: list[Lost] = field(default_factory=list)

    def lose(self, what: str, why: str) -> None:
        """Note something of this question that a sheet cannot hold."""
        self.losses.append(Lost(self.asked.at, self.id, what, why))

    def read(self, words: Words, what: str) -> tuple[Passage, ...]:
        """Return the blocks of a text; what they lose is told."""
        found = page(words)
        for name in found.lost:
            self.lose(what, f"{name} cannot stand in a text")
        return found.passages

    def line(self, words: Words, what: str) -> str:
        """Return a text as one line of our markup."""
        return self.join(self.read(words, what), what, words.form)

    def join(self, passages: Sequence[Passage], what: str, form: str = "html") -> str:
        """Return blocks as one line of our markup."""
        made, whole = inline(passages, form)
        if not whole:
            self.lose(what, "its emphasis, code or links could not be kept")
        return made

    def said(self, words: Words, what: str = "feedback") -> str:
        """Return what is said to an answer; of our own exports, without the misconception told after it."""
        passages = self.read(words, what)
        if self.asked.ours:
            cut = headed(passages)
            if cut < len(passages):
                self.lose("misconception", "name it again where an answer betrays it")
            passages = passages[:cut]
        return self.join(passages, what, words.form)


def headed(passages: Sequence[Passage]) -> int:
    """Return the place of the first heading of our exports: strong words above a line or a list."""
    for place, passage in enumerate(passages):
        below = passages[place + 1].tag if place + 1 < len(passages) else ""
        if below in ("br", "li") and all(
            "**" in piece.marks for piece in passage.pieces if piece.value.strip()
        ):
            return place
    return len(passages)
