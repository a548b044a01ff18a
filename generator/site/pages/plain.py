"""What the pages about the whole course share: a title and a description named after their kind."""

from __future__ import annotations

from markupsafe import Markup

from generator.site.page import Page, Section
from generator.site.view import View


def plain_page(view: View, kind: str, html: Markup, *more: Section) -> Page:
    """Return the page of a `kind`: its heading with `html` under it, then `more` sections.

    Its words are `site.<kind>` and `site.<kind>-description`.
    """
    return Page(
        path=view.path,
        kind=kind,
        title=view.word(f"site.{kind}"),
        description=view.word(f"site.{kind}-description"),
        sections=(view.section(1, "top", f"site.{kind}", html), *more),
    )
