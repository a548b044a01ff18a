"""Nodes into the model: validation, lowering, and every mistake as a located fault."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from generator.errors import At, Fault, nearest
from generator.model.course import Citation, Claim, Concept, Course, Misconception, Part, Source
from generator.model.items import Reaction
from generator.model.walk import replaced
from generator.source.nodes import Node
from generator.source.sheet import (
    ClaimEntry,
    CourseFile,
    GlossaryFile,
    MisconceptionsFile,
    SectionsFile,
    Sheet,
    SourcesFile,
    json_schema,
)
from generator.text import Scalar, Text, place

M = TypeVar("M", bound=BaseModel)

_MESSAGES = {
    "missing": "“{name}” is missing",
    "extra_forbidden": "“{name}” is not a field here",
    "union_tag_not_found": "“{name}” has no type",
}


def validate(model: type[M], node: Node, path: str) -> tuple[M | None, list[Fault]]:
    """Return the model that `node` holds, or None and a located fault for each mistake.

    `path` is the prefix of the contexts of the texts inside.
    """
    try:
        return model.model_validate(node.data(path)), []
    except ValidationError as error:
        return None, [_fault(model, node, detail) for detail in error.errors(include_url=False)]


def _locate(node: Node, loc: tuple[str | int, ...]) -> tuple[Node, At, tuple[str | int, ...]]:
    """Follow a pydantic `loc`, skipping union tags; return the deepest node, its place and the unused rest."""
    at = node.at
    used = 0
    for index, step in enumerate(loc):
        child = node.child(step)
        if child is None:
            continue
        key = node.key(str(step)) if isinstance(step, str) else None
        node, used = child, index + 1
        at = child.at if child.kind == "scalar" or key is None else key.at
    return node, at, loc[used:]


def _fault(model: type[BaseModel], root: Node, error: ErrorDetails) -> Fault:
    node, at, rest = _locate(root, error["loc"])
    name = str(error["loc"][-1]) if error["loc"] else ""
    code = error["type"].replace("_", "-")
    context: Mapping[str, Any] = error.get("ctx", {})
    message = _MESSAGES.get(error["type"], error["msg"]).format(name=name)
    hint = ""
    if error["type"] == "extra_forbidden":
        parent, _, _ = _locate(root, error["loc"][:-1])
        key = parent.key(name)
        at = key.at if key else at
        hint = nearest(name, fields_at(model, error["loc"][:-1], parent))
    elif error["type"] in ("union_tag_invalid", "union_tag_not_found"):
        field = str(context.get("discriminator", "type")).strip("'")
        tag = node.child(field)
        at = tag.at if tag else at
        tags = [part.strip(" '") for part in str(context.get("expected_tags", "")).split(",")]
        message = f"“{context['tag']}” is no {field}" if tag else f"“{field}” is missing"
        hint = nearest(str(context.get("tag", "")), tags) if tags != [""] else "see “fiches schema”"
    elif error["type"] == "literal_error":
        found = node.value or ""
        choices = [part.strip(" '") for part in str(context["expected"]).replace(" or ", ", ").split(",")]
        message, hint = f"“{found}” is not allowed here", nearest(found, choices)
    elif error["type"] == "missing":
        hint = f"add “{name}: …” here"
    return Fault(at, code, message, hint)


def fields_at(model: type[BaseModel], loc: tuple[str | int, ...], node: Node) -> list[str]:
    """Return the names of the fields allowed at `loc`, found by following the JSON Schema of `model`."""
    schema = json_schema(model)
    here: dict[str, Any] = schema
    for step in loc:
        here = _resolve(schema, _step(schema, here, step))
    return sorted(here.get("properties", ()))


def _resolve(schema: dict[str, Any], here: dict[str, Any]) -> dict[str, Any]:
    while True:
        if "$ref" in here:
            here = schema["$defs"][here["$ref"].rsplit("/", 1)[1]]
        elif "anyOf" in here:
            here = next((option for option in here["anyOf"] if option.get("type") not in ("null", "string")), {})
        else:
            return here


def _step(schema: dict[str, Any], here: dict[str, Any], step: str | int) -> dict[str, Any]:
    if "oneOf" in here:
        return dict(here["discriminator"]["mapping"]).get(step) and {"$ref": here["discriminator"]["mapping"][step]} or {}
    if isinstance(step, str) and step in here.get("properties", {}):
        return dict(here["properties"][step])
    below = here.get("additionalProperties") or here.get("items") or {}
    return dict(below) if isinstance(below, dict) else {}


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


def concept(name: str, sheet: Sheet, node: Node) -> tuple[Concept, list[Fault]]:
    """Return the concept that a sheet describes, and the faults that only its questions can know."""
    faults = []
    for question in sheet.items:
        for where, message in question.problems():
            loc = ("items", str(question.id), *where.split("/"))
            _, at, _ = _locate(node, loc)
            faults.append(Fault(at, "question", message))
    lowered = {"items", "claims"}
    fields = {field: getattr(sheet, field) for field in Sheet.model_fields if field not in lowered}
    built = Concept(
        id=name,
        items=tuple(question.lower(name) for question in sheet.items),
        claims=tuple(map(_claim, sheet.claims)),
        **fields,
    )
    return built, faults


def course(
    file: CourseFile,
    sheets: Mapping[str, Concept],
    misconceptions: MisconceptionsFile,
    glossary: GlossaryFile,
    sources: SourcesFile,
    sections: SectionsFile,
) -> Course:
    """Assemble the course; concepts come in the order that `course.yaml` gives."""
    refutations = {entry.id: entry.refutation for entry in misconceptions.misconceptions}
    order = [name for part in file.parts for name in part.concepts if name in sheets]
    return Course(
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
            for entry in misconceptions.misconceptions
        ),
        terms=glossary.terms,
        sources=tuple(
            Source(**entry.__dict__, sections=sections.sections.get(entry.id, {})) for entry in sources.sources
        ),
    )


def _answered(concept: Concept, refutations: Mapping[str, Text]) -> Concept:
    """Give each answer that betrays a misconception, and says nothing itself, that one's refutation."""

    def change(reaction: Reaction) -> Reaction:
        if reaction.feedback is not None or reaction.misconception not in refutations:
            return reaction
        return reaction.model_copy(update={"feedback": refutations[reaction.misconception]})

    return replaced(concept, Reaction, change)


def all_of(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Return faults once each, in the order of their places."""
    return tuple(sorted(set(faults)))
