"""Items out of the machine data that cases are written in, so that one set serves both languages."""

from __future__ import annotations

from typing import Any

from generator.model.items import Item


def item_of(machine: dict[str, Any]) -> Item:
    """Return an item that `machine` describes; its words are placeholders."""
    concept, _, local = machine["id"].partition(".")
    return Item.model_validate(
        {
            "id": local,
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
            sources = tuple(
                {"id": name, "text": "?", "target": target} for name, target in machine["targets"].items()
            )
            targets = tuple({"id": name, "text": "?"} for name in sorted(set(machine["targets"].values())))
            return {"sources": sources, "targets": targets}
        case "order":
            return {"entries": tuple({"id": name, "text": "?"} for name in machine["order"])}
        case "text" | "numeric":
            return {"answers": tuple(machine["answers"])}
        case "gap":
            return {"text": "?", "gaps": tuple(_gap(name, gap) for name, gap in machine["gaps"].items())}
        case "free":
            rubric = tuple(
                {"id": name, "text": "?", "points": points} for name, points in machine["rubric"].items()
            )
            return {"rubric": rubric, "model_answer": "?"}
    raise AssertionError(machine["kind"])


def _options(shares: dict[str, float]) -> tuple[dict[str, Any], ...]:
    return tuple({"id": name, "text": "?", "credit": credit} for name, credit in shares.items())


def _gap(name: str, gap: dict[str, Any]) -> dict[str, Any]:
    if "credits" in gap:
        return {"id": name, "options": _options(gap["credits"])}
    return {"id": name, "answers": tuple(gap["answers"])}
