"""Builds items out of the machine data that cases are written in, so that one set of cases serves both languages."""

from __future__ import annotations

from typing import Any

from generator.model.items import Item


def item_of(machine: dict[str, Any]) -> Item:
    """Return an item that `machine` describes; its words are placeholders."""
    concept, _, name = machine["id"].partition(".")
    return Item.model_validate(
        {
            "id": name,
            "uid": machine["id"],
            "concept": concept,
            "type": machine["kind"],
            "prompt": "?",
            "objective": "o1",
            "points": machine["points"],
            "partial": machine["partial"],
            "interaction": {"kind": machine["kind"], **_interaction(machine)},
        }
    )


def _interaction(machine: dict[str, Any]) -> dict[str, Any]:
    match machine["kind"]:
        case "choice":
            return {"multiple": machine["multiple"], "options": _options(machine["credits"])}
        case "match":
            sources = tuple({"id": id, "text": "?", "target": target} for id, target in machine["targets"].items())
            targets = tuple({"id": id, "text": "?"} for id in sorted(set(machine["targets"].values())))
            return {"sources": sources, "targets": targets}
        case "order":
            return {"entries": tuple({"id": id, "text": "?"} for id in machine["order"])}
        case "text" | "numeric":
            return {"answers": tuple(machine["answers"])}
        case "gap":
            return {"text": "?", "gaps": tuple(_gap(id, gap) for id, gap in machine["gaps"].items())}
        case "free":
            rubric = tuple({"id": id, "text": "?", "points": points} for id, points in machine["rubric"].items())
            return {"rubric": rubric, "model_answer": "?"}
    raise AssertionError(machine["kind"])


def _options(credits: dict[str, float]) -> tuple[dict[str, Any], ...]:
    return tuple({"id": id, "text": "?", "credit": credit} for id, credit in credits.items())


def _gap(id: str, gap: dict[str, Any]) -> dict[str, Any]:
    if "credits" in gap:
        return {"id": id, "options": _options(gap["credits"])}
    return {"id": id, "answers": tuple(gap["answers"])}
