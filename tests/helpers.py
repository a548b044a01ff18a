"""What several rooms' tests share: a small valid course, and ways to change it."""

from __future__ import annotations

import shutil
from pathlib import Path

from generator import pipeline
from generator.model.course import Course

# A course with every question type and every diagram kind, in two sheets.
COURSE = Path(__file__).parent / "course"


def write_course(root: Path, files: dict[str, str | bytes] | None = None) -> pipeline.Project:
    """Write the small course below `root`, then `files` (paths below `root` and their contents) over it."""
    shutil.copytree(COURSE, root, dirs_exist_ok=True)
    for name, content in (files or {}).items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return pipeline.Project.at(root)


def read(name: str) -> str:
    """Return the text of a file of the small course, such as `content/course.yaml`."""
    return (COURSE / name).read_text("utf-8")


def small_course() -> Course:
    """Return the small course."""
    return pipeline.load(pipeline.Project.at(COURSE))
