"""Fiches: concept sheets in YAML become a translated site with diagrams and quizzes.

The public API is what a script needs; everything is imported when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_WHERE = {
    "Course": "generator.model.course",
    "Edition": "generator.pipeline",
    "Fault": "generator.errors",
    "FaultsError": "generator.errors",
    "FichesError": "generator.errors",
    "Item": "generator.model.items",
    "Project": "generator.pipeline",
    "Text": "generator.text",
    "edition": "generator.pipeline",
    "inspect": "generator.pipeline",
    "load": "generator.pipeline",
    "locales": "generator.pipeline",
    "score": "generator.scoring",
}

__all__ = [  # noqa: PLE0604  # the names are those of the table
    *sorted(_WHERE)
]


def __getattr__(name: str) -> Any:  # noqa: ANN401  # a module holds anything
    if name not in _WHERE:
        raise AttributeError(f"module “generator” has no attribute “{name}”")
    return getattr(import_module(_WHERE[name]), name)
