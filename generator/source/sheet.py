"""The files of a course as authors write them; `decode` turns them into the model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple, Union

from pydantic import Field, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from generator.diagrams import DIAGRAMS
from generator.model.base import ID, MAX_ID, Code, Id, Keyed, Model, Named, Passage
from generator.model.course import (
    Analogy,
    Curriculum,
    Example,
    Licence,
    Objective,
    Path,
    Section,
    Term,
)
from generator.model.diagram import Diagram
from generator.model.items import Stimulus
from generator.questions import QUESTIONS
from generator.questions.base import Question
from generator.text import Text

if TYPE_CHECKING:
    AnyQuestion = Question
    AnyDiagram = Diagram
else:
    AnyQuestion = Annotated[Union[tuple(QUESTIONS.values())], Field(discriminator="type")]  # noqa: UP007 (from a table)
    AnyDiagram = Annotated[Union[tuple(DIAGRAMS.values())], Field(discriminator="kind")]  # noqa: UP007 (from a table)


def _reference(value: object) -> str:
    key = value.partition("#")[0].strip() if isinstance(value, str) else ""
    if not isinstance(value, str) or not ID.match(key) or len(key) > MAX_ID:
        raise PydanticCustomError("reference", "a source is expected here")
    return value


# `rfc5321#4.5.4.1`, `rfc787#4.7 fig. 6`, `kurose#2.4`, or a key alone; it keeps its place in the file.
Reference = Annotated[str, PlainValidator(_reference), WithJsonSchema({"type": "string", "minLength": 1})]


class ClaimEntry(Named):
    """One sentence that the sheet asserts, with a source for it."""

    text: Text
    sources: tuple[Reference, ...] = Field(min_length=1)


class MisconceptionEntry(Named):
    """A wrong idea in the learner's words, why it tempts, and what is true."""

    statement: Text
    why: Text | None = None
    refutation: Text
    sources: tuple[Reference, ...] = Field(min_length=1)


class SourceEntry(Named):
    """A cited work."""

    title: Code
    kind: Literal["rfc", "standard", "book", "article", "web"] = "web"
    authors: Code | None = None
    year: int | None = None
    status: Code | None = None
    checked: Code | None = Field(
        default=None,
        pattern=r"^\d{4}-(0[1-9]|1[0-2])$",
        description="Month in which the status was looked up.",
    )
    obsoleted_by: tuple[Id, ...] = ()
    url: Code | None = None
    note: Text | None = None


class PartEntry(Named):
    """A group of concepts, in reading order."""

    title: Text
    concepts: tuple[Id, ...] = Field(min_length=1)


class CourseFile(Model):
    """`content/course.yaml`."""

    id: Id
    title: Text
    tagline: Text
    description: Text
    locale: Code = Field(description="The locale in which the sheets are written.")
    authors: tuple[Code, ...] = Field(min_length=1)
    licence: Licence
    levels: Keyed[Passage] = Field(default=(), description="School levels that sheets refer to.")
    about: Keyed[Passage] = ()
    paths: Keyed[Path] = Field(default=(), description="Ways through the course for different readers.")
    parts: Keyed[PartEntry] = Field(description="The concepts in reading order, grouped in parts.")


class Sheet(Model):
    """`content/concepts/<id>.yaml`: one concept, its explanation, its evidence and its questions."""

    title: Text
    question: Text = Field(description="The question that this page answers.")
    summary: Text = Field(
        description="The answer in one sentence: what to remember if one reads nothing else."
    )
    levels: tuple[Id, ...] = ()
    minutes: int = Field(ge=1, le=240, description="Reading time, quiz included.")
    prerequisites: tuple[Id, ...] = ()
    objectives: Keyed[Objective] = Field(min_length=1)
    claims: Keyed[ClaimEntry] = Field(min_length=1)
    misconceptions: tuple[Id, ...] = ()
    main_diagram: Id | None = None
    sections: Keyed[Section] = Field(min_length=1)
    examples: Keyed[Example] = ()
    analogies: Keyed[Analogy] = ()
    diagrams: Keyed[AnyDiagram] = ()
    stimuli: Keyed[Stimulus] = ()
    items: Keyed[AnyQuestion] = ()
    further: Keyed[Passage] = ()
    terms: tuple[Id, ...] = Field(default=(), description="Glossary terms that this sheet uses.")


class MisconceptionsFile(Model):
    """`content/misconceptions.yaml`."""

    misconceptions: Keyed[MisconceptionEntry]


class GlossaryFile(Model):
    """`content/glossary.yaml`."""

    terms: Keyed[Term]


class SourcesFile(Model):
    """`content/sources.yaml`."""

    sources: Keyed[SourceEntry]


class CurriculaFile(Model):
    """`content/curricula.yaml`."""

    curricula: Keyed[Curriculum]


class TracesFile(Model):
    """`content/traces.yaml`: a captured exchange that pages take their numbers from."""

    file: Code = Field(description="The capture, a text file below content/.")
    exchanges: dict[Id, Code] = Field(description="Short names for the headings of the capture.")


class SectionsFile(Model):
    """`content/sections.yaml`: section numbers and titles of the sources whose sections are known."""

    sections: dict[Id, dict[str, str]]


class Shared(NamedTuple):
    """The files that all sheets share."""

    course: CourseFile
    misconceptions: MisconceptionsFile
    glossary: GlossaryFile
    sources: SourcesFile
    sections: SectionsFile
    curricula: CurriculaFile
    traces: TracesFile


# Which model reads which file; the folder of sheets is the one pattern.
FILES: dict[str, type[Model]] = {
    "course.yaml": CourseFile,
    "misconceptions.yaml": MisconceptionsFile,
    "glossary.yaml": GlossaryFile,
    "sources.yaml": SourcesFile,
    "sections.yaml": SectionsFile,
    "curricula.yaml": CurriculaFile,
    "traces.yaml": TracesFile,
}


def json_schema(model: type[Model]) -> dict[str, Any]:
    """Return the JSON Schema of an authored file, as authors write it.

    Ids that a mapping already gives are not asked again, and what needs nothing but a text may be one.
    """
    schema = model.model_json_schema(by_alias=True)
    definitions = schema.get("$defs", {})
    for definition in definitions.values():
        if definition.get("properties", {}).pop("id", None) is not None:
            definition["required"] = [name for name in definition.get("required", ()) if name != "id"]
    for holder in (schema, *definitions.values()):
        for field in holder.get("properties", {}).values():
            _allow_text(field, definitions)
    return schema


def _allow_text(field: dict[str, Any], definitions: dict[str, Any]) -> None:
    """Let a mapping hold bare texts where an entry's only required field is its text."""
    entry = field.get("additionalProperties")
    if not isinstance(entry, dict) or "$ref" not in entry:
        return
    definition = definitions[entry["$ref"].rsplit("/", 1)[1]]
    if "text" in definition["properties"] and set(definition.get("required", ())) <= {"text"}:
        field["additionalProperties"] = {"anyOf": [{"type": "string", "minLength": 1}, entry]}
