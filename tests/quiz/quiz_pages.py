"""One static page with the sample quiz, and the strictest policy to serve it under."""

from __future__ import annotations

import shutil
from pathlib import Path

import material

from generator import player

THEME = Path(material.__file__).parent / "templates/assets/stylesheets"
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; form-action 'none'"
FRAME = """body { background: var(--md-default-bg-color); }
main { box-sizing: border-box; width: 100%; max-width: 40rem; margin: 0 auto; padding: 0 .8rem; }"""
PAGE = """<!doctype html>
<html lang="{lang}" dir="{dir}"><head><meta charset="utf-8"><title>Quiz</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<link rel="stylesheet" href="material.css"><link rel="stylesheet" href="palette.css">
<link rel="stylesheet" href="tokens.css"><link rel="stylesheet" href="page.css">
<link rel="stylesheet" href="quiz.css"><link rel="stylesheet" href="frame.css">
<script type="module" src="quiz/fiches-quiz.mjs"></script></head>
<body dir="{dir}" data-md-color-scheme="{scheme}"><main class="md-typeset">
<h1>Quiz</h1>{quiz}</main></body></html>
"""


def write(folder: Path, name: str, quiz: str, *, lang: str = "fr", scheme: str = "default") -> None:
    """Write the page `name` and all that it needs into `folder`."""
    for path, content in (player.assets() | player.assets("generator.site")).items():
        file = folder / path
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(content)
    for sheet in ("main", "palette"):
        target = "material" if sheet == "main" else sheet
        shutil.copy(next(THEME.glob(f"{sheet}.*.min.css")), folder / f"{target}.css")
    (folder / "frame.css").write_text(FRAME, "utf-8")
    page = PAGE.format(quiz=quiz, lang=lang, dir="rtl" if lang == "ar" else "ltr", scheme=scheme)
    (folder / f"{name}.html").write_text(page, "utf-8")
