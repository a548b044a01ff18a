"""The diagrams of `cases.yaml`, and how to give them other texts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel

from generator.diagrams import DIAGRAMS
from generator.diagrams.base import Drawn
from generator.text import Text

CASES = yaml.load((Path(__file__).parent / "cases.yaml").read_text("utf-8"), yaml.BaseLoader)
T = TypeVar("T")


def build(case: dict[str, Any]) -> Drawn:
    diagram = DIAGRAMS[case["diagram"]["kind"]].model_validate({"id": "d", **case["diagram"]})
    assert isinstance(diagram, Drawn)
    return diagram


SOUND = [build(case) for case in CASES if "steps" in case]


def with_texts(value: T, change: Callable[[str], str], locale: str = "") -> T:
    """Return `value` with each of its texts changed, as a translation would."""
    if isinstance(value, Text):
        return replace(value, value=change(value.value) or value.value, locale=locale)  # type: ignore[return-value]
    if isinstance(value, BaseModel):
        fields = {name: with_texts(getattr(value, name), change, locale) for name in type(value).model_fields}
        return value.model_copy(update=fields)
    if isinstance(value, tuple):
        return tuple(with_texts(part, change, locale) for part in value)  # type: ignore[return-value]
    return value


def longer(text: str) -> str:
    """Return a text 40 % longer, as translations can be."""
    return f"{text} {text[: max(1, len(text) * 2 // 5)]}"
