"""A page as Markdown that any generator reads: front matter, Markdown headings, and HTML between them."""

from __future__ import annotations

import json
import re

from generator.site.assets import asset
from generator.site.page import Page
from generator.site.view import Site

_BLANK = re.compile(r"\n\s*\n")
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#+!|-])")


def markdown(site: Site, page: Page) -> str:
    """Return the Markdown of a page whose assets lie in the same tree."""
    up = "../" * (page.path.count("/") + 1 if page.path else 0)
    head = [f'<link rel="stylesheet" href="{up}{asset("fiches.css")}">']
    head += [f'<link rel="stylesheet" href="{up}{asset(name)}">' for name in page.styles]
    head += [f'<script type="module" src="{up}{asset(name)}"></script>' for name in page.modules]
    front = {"title": page.title, "description": page.description, "lang": site.tag, "dir": site.direction}
    lines = [
        "---",
        *(f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in front.items()),
        "---",
        "",
    ]
    for section in page.sections:
        title = _SPECIAL.sub(r"\\\1", section.title)
        lines += [f"{'#' * section.level} {title} {{#{section.id}}}", ""]
        if section.level == 1:
            lines += ["<div>" + "".join(head) + "</div>", ""]
        # A blank line would end the block of HTML; inside <pre> it is spelt out.
        lines += ["<div>", _spelt(str(section.html)), "</div>", ""]
    return "\n".join(lines)


def _spelt(html: str) -> str:
    parts = re.split(r"(<pre\b.*?</pre>)", html, flags=re.DOTALL)
    return "".join(
        part.replace("\n", "&#10;") if part.startswith("<pre") else _BLANK.sub("\n", part) for part in parts
    )
