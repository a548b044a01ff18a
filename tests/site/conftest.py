"""Builds the sites once a session; every test of this room reads the same files."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from site_support import ROOT, Built, build, once, write_strange


@pytest.fixture(scope="session", autouse=True)
def _public_address() -> Iterator[None]:
    """Keep the environment of whoever runs the tests out of the site's addresses."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("SITE_URL", raising=False)
        yield


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The real course in every locale."""
    folder = once(tmp_path_factory, "real", lambda folder: _make(ROOT, folder))
    return build(ROOT, folder / "site")


@pytest.fixture(scope="session")
def strange(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The small course, which holds a bit of everything, in a wrapped and in a hostile locale."""

    def make(folder: Path) -> None:
        write_strange(folder)
        build(folder, folder / "site")

    folder = once(tmp_path_factory, "strange", make)
    return build(folder, folder / "site")


def _make(root: Path, folder: Path) -> None:
    folder.mkdir()
    build(root, folder / "site")
