"""The JSON document of a quiz, as models from which its JSON Schema is derived.

Version 1. Every field is always present, null where there is nothing; a field may be added, none is
renamed, removed or given another meaning without a new version. Ids are permanent and the same in
every locale, except `Question.id`, which ends with the locale.
"""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import ConfigDict, Field, TypeAdapter, with_config
from typing_extensions import TypedDict

VERSION: Final = 1
SCHEMA_FILE: Final = "fiches-quiz-1.schema.json"

# Fields of the document whose names no field of Python can have.
ALIASES = {"schema_file": "$schema"}
_CREDIT = "Share of the item's (or of the gap's) points that the answer earns."
# Of each part of the document, the schema says what its fields mean.
_record = with_config(ConfigDict(use_attribute_docstrings=True, extra="forbid"))


@_record
class Words(TypedDict):
    """A text, twice."""

    html: str
    """Phrasing HTML: em, strong, code, kbd, a, sup and span; everything else is escaped."""
    plain: str
    """The same in plain characters, on one line."""
    locale: str
    """BCP 47 tag of the text: not the document's where a translation is missing."""


@_record
class Idea(TypedDict):
    """A misconception that an answer betrays."""

    id: str
    statement: Words


@_record
class Answered(TypedDict):
    """What an answer earns and what the learner is told."""

    id: str
    credit: Annotated[float, Field(ge=0, le=1, description=_CREDIT)]
    feedback: Words | None
    misconception: Idea | None


@_record
class Choice(Answered):
    """An answer to choose: a key if its credit is above zero."""

    text: Words


@_record
class Typed(Answered):
    """A foreseen text, compared without regard to case, accents and spacing."""

    value: str


@_record
class Number(Answered):
    """A foreseen number, inclusive of its tolerance."""

    value: float
    tolerance: float


@_record
class Source(TypedDict):
    """An element to be matched."""

    id: str
    text: Words
    target: str
    """Id of its right target."""
    feedback: Words | None
    misconception: Idea | None


@_record
class Entry(TypedDict):
    """A keyed text."""

    id: str
    text: Words


@_record
class Line(Entry):
    """A line of a rubric, whose points are relative to the other lines."""

    points: float


@_record
class Gap(TypedDict):
    """A gap: a list to choose from, or a field to type in when there is none."""

    id: str
    choices: tuple[Choice, ...]
    answers: tuple[Typed, ...]


@_record
class ChoiceAsk(TypedDict):
    """Choose one, or all that apply."""

    kind: Literal["choice"]
    multiple: bool
    choices: tuple[Choice, ...]


@_record
class MatchAsk(TypedDict):
    """Give each source its target; a target may serve several sources, or none.

    Both stand in an order to be shown in. In the layout `labels`, a source is a numbered part of the diagram.
    """

    kind: Literal["match"]
    layout: Literal["pairs", "categories", "grid", "labels"]
    sources: tuple[Source, ...]
    targets: tuple[Entry, ...]


@_record
class OrderAsk(TypedDict):
    """Put the entries in order."""

    kind: Literal["order"]
    entries: tuple[Entry, ...]
    """In the right order."""
    shown: tuple[str, ...]
    """Their ids in an order to be shown in."""


@_record
class TextAsk(TypedDict):
    """Type a short text."""

    kind: Literal["text"]
    answers: tuple[Typed, ...]


@_record
class NumericAsk(TypedDict):
    """Type a number."""

    kind: Literal["numeric"]
    answers: tuple[Number, ...]
    unit: Words | None


@_record
class GapAsk(TypedDict):
    """Fill the gaps that the text names between braces."""

    kind: Literal["gap"]
    text: Words
    gaps: tuple[Gap, ...]


@_record
class FreeAsk(TypedDict):
    """Write freely, then assess oneself."""

    kind: Literal["free"]
    rubric: tuple[Line, ...]
    model_answer: Words


Level = Literal["easy", "medium", "hard"]
AnyAsk = ChoiceAsk | MatchAsk | OrderAsk | TextAsk | NumericAsk | GapAsk | FreeAsk


@_record
class Citation(TypedDict):
    """Where a claim is borne out."""

    source: str
    label: str
    """As it is read: `RFC 5321, § 2.1`."""
    title: str | None
    section: str | None
    detail: str | None
    url: str | None


@_record
class Claim(TypedDict):
    """One sentence that the course asserts."""

    id: str
    text: Words
    citations: tuple[Citation, ...]


@_record
class Objective(TypedDict):
    """What the learner will be able to do."""

    id: str
    bloom: Literal["remember", "understand", "apply", "analyse", "evaluate", "create"]
    text: Words


@_record
class Diagram(TypedDict):
    """A drawing, and the sentences that say the same."""

    id: str
    title: str
    svg: str
    steps: tuple[str, ...]


@_record
class Stimulus(TypedDict):
    """What the question is about, to be shown above it."""

    id: str
    title: Words | None
    text: Words | None
    code: str | None
    """Machine text, several lines, never translated."""
    diagram: str | None
    """Id of one of the item's diagrams."""


@_record
class Question(TypedDict):
    """One item."""

    id: str
    """Unique among all courses and locales, and permanent: course, concept, item, locale."""
    uid: str
    """Permanent and the same in every locale: concept and item, joined by a dot."""
    concept: Entry
    type: str
    """The authored type; `interaction` is enough to show and to score the item."""
    difficulty: Level
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


@_record
class Licence(TypedDict):
    """The licence of the content."""

    name: str
    url: str


@_record
class Document(TypedDict):
    """A quiz in one locale."""

    schema_file: Annotated[Literal["fiches-quiz-1.schema.json"], Field(alias=ALIASES["schema_file"])]
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
    made = TypeAdapter(Document).json_schema(mode="serialization", by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made, "title": "Fiches quiz"}
