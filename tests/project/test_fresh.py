"""What is made from the sheets and kept in the repository is as fresh as they are."""

from __future__ import annotations

from pathlib import Path

from helpers import REAL, real_course
from project_support import ROOT

from generator import pipeline
from generator.catalogs import po
from generator.catalogs.messages import progress
from generator.cli.schema import write_schemas

PROJECT, COURSE = REAL, real_course()
TEMPLATE = pipeline.template(COURSE)


def test_the_template_and_the_catalogs_are_up_to_date() -> None:
    """`fiches locale update` would change no byte."""
    renewal = pipeline.renewal(PROJECT, COURSE)
    assert (PROJECT.locales / f"{po.DOMAIN}.pot").read_bytes() == renewal.pot()
    for locale in po.locales(PROJECT.locales):
        path = po.catalog_path(PROJECT.locales, locale)
        assert path.read_bytes() == renewal.catalog(locale, *po.load(path))[1], locale


def test_english_is_complete() -> None:
    catalog = {message.context: message for message in pipeline.catalog(PROJECT, "en")}
    done = progress(TEMPLATE, catalog)
    assert (done.fuzzy, done.untranslated) == (0, 0)


def test_the_schemas_are_those_of_the_models(tmp_path: Path) -> None:
    for path in write_schemas(tmp_path):
        assert (ROOT / "schema" / path.name).read_bytes() == path.read_bytes(), "run fiches schema"
