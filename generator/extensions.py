"""The built-in tables, with what other packages add to them through entry points."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import entry_points
from typing import TypeVar

T = TypeVar("T")


def extended(table: str, built_in: Mapping[str, T]) -> dict[str, T]:
    """Return a table and what is registered under `fiches.<table>`; built-in names win."""
    found = {point.name: point.load() for point in entry_points(group=f"fiches.{table}")}
    return found | dict(built_in)
