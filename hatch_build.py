"""Puts the interface's translations into the wheel: the part of each catalog that no course owns."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_INTERFACE = re.compile(r'^msgctxt "interface/', re.MULTILINE)


class InterfaceCatalogs(BuildHookInterface):  # type: ignore[type-arg]  # hatchling's own generic
    """Adds `generator/locales/<locale>.po` to the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the interface part of each catalog and have it packed."""
        if version == "editable":
            return  # a checkout reads its own catalogs
        folder = Path(tempfile.mkdtemp())
        for catalog in sorted((Path(self.root) / "locales").glob("*/LC_MESSAGES/fiches.po")):
            header, *entries = catalog.read_text("utf-8").split("\n\n")
            kept = [entry.strip("\n") for entry in entries if _INTERFACE.search(entry) and "#~" not in entry]
            path = folder / f"{catalog.parent.parent.name}.po"
            path.write_text("\n\n".join([header, *kept]) + "\n", "utf-8")
            build_data["force_include"][str(path)] = f"generator/locales/{path.name}"
