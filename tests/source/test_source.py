"""Files as authors write them: what is read, and all that is said about what is wrong."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from helpers import COURSE, assert_case, cases, read, write_course
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import pipeline
from generator.errors import At, Fault, FaultsError
from generator.source import nodes


@pytest.mark.parametrize("case", cases(Path(__file__).parent / "cases"))
def test_case(case: dict[str, Any], tmp_path: Path) -> None:
    assert_case(case, tmp_path)


def test_a_file_too_large(tmp_path: Path) -> None:
    big = read("content/glossary.yaml") + "# filler\n" * 120_000
    _, faults = pipeline.inspect(write_course(tmp_path, {"content/glossary.yaml": big}))
    assert [fault.code for fault in faults] == ["yaml-size"]


def test_no_yaml_bomb_is_read(tmp_path: Path) -> None:
    lines = (f"{n}: &{n} [*{p}, *{p}]\n" for p, n in zip("abcdefgh", "bcdefghi", strict=True))
    bomb = "a: &a [x, x]\n" + "".join(lines)
    course, faults = pipeline.inspect(write_course(tmp_path, {"content/glossary.yaml": bomb}))
    assert course is None
    assert {"yaml-anchor", "yaml-alias"} <= {fault.code for fault in faults}


def test_a_warning_is_no_error() -> None:
    found = Fault(At("a.yaml", 2, 3), "old", "this is old", severity="warning")
    assert str(found) == "a.yaml:2:3: warning: this is old [old]"
    assert pipeline.relevant([found], "error") == ()
    assert pipeline.relevant([found], "warning") == (found,)


def test_faults_are_sorted_and_said_once() -> None:
    first, second = (Fault(At("a.yaml", line), "x", "wrong") for line in (2, 10))
    assert FaultsError([second, first, second]).faults == (first, second)


def test_a_fault_moves_to_what_it_is_about() -> None:
    fault = Fault(At("a.yaml", 1, 8), "x", "wrong", near="b")
    assert nodes.with_excerpt(fault, ["b: >-", "  a b"]).at == At("a.yaml", 2, 5)
    assert nodes.with_excerpt(fault, ["b: >-"]).at == At("a.yaml", 1, 8)


SHEET = read("content/concepts/first.yaml")
LINES = SHEET.splitlines(keepends=True)
PIECES = SHEET.split()
PIECES += ["\t", "  ", "- ", ": ", '"', "'", "{", "}", "[", "]", "&a ", "*a", "!", "|", ">-", "%", "---\n"]
PIECES += ["\u202e", "\x00", "\u2028", "\ufeff", "\x85", "\r", "null", "~", "yes", "1e999", "-1", "{x[0]}"]
MUTATION = st.tuples(
    st.sampled_from(["line", "cut", "double", "insert", "replace", "value"]),
    st.integers(0, 10**6),
    st.sampled_from(PIECES) | st.text(max_size=4),
)


def mutated(text: str, kind: str, where: int, piece: str) -> str:
    """Return a sheet after one slip of the hand."""
    lines, at = text.splitlines(keepends=True) or [""], where % (len(text) + 1)
    row = where % len(lines)
    match kind:
        case "line":
            return "".join(lines[:row] + lines[row + 1 :])
        case "double":
            return "".join([*lines[: row + 1], *lines[row:]])
        case "cut":
            return text[:at] + text[at + 1 + where % 7 :]
        case "insert":
            return text[:at] + piece + text[at:]
        case "replace":
            return text[:at] + piece + text[at + len(piece) :]
        case _:
            key, colon, _ = lines[row].partition(": ")
            lines[row] = f"{key}{colon}{piece}\n"
            return "".join(lines)


@settings(max_examples=250)
@given(st.lists(MUTATION, min_size=1, max_size=3))
def test_any_mutation_loads_or_is_located(mutations: list[tuple[str, int, str]]) -> None:
    sheet = SHEET
    for mutation in mutations:
        sheet = mutated(sheet, *mutation)
    data = sheet.encode("utf-8", "surrogatepass")
    with tempfile.TemporaryDirectory() as folder:
        project = write_course(Path(folder), {"content/concepts/first.yaml": data})
        course, faults = pipeline.inspect(project)
    assert course is not None or faults
    assert len(set(map(str, faults))) == len(faults)
    for fault in faults:
        assert fault.at.path.startswith("content/"), fault
        assert 1 <= fault.at.line <= len(nodes.lines_of(sheet)) + 1
        assert fault.at.column >= 1
        assert (COURSE / fault.at.path).is_file()
