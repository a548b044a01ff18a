"""The course: concepts, claims, sources, misconceptions and terms, as one frozen value."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from hashlib import sha256
from typing import Literal

from pydantic_core import PydanticSerializationError

from generator.model.base import Code, Flag, Id, Keyed, Model, Named, Passage, Quoting
from generator.model.diagram import Diagram
from generator.model.items import Item, Stimulus
from generator.text import Text

Bloom = Literal["remember", "understand", "apply", "analyse", "evaluate", "create"]


class Citation(Model):
    """A source's key and the place in it, as in `rfc5321#4.5.4.1` or `rfc787#4.7 fig. 6`."""

    source: Id
    section: str = ""
    detail: str = ""


class Source(Named):
    """A cited work.

    `checked` is the month (`2023-01`) in which its status was last looked up; `sections` maps each section
    number to its title where they are known.
    """

    title: Code
    kind: Literal["rfc", "standard", "book", "article", "web"] = "web"
    authors: Code | None = None
    year: int | None = None
    status: Code | None = None
    checked: Code | None = None
    obsoleted_by: tuple[Id, ...] = ()
    url: Code | None = None
    note: Text | None = None
    sections: Mapping[str, str] = {}

    @property
    def short(self) -> str:
        """How the source is named in a citation: `RFC 5321`, or its title."""
        return f"RFC {self.id[3:]}" if self.kind == "rfc" else self.title


class Claim(Named):
    """One sentence that the course asserts, and the sources that bear it out."""

    text: Text
    sources: tuple[Citation, ...]


class Misconception(Named):
    """A wrong idea in the learner's own words, and what is true instead."""

    statement: Text
    why: Text | None = None
    refutation: Text
    sources: tuple[Citation, ...]


class Term(Named):
    """A glossary entry; `english` is the field's English term, shown beside the translated one."""

    term: Text
    english: Code
    definition: Text
    also: Text | None = None


class Objective(Named):
    """What the learner will be able to do, with its level in the revised Bloom taxonomy."""

    bloom: Bloom
    text: Text


class Block(Quoting):
    """One block of a section: a paragraph, a list, steps, machine text with a caption, or a diagram."""

    text: Text | None = None
    bullets: Keyed[Passage] = ()
    steps: Keyed[Passage] = ()
    caption: Text | None = None
    diagram: Id | None = None


class Section(Named):
    """One idea of a sheet, in at most 200 words."""

    title: Text
    body: Keyed[Block]


class ExampleLine(Quoting):
    """One line of a worked example and the remark that explains it."""

    time: Text | None = None
    note: Text


class Example(Named):
    """A worked example read line by line: a dialogue, a trace, a schedule."""

    title: Text
    intro: Text | None = None
    lines: Keyed[ExampleLine]


class Analogy(Named):
    """A comparison, and where it stops being true."""

    text: Text
    limit: Text


class Concept(Named):
    """One concept sheet; `main_diagram` is the one shown before the prose."""

    title: Text
    question: Text
    summary: Text
    levels: tuple[Id, ...]
    minutes: int
    prerequisites: tuple[Id, ...]
    objectives: tuple[Objective, ...]
    claims: tuple[Claim, ...]
    misconceptions: tuple[Id, ...]
    sections: tuple[Section, ...]
    examples: tuple[Example, ...]
    analogies: tuple[Analogy, ...]
    diagrams: tuple[Diagram, ...]
    main_diagram: Id | None
    stimuli: tuple[Stimulus, ...]
    items: tuple[Item, ...]
    further: tuple[Passage, ...]
    terms: tuple[Id, ...]


class Part(Named):
    """A group of concepts that are read together, in order."""

    title: Text
    concepts: tuple[Id, ...]


class Path(Named):
    """A way through the course for one kind of reader, in reading order."""

    title: Text
    description: Text
    concepts: tuple[Id, ...]


class CurriculumLine(Named):
    """One line of an official programme, quoted; `verified` says that it was compared with the original."""

    text: Code
    verified: Flag = False
    concepts: tuple[Id, ...]


class Curriculum(Named):
    """An official programme that sheets serve, in one version of it."""

    title: Code
    version: Code
    url: Code | None = None
    lines: Keyed[CurriculumLine]


class Licence(Model):
    """The licence of the course's content."""

    name: Code
    url: Code


class Course(Named):
    """A whole course in one locale: the value that pages, quizzes and packages are made from."""

    title: Text
    tagline: Text
    description: Text
    about: Keyed[Passage] = ()
    source_locale: str
    locale: str
    authors: tuple[Code, ...]
    licence: Licence
    levels: tuple[Passage, ...]
    parts: tuple[Part, ...]
    facts: Mapping[str, str | int | float] = {}
    paths: Keyed[Path] = ()
    curricula: Keyed[Curriculum] = ()
    concepts: tuple[Concept, ...]
    misconceptions: tuple[Misconception, ...]
    terms: tuple[Term, ...]
    sources: tuple[Source, ...]

    @cached_property
    def concept(self) -> dict[str, Concept]:
        """Concepts by id."""
        return {concept.id: concept for concept in self.concepts}

    @cached_property
    def misconception(self) -> dict[str, Misconception]:
        """Misconceptions by id."""
        return {entry.id: entry for entry in self.misconceptions}

    @cached_property
    def term(self) -> dict[str, Term]:
        """Glossary terms by id."""
        return {term.id: term for term in self.terms}

    @cached_property
    def source(self) -> dict[str, Source]:
        """Sources by key."""
        return {source.id: source for source in self.sources}

    @cached_property
    def versions(self) -> dict[str, str]:
        """Eight characters by id, of the course and of each sheet, that change when it does in this locale.

        A sheet goes by what it says itself, and by what all sheets share.
        """
        shared = _dumped(self, exclude={"concepts"})
        sheets = {str(concept.id): _dumped(concept) for concept in self.concepts}
        own = {name: _digest(shared, sheet) for name, sheet in sheets.items()}
        return {self.id: _digest(shared, *sheets.values()), **own}

    @property
    def listed(self) -> tuple[str, ...]:
        """The ids that the parts list, in reading order, those of sheets too broken to be read included."""
        return tuple(dict.fromkeys(name for part in self.parts for name in part.concepts))

    @property
    def items(self) -> tuple[Item, ...]:
        """Every item of the course, in reading order."""
        return tuple(item for concept in self.concepts for item in concept.items)


def _dumped(model: Model, exclude: set[str] | None = None) -> bytes:
    try:
        return model.model_dump_json(exclude=exclude).encode()
    except PydanticSerializationError:  # JSON refuses the lone surrogates that a catalog could bring
        return repr(model.model_dump(mode="json", exclude=exclude)).encode("utf-8", "surrogatepass")


def _digest(*parts: bytes) -> str:
    return sha256(b"\0".join(parts)).hexdigest()[:8]
