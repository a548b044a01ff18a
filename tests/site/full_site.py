"""A site of the course in which every question type and every need of a format occurs."""

from __future__ import annotations

from pathlib import Path

import pytest
from exporter_support import project
from site_support import ROOT, Built, build, once

from generator.catalogs import po


def full_site(factory: pytest.TempPathFactory) -> Built:
    """Return the site in French and, read from the right, in Arabic, built once for all workers."""

    def make(root: Path) -> None:
        made = project(root)
        (root / "mkdocs.yml").write_text((ROOT / "mkdocs.yml").read_text("utf-8"), "utf-8")
        static = root / "content/static"
        static.mkdir()
        (static / "favicon.svg").write_bytes((ROOT / "content/static/favicon.svg").read_bytes())
        path = po.catalog_path(made.locales, "ar")
        path.parent.mkdir(parents=True)
        path.write_bytes(po.dump((), "fr", "ar"))
        build(root, root / "site")

    root = once(factory, "full", make)
    return build(root, root / "site")
