"""What an exporter is given: a quiz in one locale, and everything that its items need to be read."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache, wraps
from hashlib import sha256
from typing import Any, TypeVar

from babel import Locale
from babel.numbers import format_decimal, format_percent

from generator.inline import Inline, Link, cldr, references
from generator.model.course import Citation, Claim, Concept, Course, Objective
from generator.model.diagram import Diagram
from generator.model.items import Answer, Item, MatchInteraction, Stimulus
from generator.model.walk import texts
from generator.text import FORBIDDEN, PLACEHOLDER, Text

# Characters of private use that exporters mark places with (`fragments.mark`).
MARKS = ("\uf0f0", "\uf0f1")
# What XML and UTF-8 refuse; a catalog or a third-party source could still bring one.
_UNWRITABLE = re.compile(f"[\ud800-\udfff\ufffe\uffff{''.join(MARKS)}]")
_REFUSED = re.compile(f"{FORBIDDEN.pattern}|{_UNWRITABLE.pattern}")  # by far most texts hold none of it
_WEB = re.compile("https?://", re.IGNORECASE)
_SPACE = re.compile(r"[\t\n][ \t\n]*| [ \t\n]+")  # what is not one plain space


def clean(value: str) -> str:
    """Return `value` without the characters that no file should hold."""
    return _UNWRITABLE.sub("\ufffd", FORBIDDEN.sub("", value)) if _REFUSED.search(value) else value


def spaced(value: str) -> str:
    """Return characters on one line, with one plain space between words."""
    return _SPACE.sub(" ", value)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A diagram in one locale: an SVG element, and the sentences that say the same."""

    id: str
    title: str
    svg: str
    steps: tuple[str, ...]


@lru_cache(maxsize=4096)
def _number(value: float, locale: str) -> str:
    return str(format_decimal(value, locale=cldr(locale), decimal_quantization=False))


@dataclass(frozen=True, slots=True)
class Memo:
    """What has been worked out for a course in a locale: the same for every quiz and format."""

    made: dict[object, dict[object, tuple[object, Any]]] = field(default_factory=lambda: defaultdict(dict))
    fragments: dict[tuple[object, str], Any] = field(default_factory=dict)


P = TypeVar("P")
R = TypeVar("R")


def once(make: Callable[[Quiz, P], R]) -> Callable[[Quiz, P], R]:
    """Let a function of a quiz and a part of its course work once for each part, whatever asks for it.

    For what is the same in every quiz and format. A part is known by its identity, which is quicker than
    its value, and is kept beside what was made of it, so that no other part can take its place. A text that
    has been filled is known by its value: it is made anew each time.
    """

    @wraps(make)
    def recalled(quiz: Quiz, part: P) -> R:
        made = quiz.memo.made[make]
        key = part if isinstance(part, Text) and part.args else id(part)
        if (known := made.get(key)) is None:
            known = made[key] = (part, make(quiz, part))
        found: R = known[1]
        return found

    return recalled


@dataclass(frozen=True)
class Quiz:
    """Items of a course in one locale; `words` are the interface's, in the same locale.

    `label` is a title that a teacher typed, which is shown as it is instead of `title`.
    """

    id: str
    title: Text
    course: Course
    words: Mapping[str, Text]
    items: tuple[Item, ...]
    label: str = ""
    memo: Memo = field(default_factory=Memo, repr=False, compare=False)

    @property
    def locale(self) -> str:
        """The CLDR id of the locale."""
        return self.course.locale

    @cached_property
    def name(self) -> str:
        """The title in plain characters."""
        return spaced(clean(self.label)).strip() or self.plain(self.title)

    @property
    def version(self) -> str:
        """Eight characters that change whenever anything does that this quiz is made of, in this locale."""
        versions = self.course.versions
        return versions.get(self.id, versions[self.course.id])

    @property
    def stem(self) -> str:
        """The name of this quiz's files, without suffix: unique in the course, and safe anywhere."""
        own = "" if self.id == self.course.id else f"-{self.id}"
        return f"{self.course.id}{own}.{self.locale}"

    @cached_property
    def inline(self) -> Inline:
        """The renderer of texts; references lead to the cited source, or are left as words."""
        return Inline(self.locale, self._resolve)

    @cached_property
    def babel(self) -> Locale:
        """CLDR's data for the locale."""
        return cldr(self.locale)

    @cached_property
    def own_digits(self) -> bool:
        """Whether the locale's script has digits of its own."""
        return bool(self.babel.other_numbering_systems.get("native", "latn") != "latn")

    def _resolve(self, scheme: str, target: str) -> Link | None:
        url = self.address(target) if scheme == "source" else None
        return Link(url, title=self.course.source[target].title) if url else None

    def address(self, source: str) -> str | None:
        """Return the web address of a cited source; any other kind of address is not one to follow."""
        found = self.course.source.get(source)
        return clean(found.url) if found and found.url and _WEB.match(found.url) else None

    @once
    def html(self, text: Text) -> str:
        """Return a text as phrasing HTML."""
        return clean(str(self.inline.html(text)))

    @once
    def plain(self, text: Text) -> str:
        """Return a text as plain characters on one line."""
        return spaced(clean(self.inline.plain(text)))

    def typed(self, answer: Answer) -> str:
        """Return a foreseen answer as it is to be typed: neither typeset nor rendered."""
        return clean(str(answer.text))

    def word(self, name: str, **values: object) -> str:
        """Return an interface word as plain characters."""
        word = self.words[name]
        return self.plain(word.format(**values) if values else word)

    def said(self, answer: str, text: str) -> str:
        """Return what is said about an answer, and that answer; both are shown as they are given."""
        # Filled once typeset: an answer is quoted as it is to be typed.
        given = {"answer": answer, "text": text}
        return PLACEHOLDER.sub(lambda found: given.get(found[1], found[0]), self.word("export.said"))

    def number(self, value: float) -> str:
        """Return a number as the locale writes it, every digit kept."""
        return _number(value, self.locale)

    def percent(self, share: float) -> str:
        """Return a share as the locale writes a percentage."""
        return str(format_percent(share, locale=self.babel))

    def identify(self, item: Item) -> str:
        """Return the id of an item in this locale, the same for ever: an NCName of ASCII characters."""
        return f"{self.course.id}.{item.uid}.{self.locale}"

    @once
    def tags(self, item: Item) -> tuple[str, ...]:
        """Return the words that items are filtered by, the same in every locale."""
        objective = self.objective(item)
        bloom = (str(objective.bloom),) if objective else ()
        return (*bloom, str(item.type), *map(str, self.concept(item).levels), str(item.concept))

    def concept(self, item: Item) -> Concept:
        """Return the concept that an item belongs to."""
        return self.course.concept[item.concept]

    @once
    def objective(self, item: Item) -> Objective | None:
        """Return the objective that an item assesses."""
        return next((entry for entry in self.concept(item).objectives if entry.id == item.objective), None)

    @once
    def stimulus(self, item: Item) -> Stimulus | None:
        """Return what an item is about, if its question does not say it all."""
        return next((entry for entry in self.concept(item).stimuli if entry.id == item.stimulus), None)

    @once
    def texts(self, item: Item) -> tuple[Text, ...]:
        """Return the texts of an item."""
        return tuple(texts(item))

    @once
    def evidence(self, item: Item) -> tuple[Claim, ...]:
        """Return the claims that bear an item out: those it names, and those that its texts refer to."""
        found = (
            target for text in self.texts(item) for scheme, target in references(text) if scheme == "claim"
        )
        wanted = {*found, *item.claims}
        return tuple(claim for claim in self.concept(item).claims if claim.id in wanted)

    @once
    def citation(self, citation: Citation) -> str:
        """Return a citation as it is read: `RFC 5321, § 2.1`."""
        source = self.course.source.get(citation.source)
        section = self.word("site.section", section=citation.section) if citation.section else ""
        where = (source.short if source else citation.source, section, citation.detail)
        return clean(", ".join(part for part in where if part))

    @once
    def where(self, claim: Claim) -> str:
        """Return where a claim is taken from, as it is read."""
        return " ; ".join(map(self.citation, claim.sources))

    @once
    def drawings(self, item: Item) -> tuple[Drawing, ...]:
        """Return the diagrams that an item shows; the parts to be labelled bear their numbers."""
        marks: dict[str, dict[str, str]] = {}
        stimulus, asked = self.stimulus(item), item.interaction
        if stimulus and stimulus.diagram:
            marks[stimulus.diagram] = {}
        if isinstance(asked, MatchInteraction) and asked.diagram:
            numbered = enumerate(asked.sources, start=1)
            marks[asked.diagram] = {source.id: self.number(place) for place, source in numbered}
        diagrams = {str(diagram.id): diagram for diagram in self.concept(item).diagrams}
        prefix = f"{item.concept}-{item.id}"
        return tuple(
            self._drawing(diagrams[name], marked, prefix)
            for name, marked in marks.items()
            if name in diagrams
        )

    def _drawing(self, diagram: Diagram, marks: Mapping[str, str], prefix: str) -> Drawing:
        where = (self.locale, self.words, marks)
        return Drawing(
            id=diagram.id,
            title=self.plain(diagram.title),
            svg=clean(diagram.svg(*where, prefix=f"{prefix}-{diagram.id}")),
            steps=tuple(map(clean, diagram.steps(*where))),
        )


def quizzes(course: Course, words: Mapping[str, Text]) -> tuple[Quiz, ...]:
    """Return the quiz of each concept that has items, and one of the whole course, in that order."""
    whole = Quiz(course.id, course.title, course, words, course.items)
    own = (
        replace(whole, id=concept.id, title=concept.title, items=concept.items) for concept in course.concepts
    )
    return tuple(quiz for quiz in (*own, whole) if quiz.items)


def selected(
    quiz: Quiz,
    difficulties: Iterable[int] = (),
    count: int | None = None,
    seed: str = "",
    tags: Iterable[str] = (),
) -> Quiz:
    """Return a quiz of at most `count` items of these difficulties that bear all `tags`, in reading order.

    Which items depends on `seed` and on their ids only, so that it is the same in every locale.
    """
    levels, wanted = frozenset(difficulties), frozenset(tags)
    kept = [
        item
        for item in quiz.items
        if (not levels or item.difficulty in levels) and wanted.issubset(quiz.tags(item))
    ]
    drawn = sorted(kept, key=lambda item: sha256(f"{seed}/{item.uid}".encode()).digest())
    taken = {item.uid for item in drawn[:count]}
    return replace(quiz, items=tuple(item for item in kept if item.uid in taken))


COMPOSED = "composed"


def composed(whole: Quiz, choice: Iterable[tuple[str, float | None]], label: str = "") -> Quiz:
    """Return a quiz of chosen items of the whole course, in that order, under a title of one's own.

    `choice` names items by uid, each with its points, or None for the item's own. Raises KeyError for a uid
    that the course does not have.
    """
    known = {item.uid: item for item in whole.items}
    items = tuple(
        known[uid] if points is None else known[uid].model_copy(update={"points": points})
        for uid, points in choice
    )
    title = whole.words["composer.quiz-title"]
    return replace(whole, id=COMPOSED, title=title, items=items, label=label)
