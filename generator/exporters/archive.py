"""Zips whose bytes depend on their files only, so that the page's own zips (fflate) can be the same."""

from __future__ import annotations

import io
from collections.abc import Mapping
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

_DATE = (1980, 1, 1, 0, 0, 0)  # the earliest that the format knows
_UNIX = 3
_LEVEL = 4  # two thirds of the usual level's time for a twentieth more bytes


def archive(files: Mapping[str, str | bytes], *, compressed: bool = True) -> bytes:
    """Return a zip of `files`, by path, in sorted order and without folder entries.

    Not compressed, it is what `fflate.zipSync` makes of the same files: two deflaters never agree.
    """
    made = io.BytesIO()
    with ZipFile(made, "w") as zipped:
        for name in sorted(files):
            content = files[name]
            data = content.encode() if isinstance(content, str) else content
            zipped.writestr(entry(name, compressed=compressed), data, compresslevel=_LEVEL)
    return made.getvalue()


def entry(name: str, *, compressed: bool = True) -> ZipInfo:
    """Return what a zip says of a file, the same wherever and whenever it is made."""
    info = ZipInfo(name, _DATE)
    info.create_system = _UNIX
    info.external_attr = 0o644 << 16
    info.compress_type = ZIP_DEFLATED if compressed else ZIP_STORED
    return info
