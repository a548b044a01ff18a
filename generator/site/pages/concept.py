"""The page of a concept: answer, drawing, explanation, wrong ideas, quiz and evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count

from markupsafe import Markup

from generator.model.course import Concept
from generator.player.html import QuizView, render_quiz
from generator.site import metadata
from generator.site.page import Crumb, Page, Section
from generator.site.view import CONCEPT, Site, View


def pages(site: Site) -> Iterator[Page]:
    """Yield the page of each concept, linked to its neighbours."""
    parts = {str(name): str(part.id) for part in site.course.parts for name in part.concepts}
    concepts = site.course.concepts
    crumbs = [Crumb(CONCEPT.format(id=c.id), site.titles[c.id]) for c in concepts]
    for index, concept in enumerate(concepts):
        yield _page(
            site,
            concept,
            parts[concept.id],
            crumbs[index - 1] if index else None,
            crumbs[index + 1] if index + 1 < len(crumbs) else None,
        )


def _page(site: Site, concept: Concept, part: str, before: Crumb | None, after: Crumb | None) -> Page:
    path = CONCEPT.format(id=concept.id)
    view = site.page(path, concept)
    return Page(
        path=path,
        kind="concept",
        title=site.titles[concept.id],
        description=view.plain(concept.summary),
        sections=tuple(_sections(view, concept)),
        data=metadata.concept(site, concept),
        part=part,
        quiz=bool(concept.items),
        partial=metadata.partial(site, concept),
        previous=before,
        next=after,
    )


def _sections(view: View, concept: Concept) -> Iterator[Section]:
    main = view.figure(concept.main_diagram) if concept.main_diagram else Markup("")
    lead = view.render("concept/lead.html", concept=concept, main=main)
    yield Section(1, "top", view.site.titles[concept.id], lead, search=view.plain(concept.summary))
    for section in concept.sections:
        html = view.render("concept/section.html", section=section)
        yield Section(2, section.id, view.plain(section.title), html)
    for name, title in _BLOCKS:
        if name == "quiz" and concept.items:
            yield _quiz(view, concept)
            if downloads := view.site.downloads.by_quiz.get(concept.id):
                html = view.render("downloads/sheet.html", downloads=downloads)
                yield Section(2, "downloads", view.word("site.downloads-sheet"), html, search="")
        elif getattr(concept, name, ()):
            html = view.render(f"concept/{name}.html", concept=concept)
            yield Section(2, name, view.word(title), html)


# What follows the explanation, in reading order: id, which is its field and its template too, and title.
_BLOCKS = (
    ("misconceptions", "site.misconceptions"),
    ("examples", "site.example"),
    ("analogies", "site.analogies"),
    ("quiz", "site.quiz"),
    ("claims", "site.claims"),
    ("further", "site.further"),
)


def _quiz(view: View, concept: Concept) -> Section:
    numbers = count(1)  # the same diagram may stand in several questions

    def diagram(name: str, marks: Mapping[str, str]) -> Markup:
        return view.figure(name, marks, prefix=f"quiz-{next(numbers)}")

    made = QuizView(
        inline=view.inline,
        words=view.site.words,
        diagram=diagram,
        misconception=view.misconception,
        locale=view.site.locale,
        course=view.site.course.id,
    )
    prompts = " ".join(view.plain(item.prompt) for item in concept.items)
    return Section(
        2, "quiz", view.word("site.quiz"), render_quiz(concept, concept.items, made), search=prompts
    )
