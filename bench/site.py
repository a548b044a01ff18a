"""Times whole-site builds as ratios to stock MkDocs + Material on pages of the same size.

    .venv/bin/python bench/site.py [PAGES]

Both build PAGES concept pages (default 200) in one locale; ours also at three times as many, to show that
the cost of a page does not grow with the site. What stock has nothing of, twenty packages a page for
teachers, is told apart: they are made at a first build, and kept while nothing changes. Figures are ratios:
absolute times say more of the machine.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BIN = Path(sys.executable).parent
PROSE = "Chaque serveur reçoit le message entier, le garde, puis s’occupe du saut suivant sans attendre. " * 4
PER_PART = 20

SHEET = """\
title: Fiche {n}
question: Que dit la fiche {n} ?
summary: La fiche {n} dit une seule chose.
minutes: 10
prerequisites: [{needs}]
objectives: {{o1: {{bloom: understand, text: Comprendre.}}}}
claims: {{c1: {{text: Une affirmation., sources: [rfc1]}}}}
main_diagram: way
diagrams:
  way:
    kind: path
    title: Le trajet
    description: Deux machines.
    stops: {{a: Alice, b: {{text: Bob, store: true}}}}
    hops: {{h1: {{from: a, to: b, text: SMTP, over: TCP}}}}
sections:
{sections}
items:
{items}
"""
ITEM = """\
  q{k}:
    type: single
    prompt: Question {k} ?
    objective: o1
    claims: [c1]
    choices:
      a: {{text: Une réponse juste., correct: true, feedback: Oui.}}
      b: {{text: Une réponse fausse., feedback: Non.}}
      c: {{text: Une autre réponse fausse., feedback: Non plus.}}
"""


def ours(root: Path, pages: int) -> None:
    """Write a course of `pages` sheets."""
    subprocess.run([BIN / "fiches", "init", str(root)], check=True, capture_output=True)
    concepts = root / "content" / "concepts"
    (concepts / "first-concept.yaml").unlink()
    (root / "content" / "sources.yaml").write_text("sources: {rfc1: {title: Host Software, kind: rfc}}\n")
    for name in ("misconceptions.yaml", "glossary.yaml"):
        (root / "content" / name).unlink()
    sections = "".join(
        f"  s{k}:\n    title: Section {k}\n    body:\n      p1: {PROSE}[^c1]\n      p2: {PROSE}\n"
        for k in range(5)
    )
    items = "".join(ITEM.format(k=k) for k in range(5))
    for n in range(pages):
        needs = f"c{n - 1}" if n % PER_PART else ""
        text = SHEET.format(n=n, needs=needs, sections=sections, items=items)
        (concepts / f"c{n}.yaml").write_text(text, "utf-8")
    course = (root / "content" / "course.yaml").read_text("utf-8")
    parts = ""
    for start in range(0, pages, PER_PART):
        names = ", ".join(f"c{n}" for n in range(start, min(start + PER_PART, pages)))
        parts += f"  p{start}: {{title: Partie {start}, concepts: [{names}]}}\n"
    (root / "content" / "course.yaml").write_text(course.split("parts:")[0] + "parts:\n" + parts, "utf-8")


def stock(root: Path, pages: int) -> None:
    """Write a plain MkDocs site of `pages` pages of the same size."""
    docs = root / "docs"
    docs.mkdir(parents=True)
    body = "".join(f"## Section {k}\n\n{PROSE}\n\n{PROSE}\n\n" for k in range(5))
    choices = "    - [ ] Une réponse juste.\n    - [ ] Une réponse fausse.\n\n    Oui. Non.\n\n"
    quiz = "".join(f'??? question "Question {k} ?"\n{choices}' for k in range(5))
    for n in range(pages):
        (docs / f"c{n}.md").write_text(f"# Fiche {n}\n\n{body}{quiz}", "utf-8")
    (docs / "index.md").write_text("# Accueil\n", "utf-8")
    extensions = "markdown_extensions: [admonition, pymdownx.details]\n"
    (root / "mkdocs.yml").write_text(
        f"site_name: x\ntheme: {{name: material, font: false}}\nplugins: [search]\n{extensions}", "utf-8"
    )


def measure(root: Path) -> tuple[float, int]:
    """Build and return the seconds and the bytes of HTML."""
    start = time.perf_counter()
    quiet = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    subprocess.run([BIN / "mkdocs", "build", "-q"], cwd=root, check=True, env=quiet)
    seconds = time.perf_counter() - start
    return seconds, sum(path.stat().st_size for path in (root / "site").rglob("*.html"))


def main() -> None:
    """Print the ratios."""
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        stock(root / "stock", pages)
        theirs, their_bytes = measure(root / "stock")
        found = []
        for count in (pages, 3 * pages):
            ours(root / "ours", count)
            first, _ = measure(root / "ours")  # makes every quiz in every format, and keeps them
            again, html = measure(root / "ours")
            found.append((first, again, html))
            shutil.rmtree(root / "ours")
    (first, small, small_bytes), (_, large, large_bytes) = found
    print(f"{pages} pages: {small / theirs:.2f} of stock's time, {small_bytes / their_bytes:.2f} of its HTML")
    print(f"with every quiz made in every format for the first time: {first / theirs:.1f}")
    time_a_page, html_a_page = large / small / 3, large_bytes / small_bytes / 3
    print(f"{3 * pages} pages: {time_a_page:.2f} of the time a page, {html_a_page:.2f} of the HTML a page")


if __name__ == "__main__":
    main()
