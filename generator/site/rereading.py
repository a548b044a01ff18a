"""From a question to the sentence that explains it, and back: two links, which need no script."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from generator.inline import references
from generator.model.course import Concept
from generator.model.items import Item
from generator.player.html import anchor
from generator.text import Text

_TAG = re.compile(r"<(/?)[^>]*>")
# A sentence ends before a space that may break, but for East Asian ones; tags are masked as \0.
_END = re.compile(r"[.!?…؟][\0\s»”’\")]*[ \n]|[。！？][\0」』）]*")


@dataclass(frozen=True)
class Rereading:
    """Where the items of one sheet are explained.

    The way back is an anchor of the item's own beside the sentence, seen only while it is the page's target.
    """

    concept: Concept

    @cached_property
    def _cited(self) -> dict[str, str]:
        """The context of the text that cites each claim first."""
        found: dict[str, str] = {}
        for text in _passages(self.concept):
            for scheme, target in references(text):
                if scheme == "claim":
                    found.setdefault(target, text.context)
        return found

    @cached_property
    def _items(self) -> dict[str, list[tuple[int, Item]]]:
        """The items that each claim explains, numbered: of an item's claims, the first that is cited."""
        found: dict[str, list[tuple[int, Item]]] = {}
        for number, item in enumerate(self.concept.items, start=1):
            if item.claims:
                cited = (claim for claim in item.claims if claim in self._cited)
                found.setdefault(next(cited, item.claims[0]), []).append((number, item))
        return found

    def href(self, item: Item) -> str | None:
        """Return where an item is explained on its page; None if it names no claim."""
        return f"#{_place(item)}" if item.claims else None

    def passage(self, text: Text, html: Markup, label: Callable[[int], str]) -> Markup:
        """Return the HTML of a text of a section, with the ways back after each sentence that explains."""
        waiting = [claim for claim in self._items if self._cited.get(claim) == text.context]
        shown = Markup("")
        for sentence in _sentences(html) if waiting else (html,):
            cited = [claim for claim in waiting if f'href="#claim-{claim}"' in sentence]
            waiting = [claim for claim in waiting if claim not in cited]
            shown += self._marked(sentence, cited, label) if cited else Markup(sentence)
        return shown

    def _marked(self, sentence: str, cited: list[str], label: Callable[[int], str]) -> Markup:
        backs = Markup("").join(self._backs(claim, f"said--{cited[0]}", label) for claim in cited)
        said = Markup('<span class="fi-said" id="said--{}">{}</span>').format(cited[0], Markup(sentence))
        return said + Markup('<span class="fi-backs">{}</span>').format(backs)

    def claim(self, name: str, label: Callable[[int], str]) -> Markup:
        """Return the ways back from a claim that no sentence of the sections cites."""
        if name in self._cited or name not in self._items:
            return Markup("")
        return Markup('<span class="fi-backs">{}</span>').format(self._backs(name, f"claim-{name}", label))

    def _backs(self, claim: str, said: str, label: Callable[[int], str]) -> Markup:
        link = Markup('<a class="fi-back" id="{}" href="#{}" aria-describedby="{}">{}</a>')
        return Markup("").join(
            link.format(_place(item), anchor(item), said, label(number))
            for number, item in self._items[claim]
        )


def _place(item: Item) -> str:
    return f"{anchor(item)}--why"


def _passages(concept: Concept) -> Iterator[Text]:
    for section in concept.sections:
        for block in section.body:
            entries = (entry.text for entry in (*block.bullets, *block.steps))
            yield from filter(None, (block.text, *entries))


def _sentences(html: str) -> Iterator[str]:
    """Yield the sentences of phrasing HTML; an element that holds several is one with them."""
    masked = _TAG.sub(lambda tag: "\0" * len(tag[0]), html)
    start = 0
    for end in (*(found.end() for found in _END.finditer(masked)), len(html)):
        closes = [bool(tag[1]) for tag in _TAG.finditer(html, start, end)]
        if start < end and 2 * sum(closes) == len(closes):
            yield html[start:end]
            start = end
