"""Files written aside, then renamed: a reader never sees half of one, and a crash loses nothing."""

from __future__ import annotations

import os
from pathlib import Path


def write(path: Path, content: str | bytes) -> bool:
    """Write a file, making its folders; return whether it changed."""
    data = content.encode() if isinstance(content, str) else content
    if path.is_file() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}.new")  # another process may write the same
    aside.write_bytes(data)
    aside.replace(path)
    return True
