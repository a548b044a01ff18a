"""Whole builds: the same bytes anywhere, the last good site kept, and every fault said and located."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from pathlib import Path

import pytest
from helpers import read
from project_support import BIN, ROOT, run, small_project, tree

pytestmark = pytest.mark.slow
LOCATED = re.compile(r"^(content/\S+\.yaml):(\d+):(\d+): .+ \[[a-z-]+\]", re.MULTILINE)


def test_same_bytes_in_another_folder_time_zone_and_language(tmp_path: Path) -> None:
    places = {
        "here": {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1", "LC_ALL": "C"},
        "some/where else": {"TZ": "America/Los_Angeles", "PYTHONHASHSEED": "77", "LC_ALL": "C.UTF-8"},
    }
    sites = []
    for jobs, (name, environment) in enumerate(places.items(), start=1):
        folder = small_project(tmp_path / name)
        run(folder, "fiches", "locale", "add", "ar")
        run(folder, "fiches", "build", "--jobs", str(jobs), **environment)
        sites.append(tree(folder / "site"))
    one, other = sites
    assert "ar/concepts/first/index.html" in one
    assert len(one) > 50
    assert {name for name in one.keys() | other.keys() if one.get(name) != other.get(name)} == set()
    written = [name for name, content in one.items() if str(tmp_path).encode() in content]
    assert written == []


def test_a_failed_build_leaves_the_last_site_whole(tmp_path: Path) -> None:
    folder = small_project(tmp_path)
    run(folder, "fiches", "build")
    before = tree(folder / "site")
    sheet = folder / "content/concepts/second.yaml"
    good = sheet.read_text("utf-8")
    sheet.write_text(good.replace("prerequisites: [first]", "prerequisites: [frist]"), "utf-8")
    said = run(folder, "fiches", "build", status=1).stderr
    assert LOCATED.search(said), said
    sheet.write_text(good, "utf-8")
    config = folder / "mkdocs.yml"
    config.write_text(config.read_text("utf-8") + "hooks: [absent.py]\n", "utf-8")
    run(folder, "fiches", "build", status=1)
    assert tree(folder / "site") == before
    assert {path.name for path in folder.iterdir()} == {".fiches", "content", "mkdocs.yml", "site"}


def test_a_killed_build_leaves_the_last_site_whole(tmp_path: Path) -> None:
    folder = small_project(tmp_path)
    run(folder, "fiches", "build")
    before = tree(folder / "site")
    aside = folder / ".site.new"
    build = subprocess.Popen([str(BIN / "fiches"), "build"], cwd=folder, start_new_session=True)
    end = time.monotonic() + 60
    while not any(aside.rglob("*.css")) and time.monotonic() < end:
        time.sleep(0.002)
    os.killpg(build.pid, signal.SIGKILL)
    assert build.wait() == -signal.SIGKILL
    assert aside.is_dir(), "the build was over before it could be killed"
    assert tree(folder / "site") == before
    run(folder, "fiches", "build")
    assert tree(folder / "site") == before
    assert not aside.exists()


def test_mkdocs_alone_builds_and_says_what_is_wrong(tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(ROOT, "mkdocs", "build", "--strict", "--site-dir", str(out))
    assert (out / "concepts/is-email-connectionless/index.html").is_file()
    broken = read("content/concepts/second.yaml").replace("minutes: 5", "minutes: five")
    folder = small_project(tmp_path / "broken", {"content/concepts/second.yaml": broken})
    done = run(folder, "mkdocs", "build", "--strict", status=1)
    (found,) = LOCATED.findall(done.stdout + done.stderr)
    assert found[:2] == ("content/concepts/second.yaml", "4")
    assert not (folder / "site").exists()


# What an author gets wrong in a sheet: the words to find, what stands there instead, the line of the fault.
SLIPS: dict[str, tuple[str, str, int]] = {
    "unknown-field": ("minutes: 5", "minutes: 5\nlevls: [nsi]", 5),
    "missing-field": ("question: Et ensuite ?\n", "", 1),
    "no-number": ("minutes: 5", "minutes: beaucoup", 4),
    "no-yaml": ("title: La seconde fiche", "title: [La seconde fiche", 1),
    "tab": ("  only:", "\tonly:", 11),
    "twice": ("minutes: 5", "minutes: 5\nminutes: 6", 5),
    "unknown-sheet": ("prerequisites: [first]", "prerequisites: [frist]", 5),
    "unknown-claim": ("Rien de plus", "Rien [^c9] de plus", 14),
    "unknown-source": ("sources: [book]", "sources: [bok]", 9),
    "raw-tag": ("summary: ", "summary: !!python/name:os.system ", 3),
}


def test_every_broken_sheet_is_told_in_one_run(tmp_path: Path) -> None:
    sheet = read("content/concepts/second.yaml")
    files: dict[str, str | bytes] = {}
    for name, (right, wrong, _) in SLIPS.items():
        assert right in sheet, name
        files[f"content/concepts/{name}.yaml"] = sheet.replace(right, wrong, 1)
    course = read("content/course.yaml").replace("second]", ", ".join(["second", *SLIPS]) + "]")
    files["content/course.yaml"] = course
    done = run(small_project(tmp_path, files), "fiches", "check", status=1)
    found = {path: int(line) for path, line, _ in LOCATED.findall(done.stderr)}
    assert found == {f"content/concepts/{name}.yaml": line for name, (_, _, line) in SLIPS.items()}
    assert f"\n{len(SLIPS)} faults\n" in done.stderr
