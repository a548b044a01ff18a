"""The command line: instant help, honest exit statuses, faults without tracebacks, files never overwritten."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from helpers import write_course

from generator.cli import _COMMANDS, cli, main

HEAVY = ("pydantic", "mkdocs", "babel", "jinja2", "markdown_it", "rich", "yaml")
# Each command with the arguments it cannot do without.
CALLS: dict[str, tuple[str, ...]] = {
    "build": (),
    "check": (),
    "export": ("--format", "json"),
    "facts": (),
    "locale add": ("oc",),
    "locale status": (),
    "locale update": (),
    "new concept": ("third",),
    "pages": ("--out", "out"),
    "schema": (),
    "serve": (),
}
ALONE = {"formats", "import", "init"}  # need no course


def run(monkeypatch: pytest.MonkeyPatch, folder: Path, *arguments: str) -> int:
    """Run `fiches` in a folder, as its entry point does, and return its exit status."""
    monkeypatch.chdir(folder)
    monkeypatch.setattr("sys.argv", ["fiches", *arguments])
    with pytest.raises(SystemExit) as stopped:
        main()
    return int(stopped.value.code or 0)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    write_course(tmp_path)
    return tmp_path


def test_a_taken_port_is_told(
    monkeypatch: pytest.MonkeyPatch, course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert run(monkeypatch, course, "serve", "--port", str(port)) == 1
    assert f"port {port} is taken" in capsys.readouterr().err


def test_help_imports_nothing_heavy() -> None:
    code = f"""if True:
        import sys
        from generator.cli import main
        sys.argv = ["fiches", "--help"]
        try:
            main()
        finally:
            print("LOADED", [name for name in {HEAVY} if name in sys.modules])"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "LOADED []"
    for name in _COMMANDS:
        assert f"  {name} " in done.stdout


def test_every_command_has_help() -> None:
    assert {call.split()[0] for call in CALLS} | ALONE == set(_COMMANDS)
    for call in (*CALLS, *ALONE):
        result = CliRunner().invoke(cli, [*call.split(), "--help"])
        assert result.exit_code == 0, call
        assert "Usage:" in result.output


@pytest.mark.parametrize("call", CALLS)
def test_no_course_here(
    call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, tmp_path, *call.split(), *CALLS[call]) == 1
    said = capsys.readouterr()
    assert said.err == ".: no content/course.yaml here; “fiches init DIR” starts a course\n"
    assert said.out == ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("call", [call for call in CALLS if call != "new concept"])
def test_a_broken_sheet(
    call: str, course: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = course / "content/concepts/second.yaml"
    sheet.write_text(sheet.read_text("utf-8").replace("minutes: 5", "minuts: 5"), "utf-8")
    if call == "schema":
        assert run(monkeypatch, course, "schema") == 0  # says what sheets should be, whatever they are
        return
    assert run(monkeypatch, course, *call.split(), *CALLS[call]) == 1
    said = capsys.readouterr().err
    assert "content/concepts/second.yaml:4:1: " in said
    assert "minuts" in said
    assert "Traceback" not in said
    assert {path.name for path in course.iterdir()} == {"content"}


@pytest.mark.parametrize(
    "arguments",
    [("chekc",), ("build", "--jobs", "0"), ("pages",), ("check", "--projet", "."), ("serve", "--port", "0")],
)
def test_a_wrong_command_line(
    arguments: tuple[str, ...],
    course: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(monkeypatch, course, *arguments) == 2
    assert "Usage: fiches" in capsys.readouterr().err


def test_check_says_what_it_saw(
    course: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, course, "check") == 0
    assert capsys.readouterr().out.endswith("2 sheets, 12 items: no fault\n")


def test_a_locale_is_added_once_updated_and_counted(
    course: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    catalog = course / "locales/oc/LC_MESSAGES/fiches.po"
    assert run(monkeypatch, course, "locale", "add", "oc") == 0
    first = catalog.read_bytes()
    assert run(monkeypatch, course, "locale", "add", "oc") == 1
    assert "exists already" in capsys.readouterr().err
    for wrong in ("fr", "klingon", "../oc"):
        assert run(monkeypatch, course, "locale", "add", wrong) == 1
    assert [path.name for path in (course / "locales").iterdir()] == ["oc"]
    catalog.write_text(
        first.decode().replace(
            'msgid "Un cours d’essai"\nmsgstr ""', 'msgid "Un cours d’essai"\nmsgstr "Un cors"'
        ),
        "utf-8",
    )
    capsys.readouterr()
    assert run(monkeypatch, course, "locale", "status", "--json") == 0
    before = json.loads(capsys.readouterr().out)["oc"]
    assert (before["translated"], before["fuzzy"]) == (1, 0)
    sheet = course / "content/course.yaml"
    sheet.write_text(sheet.read_text("utf-8").replace("Un cours d’essai", "Un autre cours"), "utf-8")
    assert run(monkeypatch, course, "locale", "update") == 0
    assert (course / "locales/fiches.pot").is_file()
    assert '#, fuzzy\n#| msgid "Un cours d’essai"' in catalog.read_text("utf-8")
    capsys.readouterr()
    assert run(monkeypatch, course, "locale", "status", "--json") == 0
    after = json.loads(capsys.readouterr().out)["oc"]
    assert after["parts"].pop("course")["missing"][-1] == before["parts"].pop("course")["missing"][-1]
    assert after == before | {"translated": 0, "fuzzy": 1, "words_left": after["words_left"]}
    again = catalog.read_bytes()
    assert run(monkeypatch, course, "locale", "update", "oc") == 0
    assert catalog.read_bytes() == again
    assert run(monkeypatch, course, "locale", "update", "eu") == 1


def test_a_new_sheet_passes_the_checks_once_it_is_listed(
    course: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = course / "content/concepts/third.yaml"
    for wrong in ("Third", "../third", "a--b", ""):
        assert run(monkeypatch, course, "new", "concept", wrong) == 1, wrong
    assert run(monkeypatch, course, "new", "concept", "third") == 0
    path.write_text(path.read_text("utf-8").replace("rfc1983", "rfc1"), "utf-8")
    written = path.read_bytes()
    assert run(monkeypatch, course, "new", "concept", "third") == 1
    assert path.read_bytes() == written
    assert "exists already" in capsys.readouterr().err
    sheet = course / "content/course.yaml"
    sheet.write_text(sheet.read_text("utf-8").replace("[first, second]", "[first, second, third]"), "utf-8")
    assert run(monkeypatch, course, "check") == 0, capsys.readouterr().err


def test_init_starts_a_course_and_overwrites_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, tmp_path, "init", "cours") == 0
    assert run(monkeypatch, tmp_path / "cours", "check") == 0, capsys.readouterr().err
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    capsys.readouterr()
    assert run(monkeypatch, tmp_path, "init", "cours") == 1
    assert "is not empty" in capsys.readouterr().err
    assert run(monkeypatch, tmp_path, "init", "other", "--locale", "xx_YY_zz") == 1
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_schemas_are_written_below_the_course(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(monkeypatch, course, "schema") == 0
    names = {path.name for path in (course / "schema").iterdir()}
    assert {"sheet.json", "course.json", "sources.json", "glossary.json", "misconceptions.json"} <= names


def test_an_unknown_locale_is_no_reason_to_build(
    course: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (course / "mkdocs.yml").write_text("site_name: x\n", "utf-8")
    for command in (("build",), ("pages", "--out", "out"), ("export", "--format", "json")):
        assert run(monkeypatch, course, *command, "--locale", "fo") == 1, command
        assert "“fo”" in capsys.readouterr().err
    assert {path.name for path in course.iterdir()} == {"content", "mkdocs.yml"}


def test_a_pipe_gets_no_progress_bar_and_no_colour(tmp_path: Path) -> None:
    def fiches(*arguments: str, where: Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "generator", *arguments]
        environment = {**os.environ, "TERM": "xterm-256color"}
        return subprocess.run(command, cwd=where, env=environment, capture_output=True, text=True, check=True)

    fiches("init", "cours", where=tmp_path)
    for call in (("build",), ("check",), ("locale", "status"), ("formats",)):
        done = fiches(*call, where=tmp_path / "cours")
        assert "\x1b" not in done.stdout + done.stderr, call
        assert done.stderr == "", call
    assert (tmp_path / "cours/site/index.html").is_file()
