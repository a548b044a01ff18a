"""The quiz in Firefox: every type answered wrong, then right, and still there after a reload."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from browsers import serve

sys.path.insert(0, str(Path(__file__).parent))
import quiz_pages as pages
import quiz_samples as samples

HERE = Path(__file__).parent


@pytest.mark.browser
def test_every_type_wrong_then_right_and_kept(tmp_path: Path) -> None:
    firefox = shutil.which("firefox-esr") or shutil.which("firefox")
    assert firefox, "this test needs Firefox: run tests/system.sh"
    pages.write(tmp_path, "all", samples.quiz())
    right = {name: samples.KEYS[name] for name in samples.WRONG}
    with serve(tmp_path, pages.POLICY) as url:
        given = {"browser": firefox, "address": url.rstrip("/"), "path": "all.html"}
        done = subprocess.run(
            ["node", "firefox.mjs"],
            cwd=HERE,
            input=json.dumps({**given, "wrong": samples.WRONG, "right": right}),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["said"] == []
    assert {name: told["first"][name] for name in samples.WRONG} == dict.fromkeys(samples.WRONG, "wrong")
    assert {name: told["second"][name] for name in samples.WRONG} == dict.fromkeys(samples.WRONG, "right")
    assert told["resumed"] == told["second"]
    assert told["width"] <= 360
