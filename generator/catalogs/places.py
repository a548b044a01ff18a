"""Where each text of a course stands: what it is, on which page, and how long its translation may be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from unicodedata import combining, east_asian_width

from pydantic import BaseModel

from generator.labels import LABELS
from generator.model.course import (
    Analogy,
    Block,
    Claim,
    Concept,
    Course,
    Example,
    ExampleLine,
    Misconception,
    Objective,
    Path,
    Section,
    Source,
    Term,
)
from generator.model.diagram import Diagram
from generator.model.items import (
    Answer,
    Criterion,
    FreeInteraction,
    GapInteraction,
    Item,
    MatchInteraction,
    MatchSource,
    NumericInteraction,
    Option,
    OrderInteraction,
    Reaction,
    Stimulus,
)
from generator.text import Text

# What a text is, by the value that holds it and the field; words of a translator, not of the model.
_KINDS: dict[tuple[type, str], str] = {
    (Analogy, "limit"): "where the comparison stops being true",
    (Analogy, "text"): "comparison",
    (Answer, "text"): "answer that learners type",
    (Block, "bullets"): "list entry",
    (Block, "caption"): "caption",
    (Block, "steps"): "step",
    (Block, "text"): "paragraph",
    (Claim, "text"): "statement, with its sources",
    (Concept, "further"): "further reading",
    (Concept, "question"): "the question that the sheet answers",
    (Concept, "summary"): "the answer in short",
    (Concept, "title"): "title",
    (Criterion, "text"): "line of the rubric",
    (Diagram, "description"): "description, read aloud",
    (Diagram, "title"): "title",
    (Example, "intro"): "introduction",
    (Example, "title"): "title",
    (ExampleLine, "note"): "remark on a line",
    (ExampleLine, "time"): "time of a line",
    (FreeInteraction, "model_answer"): "possible answer",
    (GapInteraction, "text"): "text with gaps",
    (Item, "explanation"): "explanation, after the answer",
    (Item, "hints"): "hint",
    (Item, "prompt"): "question",
    (MatchInteraction, "targets"): "what elements are matched with",
    (MatchSource, "text"): "element to match",
    (Misconception, "refutation"): "what is true",
    (Misconception, "statement"): "the wrong idea, in a learner’s words",
    (Misconception, "why"): "why it tempts",
    (NumericInteraction, "unit"): "unit",
    (Objective, "text"): "objective",
    (OrderInteraction, "entries"): "entry to put in order",
    (Section, "title"): "title",
    (Source, "note"): "note",
    (Stimulus, "text"): "text",
    (Stimulus, "title"): "title",
    (Term, "also"): "other names of the term, between commas",
    (Term, "definition"): "definition",
    (Term, "term"): "the term itself",
}
# What a value is called on the way to a text, and its anchor on the page, if it has one.
_STEPS: dict[type, tuple[str, str]] = {
    Concept: ("sheet {id}", ""),
    Section: ("section {id}", "{id}"),
    Example: ("example {id}", "example-{id}"),
    Analogy: ("comparison {id}", "analogy-{id}"),
    Claim: ("claim {id}", "claim-{id}"),
    Diagram: ("diagram {id}", ""),
    Stimulus: ("document {id}", "quiz"),
    Objective: ("objective {id}", "objective-{id}"),
    Misconception: ("wrong idea {id}", "misconception-{id}"),
    Term: ("glossary {id}", "term-{id}"),
    Source: ("source {id}", "source-{id}"),
    Path: ("path {id}", ""),
}
_PAGES: dict[type, str] = {
    Concept: "concepts/{id}/",
    Misconception: "misconceptions/",
    Term: "glossary/",
    Source: "sources/",
    Path: "paths/",
}
# The rooms of the interface whose words stand on buttons and beside fields.
_TIGHT = ("quiz", "theme", "composer")
_BUTTON = 30  # characters; what is longer in the source is a sentence, and wraps
_TITLE = 80  # characters of a sheet's title, which browsers and search engines cut


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text stands: in words, the page and anchor below a locale's root, and the longest translation.

    A `limit` of 0 is none. `typed` marks what learners type.
    """

    where: str
    page: str = ""
    limit: int = 0
    typed: bool = False


_Trail = tuple[tuple[BaseModel, str], ...]


def places(course: Course) -> dict[str, Place]:
    """Return the place of each text of a course and of the interface, by context."""
    found = {word.context: _interface(name, word) for name, word in LABELS.items()}
    # These belong to their own pages, though the answers of items show them too.
    for owners in (course.misconceptions, course.terms, course.sources):
        for owner in owners:
            _add(found, owner, ())
    _add(found, course, ())
    return found


def _add(found: dict[str, Place], value: BaseModel, trail: _Trail) -> None:
    for text, way in _walk(value, trail):
        if text.context not in found:
            found[text.context] = _place(text, way)


def _walk(value: object, trail: _Trail) -> Iterator[tuple[Text, _Trail]]:
    """Yield the texts inside a value, each with the values and fields that lead to it."""
    match value:
        case Text():
            yield value, trail
        case BaseModel():
            for name in type(value).model_fields:
                yield from _walk(getattr(value, name), (*trail, (value, name)))
        case tuple():
            for member in value:
                yield from _walk(member, trail)
        case Mapping():
            for member in value.values():
                yield from _walk(member, trail)


def _interface(name: str, word: Text) -> Place:
    room, _, key = name.partition(".")
    tight = room in _TIGHT and len(word.value) <= _BUTTON
    return Place(f"interface, {room}: {key}", limit=roomy(word.value) if tight else 0)


def _place(text: Text, trail: _Trail) -> Place:
    steps, page, anchor = [], "", ""
    for value, _ in trail:
        if isinstance(value, Item):
            steps.append(f"question {value.id} ({value.type})")
            anchor = value.uid.replace(".", "--")
            continue
        for kind, (step, mark) in _STEPS.items():
            if isinstance(value, kind):
                steps.append(step.format(id=value.id))  # type: ignore[attr-defined]  # all of them are named
                anchor = mark.format(id=value.id) or anchor  # type: ignore[attr-defined]
                page = _PAGES.get(kind, page).format(id=value.id)  # type: ignore[attr-defined]
    what = _kind(trail)
    where = f"{', '.join(steps) or 'course'}: {what}"
    typed = isinstance(trail[-1][0], Answer) and trail[-1][1] == "text"
    return Place(where, page + (f"#{anchor}" if anchor else ""), _limit(text, trail), typed)


def _kind(trail: _Trail) -> str:
    """Say what a text is, by the nearest value on its way that is known."""
    value, name = trail[-1]
    if isinstance(value, Reaction) and name == "feedback":
        return f"feedback on a {'right' if value.credit > 0 else 'wrong'} answer"
    if isinstance(value, Option):
        return "right choice" if value.credit > 0 else "distractor"
    for holder, field in reversed(trail):
        for kind in type(holder).__mro__:
            if known := _KINDS.get((kind, field)):
                return known
        if isinstance(holder, Diagram):
            return f"label ({type(value).__name__.lower()})"
    return name.replace("_", " ")


def _limit(text: Text, trail: _Trail) -> int:
    if trail[-1] == (trail[-1][0], "title") and isinstance(trail[-1][0], Concept):
        return _TITLE
    inside = any(isinstance(value, Diagram) for value, _ in trail[:-1])
    return roomy(text.value) if inside else 0


def roomy(source: str) -> int:
    """Return how many characters the translation of a short text may have where space is tight."""
    return len(source) + max(18, len(source) // 2)


def length(text: str) -> int:
    """Return the length of a text as the eye counts: East Asian characters are twice as wide."""
    return sum(2 if east_asian_width(sign) in "WF" else 0 if combining(sign) else 1 for sign in text)
