"""Every page of an edition: one module for each kind of page."""

from __future__ import annotations

from collections.abc import Iterator

from generator.site.page import Page
from generator.site.pages import (
    about,
    accessibility,
    bibliography,
    composer,
    concept,
    downloads,
    glossary,
    home,
    learner,
    misconceptions,
    offline,
    paths,
    quizzes,
    teachers,
    translations,
)
from generator.site.view import Site


def pages(site: Site) -> Iterator[Page]:
    """Yield the pages of a site, home first, concepts in reading order."""
    yield home.page(site)
    yield from concept.pages(site)
    if site.course.paths:
        yield paths.page(site)
    yield quizzes.page(site)
    if site.course.items:
        yield from learner.pages(site)
    yield misconceptions.page(site)
    yield glossary.page(site)
    yield bibliography.page(site)
    yield teachers.page(site)
    if site.downloads.by_quiz:
        yield downloads.page(site)
    if site.downloads.composed:
        yield composer.page(site)
    if site.translations:
        yield translations.page(site)
    if site.archive:
        yield offline.page(site)
    yield about.page(site)
    yield accessibility.page(site)
