"""The JSON document of a quiz, as models from which its JSON Schema is derived.

Version 1. Every field is always present, null where there is nothing; a field may be added, none is
renamed, removed or given another meaning without a new version. Ids are permanent and the same in
every locale, except `Question.id`, which ends with the locale.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from generator.model.base import Model

VERSION = 1
SCHEMA_FILE = f"fiches-quiz-{VERSION}.schema.json"


class Record(Model):
    """A part of the document: its schema says what every field means."""

    model_config = ConfigDict(use_attribute_docstrings=True)


class Words(Record):
    """A text, twice."""

    html: str
    """Phrasing HTML: em, strong, code, kbd, a, sup and span; everything else is escaped."""
    plain: str
    """The same in plain characters, on one line."""
    locale: str
    """BCP 47 tag of the text: not the document's where a translation is missing."""


class Idea(Record):
    """A misconception that an answer betrays."""

    id: str
    statement: Words


class Answered(Record):
    """What an answer earns and what the learner is told."""

    id: str
    credit: float = Field(ge=0, le=1)
    """Share of the item's (or of the gap's) points that the answer earns."""
    feedback: Words | None
    misconception: Idea | None


class Choice(Answered):
    """An answer to choose: a key if its credit is above zero."""

    text: Words


class Typed(Answered):
    """A foreseen text, compared without regard to case, accents and spacing."""

    value: str


class Number(Answered):
    """A foreseen number, inclusive of its tolerance."""

    value: float
    tolerance: float


class Source(Record):
    """An element to be matched."""

    id: str
    text: Words
    target: str
    """Id of its right target."""
    feedback: Words | None
    misconception: Idea | None


class Entry(Record):
    """A keyed text."""

    id: str
    text: Words


class Line(Entry):
    """A line of a rubric, whose points are relative to the other lines."""

    points: float


class Gap(Record):
    """A gap: a list to choose from, or a field to type in when there is none."""

    id: str
    choices: tuple[Choice, ...]
    answers: tuple[Typed, ...]


class ChoiceAsk(Record):
    """Choose one, or all that apply."""

    kind: Literal["choice"]
    multiple: bool
    choices: tuple[Choice, ...]


class MatchAsk(Record):
    """Give each source its target; a target may serve several sources, or none.

    Both stand in an order to be shown in. In the layout `labels`, a source is a numbered part of the diagram.
    """

    kind: Literal["match"]
    layout: Literal["pairs", "categories", "grid", "labels"]
    sources: tuple[Source, ...]
    targets: tuple[Entry, ...]


class OrderAsk(Record):
    """Put the entries in order."""

    kind: Literal["order"]
    entries: tuple[Entry, ...]
    """In the right order."""
    shown: tuple[str, ...]
    """Their ids in an order to be shown in."""


class TextAsk(Record):
    """Type a short text."""

    kind: Literal["text"]
    answers: tuple[Typed, ...]


class NumericAsk(Record):
    """Type a number."""

    kind: Literal["numeric"]
    answers: tuple[Number, ...]
    unit: Words | None


class GapAsk(Record):
    """Fill the gaps that the text names between braces."""

    kind: Literal["gap"]
    text: Words
    gaps: tuple[Gap, ...]


class FreeAsk(Record):
    """Write freely, then assess oneself."""

    kind: Literal["free"]
    rubric: tuple[Line, ...]
    model_answer: Words


AnyAsk = ChoiceAsk | MatchAsk | OrderAsk | TextAsk | NumericAsk | GapAsk | FreeAsk


class Citation(Record):
    """Where a claim is borne out."""

    source: str
    label: str
    """As it is read: `RFC 5321, § 2.1`."""
    title: str | None
    section: str | None
    detail: str | None
    url: str | None


class Claim(Record):
    """One sentence that the course asserts."""

    id: str
    text: Words
    citations: tuple[Citation, ...]


class Objective(Record):
    """What the learner will be able to do."""

    id: str
    bloom: Literal["remember", "understand", "apply", "analyse", "evaluate", "create"]
    text: Words


class Diagram(Record):
    """A drawing, and the sentences that say the same."""

    id: str
    title: str
    svg: str
    steps: tuple[str, ...]


class Stimulus(Record):
    """What the question is about, to be shown above it."""

    id: str
    title: Words | None
    text: Words | None
    code: str | None
    """Machine text, several lines, never translated."""
    diagram: str | None
    """Id of one of the item's diagrams."""


class Question(Record):
    """One item."""

    id: str
    """Unique among all courses and locales, and permanent: course, concept, item, locale."""
    uid: str
    """Permanent and the same in every locale: concept and item, joined by a dot."""
    concept: Entry
    type: str
    """The authored type; `interaction` is enough to show and to score the item."""
    difficulty: Literal["easy", "medium", "hard"]
    points: float
    partial: bool
    """false: all the points or none."""
    objective: Objective | None
    stimulus: Stimulus | None
    diagrams: tuple[Diagram, ...]
    prompt: Words
    interaction: Annotated[AnyAsk, Field(discriminator="kind")]
    key: tuple[str, ...] | dict[str, str] | str
    """The response that earns everything: ids, ids by id, or what to type."""
    hints: tuple[Entry, ...]
    explanation: Words | None
    claims: tuple[Claim, ...]


class Licence(Record):
    """The licence of the content."""

    name: str
    url: str


class Document(Record):
    """A quiz in one locale."""

    model_config = ConfigDict(title="Fiches quiz")

    schema_file: Literal["fiches-quiz-1.schema.json"] = Field(alias="$schema")
    """Name of the schema, beside the document."""
    version: Literal[1]
    id: str
    title: Words
    course: Entry
    locale: str
    """BCP 47 tag."""
    direction: Literal["ltr", "rtl"]
    source_locale: str
    """BCP 47 tag of the locale in which the course is written."""
    authors: tuple[str, ...]
    licence: Licence
    items: tuple[Question, ...]


def schema() -> dict[str, Any]:
    """Return the JSON Schema of a document."""
    made = Document.model_json_schema(mode="serialization", by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}
