"""Write `generator/diagrams/metrics.json`: the widths of DejaVu Sans, in thousandths of an em.

Run it by hand when the table must cover one more script; it needs fontTools and DejaVu Sans. The fonts
that readers have are narrower, so what fits with these widths fits on their screens too.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from pathlib import Path

from fontTools.ttLib import TTFont

# Basic Latin to Latin Extended-B, combining marks to Arabic, Georgian, Latin and Greek Extended, punctuation…
RANGES = [(0x20, 0x24F), (0x2B0, 0x36F), (0x370, 0x6FF), (0x10A0, 0x10FF), (0x1E00, 0x1FFF), (0x2000, 0x206F)]
RANGES += [(0x20A0, 0x20BF), (0x2190, 0x21FF), (0x2200, 0x22FF)]
ARABIC_FORMS = range(0xFB50, 0xFEFF)


def widths(path: Path) -> dict[int, int]:
    """Return the advance width of every character of `RANGES` that the font at `path` draws."""
    font = TTFont(path)
    names, metrics, em = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
    wide = {code: round(1000 * metrics[name][0] / em) for code, name in names.items()}
    found = {code: wide[code] for low, high in RANGES for code in range(low, high + 1) if code in wide}
    for form in ARABIC_FORMS:  # a joined letter may be wider than the letter alone
        parts = unicodedata.decomposition(chr(form)).split()[1:]
        if len(parts) == 1 and form in wide and int(parts[0], 16) in found:
            found[int(parts[0], 16)] = max(found[int(parts[0], 16)], wide[form])
    marks = {code for code in found if unicodedata.category(chr(code)) in ("Mn", "Me", "Cf")}
    return found | dict.fromkeys(marks, 0)


def runs(table: dict[int, int]) -> dict[str, list[int]]:
    """Return `table` as runs: the first code of each run and the widths of its neighbours."""
    grouped: dict[str, list[int]] = {}
    first = last = -2
    for code in sorted(table):
        if code != last + 1:
            first = code
        grouped.setdefault(f"{first:x}", []).append(table[code])
        last = code
    return grouped


def main(fonts: Path, out: Path) -> None:
    """Write both weights."""
    faces = {"regular": "DejaVuSans.ttf", "bold": "DejaVuSans-Bold.ttf"}
    data = {weight: runs(widths(fonts / name)) for weight, name in faces.items()}
    text = json.dumps(data, separators=(",", ":")).replace('],"', '],\n"')
    out.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(__file__).parent.parent / "generator" / "diagrams" / "metrics.json")
