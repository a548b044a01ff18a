from __future__ import annotations

from dataclasses import replace

from helpers import small_course

from generator.catalogs.messages import messages
from generator.catalogs.status import status

COURSE = small_course()
TEMPLATE = messages(COURSE)


def test_a_locale_is_counted_sheet_by_sheet() -> None:
    def state(context: str) -> dict[str, object]:
        if context.startswith("concepts/first/"):
            return {"msgstr": "x", "fuzzy": context == "concepts/first/title"}
        return {"msgstr": "x" if context.startswith("interface/") else ""}

    catalog = [replace(m, **state(m.context)) for m in TEMPLATE]  # type: ignore[arg-type]
    (row,) = status(TEMPLATE, {"es": catalog}, ["es"])
    parts = {part.name: part for part in row.parts}
    assert list(parts)[:3] == ["course", "first", "second"]
    assert list(parts)[-1] == "interface"
    assert [part.name for part in row.parts if part.sheet] == ["first", "second"]
    first = parts["first"].progress
    assert (first.fuzzy, first.untranslated, parts["first"].missing) == (1, 0, ("concepts/first/title",))
    assert first.words_left == 3
    assert parts["second"].progress.translated == 0
    assert len(parts["second"].missing) == parts["second"].progress.total
    assert parts["interface"].missing == ()
    assert sum(part.progress.total for part in row.parts) == row.total.total == len(TEMPLATE)
    assert row.reviewed


def test_a_stale_translation_and_an_empty_catalog_are_not_translated() -> None:
    stale = [replace(m, msgid="avant", msgstr="x") for m in TEMPLATE]
    empty, old = status(TEMPLATE, {"es": [], "uk": stale})
    assert (empty.total.untranslated, old.total.fuzzy) == (len(TEMPLATE), len(TEMPLATE))
    assert not empty.reviewed
    assert all(part.missing for part in (*empty.parts, *old.parts))
