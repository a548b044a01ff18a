"""A quiz into printable PDF: an exam in two versions, and the answer key to both with a marking grid.

`exam.typ` sets the data that `exam.py` makes; no text of a sheet is ever Typst source. The files conform to
PDF/UA-1 (ISO 14289-1), so that an exam can be read aloud.
"""

from __future__ import annotations

import importlib
import json
import re
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from pathlib import Path
from types import ModuleType
from typing import Any

from babel.core import get_global

from generator.errors import FichesError
from generator.exporters.base import Ask, Capabilities, Export, Exporter, Feature
from generator.exporters.kits import exam
from generator.exporters.quiz import Quiz

_TEMPLATE = Path(__file__).parents[1] / "kits" / "exam.typ"
# Other scripts than those of `exam.FONT` are set in the first of these that the computer has.
_FONTS = {
    "Arab": ("Amiri", "Noto Naskh Arabic", "Scheherazade New", "Noto Sans Arabic", "Geeza Pro", "Arial"),
    "Jpan": (
        "Noto Serif CJK JP", "Noto Sans CJK JP", "Noto Serif JP", "Noto Sans JP", "Hiragino Mincho ProN",
        "Hiragino Sans", "Yu Mincho", "Yu Gothic", "MS Mincho", "IPAPMincho", "IPAPGothic", "VL PGothic",
    ),
    "Hans": ("Noto Serif CJK SC", "Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei"),
    "Hant": ("Noto Serif CJK TC", "Noto Sans CJK TC", "Noto Sans TC", "PingFang TC", "Microsoft JhengHei"),
    "Kore": ("Noto Serif CJK KR", "Noto Sans CJK KR", "Noto Sans KR", "Apple SD Gothic Neo", "Malgun Gothic"),
}  # fmt: skip
# The Debian package of a font for each script, as Unicode names its characters.
_PACKAGES = dict.fromkeys(("CJK", "HIRAGANA", "KATAKANA", "HANGUL"), "fonts-noto-cjk")
_UNSET = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
_FAULT = re.compile("^error: (.+)$", re.MULTILINE)
_UNREAD = "PDF/UA-1 error: the PDF contains text with missing codepoints"


def export(quiz: Quiz) -> Export:
    """Return the exam in each version, and the key."""
    versions = {version.lower(): exam.exam(quiz, version) for version in exam.VERSIONS}
    files = versions | {"key": exam.key(quiz)}
    with ThreadPoolExecutor() as pool:  # Typst does not hold Python up
        made = pool.map(partial(_compiled, quiz), files.values())
        return Export({f"{quiz.stem}-{name}.pdf": pdf for name, pdf in zip(files, made, strict=True)})


def _typst() -> ModuleType:
    try:
        return importlib.import_module("typst")
    except ImportError as error:
        raise FichesError("PDF needs Typst, which is not installed: pip install 'fiches[pdf]'") from error


@cache
def fonts() -> Any:  # noqa: ANN401  # Typst may not be there
    """Return the fonts of Typst and of this computer, which are looked for once."""
    return _typst().Fonts()


def families(locale: str) -> list[str]:
    """Return the fonts of a locale that can be had here, the first choice first."""
    language, *subtags = re.split("[-_]", locale)
    likely = get_global("likely_subtags").get(language, "").split("_")
    wanted = next((_FONTS[part] for part in (*subtags, *likely) if part in _FONTS), ())
    installed = frozenset(fonts().families())
    return [exam.FONT, *(family for family in wanted if family in installed)]


def _compiled(quiz: Quiz, data: exam.Data) -> bytes:
    """Return the PDF of an exam or a key.

    PDF/UA forbids characters without a glyph (7.21.8), in drawings too: Typst refuses to write the file and
    names the text that no font has. So no reader ever gets a row of empty boxes instead of words.
    """
    typst = _typst()
    text = json.dumps(data | {"fonts": families(quiz.locale)}, ensure_ascii=False, sort_keys=True)
    try:
        return _made(text, "ua-1")
    except typst.TypstError as error:
        faults = set(_FAULT.findall(error.diagnostic)) or {error.message}
        # Typst gives no characters to the combining marks of a drawing. What it shows stands in its
        # alternative too, so only the claim to conform is left out.
        if faults == {_UNREAD}:
            return _made(text)
        unset = _UNSET.search(error.diagnostic)
        reason = _no_glyph(unset[1]) if unset else f"Typst cannot set this quiz: {error.message}"
        raise FichesError(f"{quiz.stem}: {reason}") from error


def _made(data: str, *standards: str) -> bytes:
    # A compiler that failed once cannot find its template any more.
    compiler = _typst().Compiler(input=_TEMPLATE.read_bytes(), font_paths=fonts())
    return bytes(compiler.compile(format="pdf", sys_inputs={"paper": data}, pdf_standards=list(standards)))


def _no_glyph(text: str) -> str:
    char = next((sign for sign in text if not sign.isascii()), text[0])
    script = unicodedata.name(char, f"U+{ord(char):04X}").split()[0]
    package = _PACKAGES.get(script, "fonts-noto-core")
    return (
        f"no font of this computer has “{char}” ({script}); "
        f"install one for that script, such as Noto (on Debian: apt install {package})"
    )


EXPORTER = Exporter(
    name="pdf",
    title="PDF: an exam in two versions, and its answer key",
    suffix=".pdf",
    capabilities=Capabilities(
        asks=frozenset(Ask),
        features=frozenset(Feature) - {Feature.FEEDBACK, Feature.HINTS, Feature.MISCONCEPTIONS},
        notes={Feature.FEEDBACK: "loss.feedback-in-key"},
    ),
    export=export,
)
