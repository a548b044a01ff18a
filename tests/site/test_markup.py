"""The W3C Nu checker over every page of the built site, and over the strange ones: no error."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest
from site_support import HOSTILE, ROOT, Built

pytestmark = pytest.mark.slow
CHECKER = ROOT / "tests/node_modules/vnu-jar/build/dist/vnu.jar"


def errors(site: Built) -> list[str]:
    """Return what the checker says is wrong, page by page."""
    java = shutil.which("java")
    if java is None or not CHECKER.is_file():
        pytest.fail(
            "the Nu checker needs Java and vnu-jar: run tests/system.sh and npm install --prefix tests"
        )
    files = [str(page.file) for page in site.pages]
    done = subprocess.run(
        [java, "-Xss4m", "-jar", str(CHECKER), "--format", "json", *files],
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    found = json.loads(done.stderr)["messages"]
    return [
        f"{said['url'].removeprefix(site.root.as_uri())}:{said.get('lastLine')}: {said['message']} {said.get('extract')}"
        for said in found
        if said["type"] != "info"
    ]


def test_the_checker_sees_an_error(site: Built) -> None:
    page = site.root.parent / "wrong.html"
    page.write_text("<!doctype html><html lang=fr><title>x</title><p><table></p></b>", "utf-8")
    wrong = Built(site.root.parent, site.course, ())
    object.__setattr__(wrong, "pages", (type(site.pages[0])(page, "wrong.html", "fr", ""),))
    assert errors(wrong)


def test_every_page_is_valid(site: Built) -> None:
    assert len(site.pages) > 20
    assert errors(site) == []


def test_every_question_and_diagram_is_valid_and_stays_so_under_attack(strange: Built) -> None:
    assert HOSTILE in strange.locales
    assert errors(strange) == []
