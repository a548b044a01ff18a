"""Whole projects in folders of their own, and the programs that are run there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from helpers import write_course

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent


def small_project(folder: Path, files: dict[str, str | bytes] | None = None) -> Path:
    """Write the small course into `folder`, ready for MkDocs."""
    icon = (ROOT / "content/static/favicon.svg").read_bytes()
    config = (ROOT / "mkdocs.yml").read_bytes()
    write_course(folder, {"mkdocs.yml": config, "content/static/favicon.svg": icon, **(files or {})})
    return folder


def run(
    folder: Path, *command: str, status: int = 0, bin_: Path = BIN, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run an installed program in a folder, and insist on its exit status."""
    kept = {name: value for name, value in os.environ.items() if name not in ("SITE_URL", "LOCALE")}
    done = subprocess.run(
        [str(bin_ / command[0]), *command[1:]],
        cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False, timeout=300,
        env={**kept, "NO_MKDOCS_2_WARNING": "1", **environment},
    )  # fmt: skip
    assert done.returncode == status, f"{command}: {done.returncode}\n{done.stdout}\n{done.stderr}"
    assert "Traceback" not in done.stdout + done.stderr, done.stderr
    return done


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file below `folder` with its bytes."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
