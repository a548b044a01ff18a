"""Nodes into the model: validation, lowering, and every mistake as a located fault."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from generator.errors import At, Fault, nearest
from generator.diagrams import DIAGRAMS
from generator.model.course import Citation, Claim, Concept, Course, Misconception, Part, Source
from generator.model.items import Reaction
from generator.model.walk import replaced
from generator.questions import QUESTIONS, Question
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

# What is expected where pydantic's own words would puzzle an author, by the kind of its error.
_EXPECTED = {
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "int_parsing_size": "a smaller number",
    "float_type": "a number",
    "float_parsing": "a number",
    "finite_number": "an ordinary number",
    "string_type": "a text",
    "text": "a text",
    "id": "an id (lower-case letters, digits and single hyphens)",
    "reference": "a source, as in key#section",
    "flag": "true or false",
    "model_type": "“field: value” lines",
    "model_attributes_type": "“field: value” lines",
    "dict_type": "“id: value” lines",
    "keyed": "“id: value” lines",
    "tuple_type": "a list, as in [one, two]",
    "greater_than_equal": "at least {ge:g}",
    "greater_than": "more than {gt:g}",
    "less_than_equal": "at most {le:g}",
    "less_than": "less than {lt:g}",
    "too_short": "a list of {min_length} or more",
    "too_long": "a list of {max_length} or fewer",
}


def validate(model: type[M], node: Node, path: str) -> tuple[M | None, list[Fault]]:
    """Return the model that `node` holds, or None and a located fault for each mistake.

    `path` is the prefix of the contexts of the texts inside.
    """
    try:
        return model.model_validate(node.data(path)), []
    except ValidationError as error:
        found = [detail for detail in error.errors(include_url=False) if not _echo(node, detail)]
        return None, list(dict.fromkeys(_fault(model, node, detail) for detail in found))


def _echo(root: Node, error: ErrorDetails) -> bool:
    """Tell whether a list is only too short because some entry of it is faulty, which is said elsewhere."""
    context = error.get("ctx", {})
    return error["type"] == "too_short" and len(_locate(root, error["loc"])[0].children) >= context["min_length"]


def _locate(node: Node, loc: tuple[str | int, ...]) -> tuple[Node, At]:
    """Follow a pydantic `loc`, skipping union tags; return the deepest node and where it begins, its key included."""
    at = node.at
    for index, step in enumerate(loc):
        child = node.child(step)
        if child is None or _is_tag(node, loc[:index], step):
            continue
        key = node.key(step)
        node = child
        at = child.at if key is None or child.kind == "scalar" and child.value is not None else key.at
    return node, at


def _is_tag(node: Node, before: tuple[str | int, ...], step: str | int) -> bool:
    """Tell whether a step names the type of the entry it follows: a field may bear that name too."""
    tags = (node.child(field) for field in ("type", "kind"))
    return bool(before) and isinstance(before[-1], int) and any(tag and tag.value == step for tag in tags)


def _fault(model: type[BaseModel], root: Node, error: ErrorDetails) -> Fault:
    loc, kind = error["loc"], error["type"]
    node, at = _locate(root, loc)
    at = place(error["input"]) or at
    code = kind.replace("_", "-")
    if kind in ("missing", "extra_forbidden"):
        return _field(model, root, loc, code)
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        return _tag(node, at, error.get("ctx", {}))
    if kind == "literal_error":
        return _literal(node, at, str(error["ctx"]["expected"]))
    if kind == "empty_text":
        return Fault(at, "empty-text", "this text is empty", "write it, or remove the field")
    if kind not in _EXPECTED:
        return Fault(at, code, error["msg"])
    expected = _EXPECTED[kind].format_map(error.get("ctx", {}))
    found = f"“{error['input']}”" if kind == "id" and place(error["input"]) else _amount(node, kind)
    return Fault(at, code, f"expected {expected}, found {found}", _way_out(node, kind))


def _amount(node: Node, kind: str) -> str:
    return str(len(node.children)) if kind in ("too_short", "too_long") else node.found


def _way_out(node: Node, kind: str) -> str:
    if kind == "flag" and (node.value or "").lower() in ("yes", "oui", "on", "true", "vrai"):
        return "write “true”"
    if kind == "flag" and (node.value or "").lower() in ("no", "non", "off", "false", "faux"):
        return "write “false”"
    if kind in ("text", "string_type") and node.kind != "scalar" and node.children:
        return "a text that begins with [ or { or holds “: ” must stand between quotes"
    return ""


def _field(model: type[BaseModel], root: Node, loc: tuple[str | int, ...], code: str) -> Fault:
    """Return the fault of a field that is missing or not known."""
    name = str(loc[-1])
    parent, at = _locate(root, loc[:-1])
    known = fields_at(model, loc[:-1])
    if parent.kind != "mapping":  # a bare text, or a list, where fields are expected: said once
        hint = f"the fields are: {', '.join(known)}"
        return Fault(at, "model-type", f"expected “field: value” lines, found {parent.found}", hint)
    if code == "missing":
        return Fault(at, code, f"“{name}” is missing", f"add “{name}: …” here")
    key = parent.key(name)
    return Fault(key.at if key else at, "unknown-field", f"“{name}” is not a field here", nearest(name, known))


def _tag(node: Node, at: At, context: Mapping[str, Any]) -> Fault:
    """Return the fault of a question or a diagram whose type says nothing."""
    field = str(context["discriminator"]).strip("'")
    tags, noun = (list(QUESTIONS), "question type") if field == "type" else (list(DIAGRAMS), "diagram kind")
    if node.kind != "mapping":
        return Fault(at, "model-type", f"expected “field: value” lines, found {node.found}")
    tag = node.child(field)
    if tag is None:
        return Fault(at, f"missing-{field}", f"“{field}” is missing", f"add “{field}: …”, one of: {', '.join(tags)}")
    return Fault(tag.at, f"unknown-{field}", f"{tag.found} is no {noun}", nearest(tag.value or "", tags))


def _literal(node: Node, at: At, expected: str) -> Fault:
    choices = [part.strip(" '") for part in expected.replace(" or ", ", ").split(",")]
    return Fault(at, "unknown-word", f"{node.found} is not one of the words allowed here", nearest(node.value or "", choices))


def fields_at(model: type[BaseModel], loc: tuple[str | int, ...]) -> list[str]:
    """Return the names of the fields allowed at `loc`, found by following the JSON Schema of `model`."""
    schema = _schema(model)
    here = schema
    for step in loc:
        here = _resolve(schema, _step(schema, here, step))
    return sorted(here.get("properties", ()))


_schema = cache(json_schema)


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
        target = here["discriminator"]["mapping"].get(step)
        return {"$ref": target} if target else {}
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
            _, at = _locate(node, ("items", str(question.id), *where.split("/")))
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
