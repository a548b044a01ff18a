"""The shared cases of putting fragments together, run by Python and by the page's own module."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from exporter_support import whole

from generator.exporters.base import Envelope, Fragment
from generator.exporters.fragments import assemble
from generator.exporters.quiz import composed

FILE = Path(__file__).parents[1] / "exporters/assembling.json"
CASES = json.loads(FILE.read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_python(case: dict[str, Any]) -> None:
    uids = [item.uid for item in whole().items]
    quiz = composed(whole(), zip(uids, case["points"], strict=False), case["title"])
    made = assemble(quiz, Envelope(**case["envelope"]), [Fragment(**found) for found in case["fragments"]])
    assert {name: content.decode() for name, content in made.items()} == case["files"]


def test_node() -> None:
    node = shutil.which("node")
    if node is None:
        pytest.fail("these tests need node: run tests/system.sh")
    done = subprocess.run(
        [node, str(Path(__file__).parent / "cases.mjs"), str(FILE)],
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [case["files"] for case in CASES]
