"""The page of a concept: answer, drawing, explanation, wrong ideas, quiz and evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count

from markupsafe import Markup, escape

from generator.model.course import Concept, Path
from generator.player.html import QuizView, render_quiz
from generator.site import metadata
from generator.site.page import Crumb, Page, Section, Way
from generator.site.view import CONCEPT, PATHS, Site, View


def pages(site: Site) -> Iterator[Page]:
    """Yield the page of each concept, linked to its neighbours."""
    parts = {str(name): str(part.id) for part in site.course.parts for name in part.concepts}
    concepts = site.course.concepts
    crumbs = [Crumb(CONCEPT.format(id=c.id), site.titled(c.title)) for c in concepts]
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
    ways = tuple(_ways(view, concept))
    return Page(
        path=path,
        kind="concept",
        title=site.titles[concept.id],
        description=view.plain(concept.summary),
        sections=tuple(_sections(view, concept)),
        data=metadata.concept(site, concept),
        part=part,
        styles=("quiz.css",) if concept.items else (),
        modules=tuple(_modules(concept, ways)),
        partial=metadata.partial(site, concept),
        previous=before,
        next=after,
        ways=ways,
    )


def _modules(concept: Concept, ways: tuple[Way, ...]) -> Iterator[str]:
    yield "reading/terms.mjs"
    if ways:
        yield "reading/path.mjs"
    if concept.items:
        yield "quiz/fiches-quiz.mjs"
        yield "learner/history.mjs"


def _ways(view: View, concept: Concept) -> Iterator[Way]:
    for path in view.site.course.paths:
        if concept.id in path.concepts:
            at = path.concepts.index(concept.id)
            yield Way(
                path.id,
                _place(view, path, at),
                _crumb(view.site, path, at - 1),
                _crumb(view.site, path, at + 1),
            )


def _place(view: View, path: Path, at: int) -> Markup:
    """Say which path it is and how far on it the sheet lies: third of eight."""
    link = Markup('<a href="{}">{}</a>').format(view.href(f"{PATHS}#{path.id}"), view.html(path.title))
    n, total = (escape(view.site.number(value)) for value in (at + 1, len(path.concepts)))
    return view.sentence("site.path-place", path=link, n=n, total=total)


def _crumb(site: Site, path: Path, at: int) -> Crumb | None:
    if not 0 <= at < len(path.concepts):
        return None
    name = path.concepts[at]
    return Crumb(CONCEPT.format(id=name), site.titled(site.course.concept[name].title))


def _sections(view: View, concept: Concept) -> Iterator[Section]:
    main = view.figure(concept.main_diagram) if concept.main_diagram else Markup("")
    lead = view.render("concept/lead.html", concept=concept, main=main)
    yield view.section(1, "top", concept.title, lead, search=view.plain(concept.summary))
    for section in concept.sections:
        html = view.render("concept/section.html", section=section)
        yield view.section(2, section.id, section.title, html)
    for name, title in _BLOCKS:
        if name == "quiz" and concept.items:
            yield _quiz(view, concept)
            if downloads := view.site.downloads.by_quiz.get(concept.id):
                html = view.render("downloads/sheet.html", downloads=downloads)
                yield view.section(2, "downloads", "site.downloads-sheet", html, search="")
        elif getattr(concept, name, ()):
            html = view.render(f"concept/{name}.html", concept=concept)
            yield view.section(2, name, title, html)


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
        reread=view.reread,
    )
    prompts = " ".join(view.plain(item.prompt) for item in concept.items)
    html = view.render("learner/unkept.html") + render_quiz(concept, concept.items, made)
    return view.section(2, "quiz", "site.quiz", html, search=prompts)
