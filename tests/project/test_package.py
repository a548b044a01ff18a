"""The package as others get it: installed from its wheel, in a course of their own, and in other builders."""

from __future__ import annotations

import json
import re
import venv
from pathlib import Path
from typing import Any

import lxml.html
import pytest
import yaml
from jsonschema import Draft202012Validator
from project_support import ROOT, run

pytestmark = pytest.mark.slow


def test_a_wheel_is_all_that_a_new_course_needs(tmp_path: Path) -> None:
    run(ROOT, "python", "-m", "build", "--wheel", "--outdir", str(tmp_path))
    (wheel,) = tmp_path.glob("fiches-*.whl")
    venv.create(tmp_path / "venv", with_pip=True)
    installed = tmp_path / "venv/bin"
    run(tmp_path, "python", "-m", "pip", "install", "--quiet", str(wheel), bin_=installed)
    run(tmp_path, "fiches", "init", "cours", bin_=installed)
    course = tmp_path / "cours"
    run(course, "mkdocs", "build", "--strict", bin_=installed)
    run(course, "fiches", "export", "--format", "json", bin_=installed)
    run(course, "fiches", "check", bin_=installed)
    assert home(course).get("lang") == "fr"
    assert "Accueil" in home(course).text_content()
    exported = [json.loads(path.read_text("utf-8")) for path in (course / "dist/json").glob("*.fr.json")]
    assert all(quiz["items"] for quiz in exported)
    assert len(exported) == 2
    run(tmp_path, "fiches", "init", "course", "--locale", "en", bin_=installed)
    run(tmp_path / "course", "fiches", "build", bin_=installed)
    english = home(tmp_path / "course")
    assert english.get("lang") == "en"
    said = english.text_content()
    assert "Home" in said
    assert [word for word in ("Accueil", "Glossaire", "Recherche", "Idées") if word in said] == []


def home(course: Path) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring((course / "site/index.html").read_bytes())


def test_another_generator_builds_the_pages(tmp_path: Path) -> None:
    run(ROOT, "fiches", "pages", "--out", str(tmp_path / "docs"))
    config = "site_name: Essai\nmarkdown_extensions: [attr_list, md_in_html]\n"
    (tmp_path / "mkdocs.yml").write_text(config, "utf-8")
    run(tmp_path, "zensical", "build")
    sources = sorted((tmp_path / "docs").rglob("*.md"))
    assert len(sources) > 10
    for source in sources:
        path = source.relative_to(tmp_path / "docs").with_suffix(".html")
        built = tmp_path / "site" / path
        page = lxml.html.document_fromstring(built.read_bytes())
        wanted = re.findall(r"^#+ .* \{#(.+)\}$", source.read_text("utf-8"), re.MULTILINE)
        assert set(wanted) <= set(page.xpath("//h1/@id | //h2/@id")), path
        assert bool(page.xpath("//fiches-quiz//form")) == (path.parts[0] == "concepts"), path
        for href in page.xpath("//article//@href | //article//@src"):
            to, _, anchor = str(href).partition("#")
            # What follows `quiz=` tells the player how to ask; the way along a path is the theme's.
            anchor = "" if anchor.startswith("path-") else anchor.partition("=")[0]
            if not to.startswith("https:"):
                file = built.parent / to / "index.html" if not to or to.endswith("/") else built.parent / to
                assert file.is_file(), f"{path}: {href} leads nowhere"
                assert not anchor or f'id="{anchor}"' in file.read_text("utf-8"), f"{path}: {href}"


class Core(yaml.SafeLoader):
    """Reads YAML as an editor does: version 1.2, where `no` and `1.10.1` are words."""


Core.yaml_implicit_resolvers = {}
for name, pattern, first in (
    ("null", r"^(~|null|)$", ["~", "n", ""]),
    ("bool", r"^(true|false)$", list("tf")),
    ("int", r"^[-+]?[0-9]+$", list("-+0123456789")),
    ("float", r"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$", list("-+.0123456789")),
):
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{name}", re.compile(pattern), first)


def test_schemas_accept_the_sheets_and_refuse_slips(tmp_path: Path) -> None:
    run(ROOT, "fiches", "schema", "--out", str(tmp_path))
    sheets = sorted((ROOT / "content").rglob("*.yaml"))
    assert len(sheets) > 8
    for sheet in sheets:
        text = sheet.read_text("utf-8")
        named = re.match(r"# yaml-language-server: \$schema=(\S+)\n", text)
        assert named, f"{sheet.name} names no schema"
        schema: Any = json.loads((tmp_path / Path(named[1]).name).read_text("utf-8"))
        Draft202012Validator.check_schema(schema)
        judge = Draft202012Validator(schema)
        value = yaml.load(text, Core)
        assert [error.message for error in judge.iter_errors(value)] == [], sheet.name
        assert list(judge.iter_errors({**value, "minuts": 3})), sheet.name
