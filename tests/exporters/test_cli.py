from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from exporter_support import project

from generator.cli import cli, main
from generator.errors import FichesError
from generator.exporters import EXPORTERS


@pytest.fixture
def course(tmp_path: Path) -> Path:
    project(tmp_path)
    catalog = tmp_path / "locales/en/LC_MESSAGES/fiches.po"
    catalog.parent.mkdir(parents=True)
    catalog.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nLanguage: en\\n"\n', "utf-8"
    )
    return tmp_path


def export(course: Path, *options: str) -> Result:
    return CliRunner().invoke(cli, ["export", "--project", str(course), *options])


def tree(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()
    }


def test_every_format_locale_and_quiz(course: Path) -> None:
    result = export(course, "--all")
    assert result.exit_code == 0, result.output
    assert {path.name for path in (course / "dist").iterdir()} == set(EXPORTERS)
    names = {f"demo{quiz}.{locale}.json" for quiz in ("", "-first", "-full") for locale in ("fr", "en")}
    written = {path.name for path in (course / "dist/json").iterdir()}
    assert written == names | {"losses.json", "fiches-quiz-1.schema.json"}
    assert "  images: les schémas sont dits en phrases au lieu d’être dessinés (" in result.output
    assert "dist/csv/losses.json" in result.output
    losses = json.loads((course / "dist/csv/losses.json").read_text("utf-8"))
    assert {loss["item"] for loss in losses["demo-full.fr"]} >= {"full.single", "full.label"}


def test_same_bytes_twice(course: Path) -> None:
    export(course, "--all", "--out", str(course / "a"))
    export(course, "--all", "--out", str(course / "b"))
    assert tree(course / "a") == tree(course / "b")


def test_one_of_each(course: Path) -> None:
    out = course / "out"
    result = export(course, "--format", "csv", "--locale", "en", "--quiz", "full", "--out", str(out))
    assert result.exit_code == 0, result.output
    assert set(tree(out)) == {"csv/demo-full.en.csv", "csv/losses.json"}


def test_chosen_items(course: Path) -> None:
    options = ("--format", "json", "--locale", "fr", "--quiz", "demo", "--difficulty", "easy", "--count", "3")
    export(course, *options)
    items = json.loads((course / "dist/json/demo.fr.json").read_text("utf-8"))["items"]
    assert len(items) == 3
    assert {item["difficulty"] for item in items} == {"easy"}
    result = export(course, "--format", "json", "--quiz", "first", "--difficulty", "hard")
    assert isinstance(result.exception, FichesError)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--format", "jsom"), "there is no format “jsom”; did you mean “json”?"),
        (("--format", "csv", "--locale", "fn"), "there is no locale “fn”; expected one of: en, fr"),
        (("--format", "csv", "--quiz", "firts"), "there is no quiz “firts”; did you mean “first”?"),
        (("--format", "csv", "--quiz", "second"), "there is no quiz “second”"),
    ],
)
def test_unknown_names(
    course: Path,
    options: tuple[str, ...],
    message: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("sys.argv", ["fiches", "export", "--project", str(course), *options])
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == 1
    assert message in capsys.readouterr().err
    assert not (course / "dist").exists()


def test_no_format_named(course: Path) -> None:
    result = export(course)
    assert result.exit_code == 2
    assert "fiches formats" in result.output


def test_a_failure_leaves_the_last_export_whole(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    export(course, "--all")
    before = tree(course / "dist")

    def fail(*_: Any) -> None:
        raise FichesError("no")

    sheet = course / "content/concepts/full.yaml"
    sheet.write_text(sheet.read_text("utf-8").replace("Ordonnez.", "Rangez !"), "utf-8")
    monkeypatch.setattr("generator.exporters.formats.csv_.cell", fail)
    assert isinstance(export(course, "--all").exception, FichesError)
    assert tree(course / "dist") == before
    monkeypatch.undo()
    assert export(course, "--all").exit_code == 0
    assert tree(course / "dist") != before


def test_a_folder_that_cannot_be_written(course: Path) -> None:
    (course / "dist").write_text("a file", "utf-8")
    result = export(course, "--format", "csv")
    assert isinstance(result.exception, FichesError)
    assert "cannot be written" in str(result.exception)


def test_formats() -> None:
    result = CliRunner().invoke(cli, ["formats"])
    assert result.exit_code == 0
    for exporter in EXPORTERS.values():
        assert exporter.title in result.output
    lines = [line.split() for line in result.output.splitlines()]
    assert ["carries", *EXPORTERS][:7] in lines
    assert "─" not in result.output
    assert "\x1b" not in result.output
