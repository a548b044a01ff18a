"""The page of all quizzes."""

from __future__ import annotations

from generator.site.page import Page, Section
from generator.site.view import QUIZZES, Site


def page(site: Site) -> Page:
    """Return the page that lists the quiz of every concept."""
    view = site.page(QUIZZES)
    html = view.render("quizzes.html")
    return Page(
        path=QUIZZES,
        kind="quizzes",
        title=view.word("site.quizzes"),
        description=view.word("site.quizzes-description"),
        sections=(Section(1, "top", view.word("site.quizzes"), html),),
    )
