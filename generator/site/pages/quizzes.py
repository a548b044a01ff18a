"""The page of all quizzes."""

from __future__ import annotations

from generator.site.page import Page
from generator.site.pages.plain import plain_page
from generator.site.view import QUIZZES, Site


def page(site: Site) -> Page:
    """Return the page that lists the quiz of every concept."""
    view = site.page(QUIZZES)
    return plain_page(view, "quizzes", view.render("quizzes.html"))
