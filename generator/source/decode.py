"""Nodes into the model: validation, lowering, and every mistake as a located fault."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from generator.errors import Fault
from generator.model.base import Quoting
from generator.model.course import (
    Citation,
    Claim,
    Concept,
    Course,
    Misconception,
    Part,
    Source,
)
from generator.model.items import NumericAnswer, Reaction
from generator.model.walk import replaced
from generator.questions import QUESTIONS
from generator.questions.base import Question
from generator.source.nodes import Node
from generator.source.sheet import ClaimEntry, Shared, Sheet
from generator.source.wording import echo, explain, locate
from generator.text import PLACEHOLDER, Scalar, Text, place

M = TypeVar("M", bound=BaseModel)


def validate(model: type[M], node: Node, path: str) -> tuple[M | None, list[Fault]]:
    """Return the model that `node` holds, or None and a located fault for each mistake.

    `path` is the prefix of the contexts of the texts inside.
    """
    try:
        return model.model_validate(node.data(path)), []
    except ValidationError as error:
        found = [detail for detail in error.errors(include_url=False) if not echo(node, detail)]
        return None, list(dict.fromkeys(explain(model, node, detail) for detail in found))


def citation(reference: str) -> Citation:
    """Return the citation that `key#section detail` stands for."""
    key, _, where = reference.partition("#")
    section, _, detail = where.strip().partition(" ")
    return Citation(source=_moved(reference, key.strip()), section=section, detail=detail.strip())


def _moved(reference: str, key: str) -> str:
    """Return the key bound to the place of the reference it comes from."""
    at = place(reference)
    return Scalar.make(key, getattr(reference, "path", ""), at) if at else key


def _claim(entry: ClaimEntry) -> Claim:
    return Claim(id=entry.id, text=entry.text, sources=tuple(map(citation, entry.sources)))


def questions(node: Node) -> Iterator[Question]:
    """Yield the questions of a sheet that are whole, though the sheet itself is not."""
    items = node.child("items")
    for key, entry in zip(items.keys, items.children, strict=True) if items else ():
        tag = entry.child("type")
        kind = QUESTIONS.get(tag.value or "") if tag else None
        if kind and entry.kind == "mapping":
            try:
                yield kind.model_validate({"id": key.value, **dict(entry.data("").items())})  # type: ignore[attr-defined]
            except ValidationError:
                continue


def problems(found: Iterable[Question], node: Node) -> Iterator[Fault]:
    """Yield the faults that only a question's type can know."""
    for question in found:
        for where, message in question.problems():
            _, at = locate(node, ("items", str(question.id), *where.split("/")))
            yield Fault(at, "question", message)


def concept(name: str, sheet: Sheet) -> Concept:
    """Return the concept that a sheet describes."""
    lowered = {"items", "claims"}
    fields = {field: getattr(sheet, field) for field in Sheet.model_fields if field not in lowered}
    return Concept(
        id=name,
        items=tuple(question.lower(name) for question in sheet.items),
        claims=tuple(map(_claim, sheet.claims)),
        **fields,
    )


def course(files: Shared, sheets: Mapping[str, Concept], facts: Mapping[str, str | float]) -> Course:
    """Assemble the course; concepts come in the order that `course.yaml` gives.

    `facts` fills the placeholders that texts and numeric answers take from a trace.
    """
    file = files.course
    refutations = {entry.id: entry.refutation for entry in files.misconceptions.misconceptions}
    order = dict.fromkeys(name for part in file.parts for name in part.concepts if name in sheets)
    made = Course(
        id=file.id,
        title=file.title,
        tagline=file.tagline,
        description=file.description,
        about=file.about,
        source_locale=file.locale,
        locale=file.locale,
        authors=file.authors,
        licence=file.licence,
        levels=file.levels,
        facts=facts,
        paths=file.paths,
        curricula=files.curricula.curricula,
        parts=tuple(Part(id=part.id, title=part.title, concepts=part.concepts) for part in file.parts),
        concepts=tuple(_answered(sheets[name], refutations) for name in order),
        misconceptions=tuple(
            Misconception(
                id=entry.id,
                statement=entry.statement,
                why=entry.why,
                refutation=entry.refutation,
                sources=tuple(map(citation, entry.sources)),
            )
            for entry in files.misconceptions.misconceptions
        ),
        terms=files.glossary.terms,
        sources=tuple(
            Source(**entry.__dict__, sections=files.sections.sections.get(entry.id, {}))
            for entry in files.sources.sources
        ),
    )
    return _counted(made) if facts else made


def _counted(course: Course) -> Course:
    """Fill the numbers that texts and numeric answers take from a trace."""
    facts = course.facts

    def text(value: Text) -> Text:
        used = {name: facts[name] for name in PLACEHOLDER.findall(value.value) if name in facts}
        return value.format(**used) if used else value

    def answer(value: NumericAnswer) -> NumericAnswer:
        if value.fact is None or value.fact not in facts:
            return value
        return value.model_copy(update={"value": float(facts[value.fact])})

    def quoted(holder: Quoting) -> Quoting:
        if holder.code is None:
            return holder
        code = PLACEHOLDER.sub(lambda m: _quoted(facts[m[1]]) if m[1] in facts else m[0], holder.code)
        return holder.model_copy(update={"code": code})

    quoting = replaced(course, Quoting, quoted)
    return replaced(replaced(quoting, NumericAnswer, answer), Text, text)


def _quoted(value: str | float) -> str:
    """Return a fact as the capture writes it, for machine text."""
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def _answered(concept: Concept, refutations: Mapping[str, Text]) -> Concept:
    """Give each answer that betrays a misconception, and says nothing itself, that one's refutation."""

    def change(reaction: Reaction) -> Reaction:
        refutation = refutations.get(reaction.misconception or "")
        if reaction.feedback is not None or refutation is None:
            return reaction
        return reaction.model_copy(update={"feedback": refutation})

    return replaced(concept, Reaction, change)


def all_of(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Return faults once each, in the order of their places."""
    return tuple(sorted(set(faults)))
