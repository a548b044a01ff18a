"""Pydantic's errors into located faults, in an author's words and with the way out."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from generator.diagrams import DIAGRAMS
from generator.errors import At, Fault, nearest
from generator.questions import QUESTIONS
from generator.source.nodes import Node
from generator.source.sheet import json_schema
from generator.text import place

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


def echo(root: Node, error: ErrorDetails) -> bool:
    """Tell whether a list is only too short because some entry of it is faulty, which is said elsewhere."""
    context = error.get("ctx", {})
    return (
        error["type"] == "too_short" and len(locate(root, error["loc"])[0].children) >= context["min_length"]
    )


def locate(node: Node, loc: tuple[str | int, ...]) -> tuple[Node, At]:
    """Follow a pydantic `loc`, skipping union tags; return the deepest node and the place to show."""
    at = node.at
    for index, step in enumerate(loc):
        child = node.child(step)
        if child is None or _is_tag(node, loc[:index], step):
            continue
        key = node.key(step)
        node = child
        at = child.at if key is None or (child.kind == "scalar" and child.value is not None) else key.at
    return node, at


def _is_tag(node: Node, before: tuple[str | int, ...], step: str | int) -> bool:
    """Tell whether a step names the type of the entry it follows: a field may bear that name too."""
    tags = (node.child(field) for field in ("type", "kind"))
    return bool(before) and isinstance(before[-1], int) and any(tag and tag.value == step for tag in tags)


def explain(model: type[BaseModel], root: Node, error: ErrorDetails) -> Fault:
    """Return the located fault that an error of pydantic is."""
    loc, kind = error["loc"], error["type"]
    node, at = locate(root, loc)
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
    parent, at = locate(root, loc[:-1])
    known = fields_at(model, loc[:-1])
    if parent.kind != "mapping":  # a bare text, or a list, where fields are expected: said once
        message, hint = (
            f"expected “field: value” lines, found {parent.found}",
            f"the fields are: {', '.join(known)}",
        )
        return Fault(at, "model-type", message, hint)
    if code == "missing":
        return Fault(at, code, f"“{name}” is missing", f"add “{name}: …” here")
    key = parent.key(name)
    return Fault(
        key.at if key else at, "unknown-field", f"“{name}” is not a field here", nearest(name, known)
    )


def _tag(node: Node, at: At, context: Mapping[str, Any]) -> Fault:
    """Return the fault of a question or a diagram whose type says nothing."""
    field = str(context["discriminator"]).strip("'")
    tags, noun = (list(QUESTIONS), "question type") if field == "type" else (list(DIAGRAMS), "diagram kind")
    if node.kind != "mapping":
        return Fault(at, "model-type", f"expected “field: value” lines, found {node.found}")
    tag = node.child(field)
    if tag is None:
        hint = f"add “{field}: …”, one of: {', '.join(tags)}"
        return Fault(at, f"missing-{field}", f"“{field}” is missing", hint)
    return Fault(tag.at, f"unknown-{field}", f"{tag.found} is no {noun}", nearest(tag.value or "", tags))


def _literal(node: Node, at: At, expected: str) -> Fault:
    choices = [part.strip(" '") for part in expected.replace(" or ", ", ").split(",")]
    message = f"{node.found} is not one of the words allowed here"
    return Fault(at, "unknown-word", message, nearest(node.value or "", choices))


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
            here = next(
                (option for option in here["anyOf"] if option.get("type") not in ("null", "string")), {}
            )
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
