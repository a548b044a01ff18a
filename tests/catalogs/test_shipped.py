from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from helpers import REAL, real_course, real_edition

from generator import pipeline
from generator.catalogs import po
from generator.model.course import Course
from generator.model.items import Item
from generator.model.walk import replaced
from generator.text import Text

PROJECT, COURSE = REAL, real_course()
LOCALES = po.locales(PROJECT.locales)
# Filters that compare capitals, punctuation and words as English writes them; our own checks know locales.
COSMETIC = (
    "acronyms", "brackets", "doublequoting", "doublewords", "endpunc", "long", "numbers", "puncspacing",
    "sentencecount", "short", "simplecaps", "simpleplurals", "singlequoting", "startcaps", "startpunc",
    "unchanged", "untranslated",
)  # fmt: skip


def file(locale: str) -> Path:
    return po.catalog_path(PROJECT.locales, locale)


def bones(course: Course) -> list[Item]:
    """The items without their words: ids, keys, weights, scores and order are left."""
    blank = Text("")
    return [replaced(item, Text, lambda text: blank) for item in course.items]


def test_the_locales_of_this_course_are_there() -> None:
    assert {"ar", "en", "es", "ja", "uk"} <= set(LOCALES)


@pytest.mark.parametrize("locale", LOCALES)
def test_ids_keys_weights_and_scores_are_those_of_every_locale(locale: str) -> None:
    course = real_edition(locale).course
    assert course.locale == locale
    assert bones(course) == bones(COURSE)
    assert [concept.id for concept in course.concepts] == [concept.id for concept in COURSE.concepts]


def test_the_catalogs_have_no_error() -> None:
    faults = pipeline.inspect_catalogs(PROJECT, COURSE)
    assert [str(fault) for fault in faults if fault.severity == "error"] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_gettext_takes_it_without_a_warning(locale: str) -> None:
    tool = shutil.which("msgfmt")
    if tool is None:
        pytest.skip("gettext’s msgfmt is not installed")
    run = subprocess.run(
        [tool, "--check", "-o", "/dev/null", file(locale)], capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stderr) == (0, "")


@pytest.mark.parametrize("locale", LOCALES)
def test_babel_reads_what_we_read(locale: str) -> None:
    with file(locale).open("rb") as stream:
        catalog = read_po(stream)
    ours, obsolete, _ = po.load(file(locale))
    assert str(catalog.locale) == locale
    theirs = {m.context: (m.id, m.string, m.fuzzy) for m in catalog if m.id}
    assert theirs == {m.context: (m.msgid, m.msgstr, m.fuzzy) for m in ours}
    assert len(catalog.obsolete) == len({(m.context, m.msgid) for m in obsolete})


@pytest.mark.slow
@pytest.mark.parametrize("locale", LOCALES)
def test_translate_toolkit_finds_nothing_broken(locale: str, tmp_path: Path) -> None:
    tool = Path(sys.executable).with_name("pofilter")
    out = tmp_path / "found.po"
    excluded = [f"--excludefilter={name}" for name in COSMETIC]
    call = [tool, "--progress=none", "--nofuzzy", *excluded, file(locale), out]
    subprocess.run(call, check=True, capture_output=True)
    assert not out.exists() or "(pofilter)" not in out.read_text("utf-8")


def test_the_filters_would_find_a_slip(tmp_path: Path) -> None:
    broken = 'msgid "a {x}"\nmsgstr "a {y}"\n'
    (tmp_path / "in.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n' + broken
    )
    tool = Path(sys.executable).with_name("pofilter")
    excluded = [f"--excludefilter={name}" for name in COSMETIC]
    call = [tool, "--progress=none", *excluded, tmp_path / "in.po", tmp_path / "out.po"]
    subprocess.run(call, check=True, capture_output=True)
    assert "(pofilter)" in (tmp_path / "out.po").read_text("utf-8")
