from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from exporter_support import project, whole
from importer_support import loaded

from generator import pipeline
from generator.cli import cli
from generator.errors import FaultsError, FichesError
from generator.exporters import EXPORTERS
from generator.exporters.losses import run
from generator.importers import convert, yaml

GIFT = "::Un essai:: 2+2 ? {=4#oui ~5}\n"


@pytest.fixture
def gift(tmp_path: Path) -> Path:
    path = tmp_path / "a.gift"
    path.write_text(GIFT)
    return path


def call(*args: object) -> Result:
    return CliRunner().invoke(cli, ["import", *map(str, args)])


def test_to_the_terminal(gift: Path) -> None:
    found = call(gift)
    assert found.exit_code == 0
    assert found.stdout == (
        "# Imported from a.gift: complete what the remarks say, and move into a sheet.\n"
        "items:\n"
        "  # TODO: name the objective that this assesses, add “claims: [c1]”\n"
        "  un-essai:\n"
        "    type: single\n"
        '    prompt: "2+2 ?"\n'
        "    objective: todo\n"
        "    choices:\n"
        '      a: {text: "4", correct: true, feedback: oui}\n'
        '      b: {text: "5"}\n'
    )
    assert "1 item, 0 losses" in found.stderr


def test_to_a_file(gift: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.yaml"
    assert call(gift, "--out", out).exit_code == 0
    first = out.read_bytes()
    again = call(gift, "--out", out)
    assert isinstance(again.exception, FichesError)
    assert "exists already" in str(again.exception)
    out.write_text("mine")
    assert call(gift, "--out", out, "--force").exit_code == 0
    assert out.read_bytes() == first
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.gift", "out.yaml"]


def test_nothing_is_written_when_a_file_is_faulty(tmp_path: Path) -> None:
    path, out = tmp_path / "bad.xml", tmp_path / "out.yaml"
    path.write_text("<quiz>")
    assert isinstance(call(path, "--out", out).exception, FaultsError)
    assert not out.exists()


def test_other_files_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_text("x")
    assert call(path).exit_code == 2
    assert call(tmp_path / "missing.gift").exit_code == 2


def test_for_a_sheet(tmp_path: Path) -> None:
    """Items of ours keep the objective and the claims that the sheet gives them, and can replace them."""
    made = project(tmp_path / "course")
    root = tmp_path / "course"
    quiz = whole()
    for name in ("gift", "moodle-xml"):
        ((file, content),) = run(EXPORTERS[name], quiz).files.items()
        (tmp_path / file).write_bytes(content)
        out = tmp_path / f"{name}.yaml"
        found = call(tmp_path / file, "--concept", "full", "--project", root, "--out", out)
        assert found.exit_code == 0, found.output
        items = out.read_text("utf-8")
        assert "objective: all" in items
        assert "objective: todo" not in items
    assert pipeline.load(made)
    unknown = call(tmp_path / file, "--concept", "ful", "--project", root)
    assert "did you mean “full”?" in str(unknown.exception)


def test_imported_items_stand_in_a_sheet(tmp_path: Path) -> None:
    """What is imported replaces the items of a sheet, and “fiches check” finds nothing but claims missing."""
    made = project(tmp_path)
    quiz = whole()
    items = tuple(item for item in quiz.items if item.concept == "full" and item.type not in ("label",))
    ((file, content),) = run(
        EXPORTERS["moodle-xml"], type(quiz)(quiz.id, quiz.title, quiz.course, quiz.words, items)
    ).files.items()
    text = yaml(convert(file, content, quiz.course.concept["full"]), file)
    sheet = tmp_path / "content/concepts/full.yaml"
    before = sheet.read_text("utf-8")
    head = before[: before.index("stimuli:\n")]
    sheet.write_text(head + text[text.index("stimuli:") :], "utf-8")
    _, faults = pipeline.inspect(made)
    assert not [fault for fault in faults if fault.severity == "error"], faults


@pytest.mark.parametrize("name", ["gift", "moodle-xml"])
def test_same_bytes(name: str) -> None:
    ((file, content),) = run(EXPORTERS[name], whole()).files.items()
    made = convert(file, content)
    assert yaml(made, file) == yaml(convert(file, content), file)
    assert max(map(len, yaml(made, file).splitlines())) < 200
    assert not re.search(r"[ \t]$", yaml(made, file), re.MULTILINE)
    assert loaded(made)
