"""A quiz into a self-contained JSON document for developers, with its schema beside it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from typing import assert_never

from pydantic_core import to_json

from generator.exporters import presenting
from generator.exporters.base import Ask, Capabilities, Export, Exporter, Feature
from generator.exporters.kits import document as doc
from generator.exporters.quiz import Quiz, clean, once
from generator.inline import direction, tag
from generator.model.base import Passage
from generator.model.course import Citation, Claim, Misconception
from generator.model.items import (
    Answer,
    ChoiceInteraction,
    FreeInteraction,
    GapInteraction,
    Item,
    MatchInteraction,
    NumericInteraction,
    Option,
    OrderInteraction,
    Reaction,
    TextInteraction,
)
from generator.scoring import key
from generator.text import Text

_LEVELS: dict[int, doc.Level] = {1: "easy", 2: "medium", 3: "hard"}


def export(quiz: Quiz) -> Export:
    """Return the document of a quiz and the schema that it names."""
    fields = {doc.ALIASES.get(name, name): value for name, value in _document(quiz).items()}
    made = to_json(fields, indent=1)
    return Export({f"{quiz.stem}.json": made + b"\n", doc.SCHEMA_FILE: _schema()})


@cache
def _schema() -> bytes:
    return (json.dumps(doc.schema(), ensure_ascii=False, indent=1) + "\n").encode()


def _document(quiz: Quiz) -> doc.Document:
    course = quiz.course
    return doc.Document(
        schema_file=doc.SCHEMA_FILE,
        version=doc.VERSION,
        id=quiz.id,
        title=_words(quiz, quiz.title),
        course=doc.Entry(id=course.id, text=_words(quiz, course.title)),
        locale=tag(quiz.locale),
        direction=direction(quiz.locale),
        source_locale=tag(course.source_locale),
        authors=tuple(map(clean, course.authors)),
        licence=doc.Licence(name=clean(course.licence.name), url=clean(course.licence.url)),
        items=tuple(_question(quiz, item) for item in quiz.items),
    )


@once
def _question(quiz: Quiz, item: Item) -> doc.Question:
    concept = quiz.concept(item)
    return doc.Question(
        id=quiz.identify(item),
        uid=item.uid,
        concept=doc.Entry(id=concept.id, text=_words(quiz, concept.title)),
        type=item.type,
        difficulty=_LEVELS[item.difficulty],
        points=item.points,
        partial=item.partial,
        objective=_objective(quiz, item),
        stimulus=_stimulus(quiz, item),
        diagrams=tuple(
            doc.Diagram(id=drawing.id, title=drawing.title, svg=drawing.svg, steps=drawing.steps)
            for drawing in quiz.drawings(item)
        ),
        prompt=_words(quiz, item.prompt),
        interaction=_asked(quiz, item),
        key=_key(item),
        hints=_entries(quiz, item.hints),
        explanation=_maybe(quiz, item.explanation),
        claims=tuple(_claim(quiz, claim) for claim in quiz.evidence(item)),
    )


def _key(item: Item) -> tuple[str, ...] | dict[str, str] | str:
    match key(item):
        case dict() as named:
            return {str(name): clean(str(value)) for name, value in named.items()}
        case list() as several:
            return tuple(map(str, several))
        case typed:
            return clean(str(typed))


def _asked(quiz: Quiz, item: Item) -> doc.AnyAsk:
    asked = item.interaction
    match asked:
        case ChoiceInteraction():
            options = _choices(quiz, asked.options)
            return doc.ChoiceAsk(kind=asked.kind, multiple=asked.multiple, choices=options)
        case MatchInteraction():
            return _match(quiz, item, asked)
        case OrderInteraction():
            order = tuple(entry.id for entry in presenting.entries(item, asked))
            return doc.OrderAsk(kind=asked.kind, entries=_entries(quiz, asked.entries), shown=order)
        case TextInteraction():
            return doc.TextAsk(kind=asked.kind, answers=_typed(quiz, asked.answers))
        case NumericInteraction():
            return _numeric(quiz, asked)
        case GapInteraction():
            return _gaps(quiz, asked)
        case FreeInteraction():
            return _free(quiz, asked)
        case _:
            assert_never(asked)


def _match(quiz: Quiz, item: Item, asked: MatchInteraction) -> doc.MatchAsk:
    sources = tuple(
        doc.Source(
            id=source.id,
            text=_words(quiz, source.text),
            target=source.target,
            feedback=_maybe(quiz, source.feedback),
            misconception=_idea(quiz, source),
        )
        for source in presenting.sources(item, asked)
    )
    return doc.MatchAsk(
        kind=asked.kind,
        layout=asked.layout,
        sources=sources,
        targets=_entries(quiz, presenting.targets(item, asked)),
    )


def _numeric(quiz: Quiz, asked: NumericInteraction) -> doc.NumericAsk:
    numbers = tuple(
        doc.Number(**_answered(quiz, answer), value=answer.value, tolerance=answer.tolerance)
        for answer in asked.answers
    )
    return doc.NumericAsk(kind=asked.kind, answers=numbers, unit=_maybe(quiz, asked.unit))


def _gaps(quiz: Quiz, asked: GapInteraction) -> doc.GapAsk:
    gaps = tuple(
        doc.Gap(id=gap.id, choices=_choices(quiz, gap.options), answers=_typed(quiz, gap.answers))
        for gap in asked.gaps
    )
    return doc.GapAsk(kind=asked.kind, text=_words(quiz, asked.text), gaps=gaps)


def _free(quiz: Quiz, asked: FreeInteraction) -> doc.FreeAsk:
    rubric = tuple(
        doc.Line(id=line.id, text=_words(quiz, line.text), points=line.points) for line in asked.rubric
    )
    return doc.FreeAsk(kind=asked.kind, rubric=rubric, model_answer=_words(quiz, asked.model_answer))


def _choices(quiz: Quiz, options: Iterable[Option]) -> tuple[doc.Choice, ...]:
    return tuple(doc.Choice(**_answered(quiz, option), text=_words(quiz, option.text)) for option in options)


def _typed(quiz: Quiz, answers: Iterable[Answer]) -> tuple[doc.Typed, ...]:
    return tuple(doc.Typed(**_answered(quiz, answer), value=quiz.typed(answer)) for answer in answers)


def _answered(quiz: Quiz, answer: Reaction) -> doc.Answered:
    return doc.Answered(
        id=answer.id,
        credit=answer.credit,
        feedback=_maybe(quiz, answer.feedback),
        misconception=_idea(quiz, answer),
    )


def _idea(quiz: Quiz, answer: Reaction) -> doc.Idea | None:
    found = quiz.course.misconception.get(answer.misconception or "")
    return _stated(quiz, found) if found else None


@once
def _stated(quiz: Quiz, idea: Misconception) -> doc.Idea:
    return doc.Idea(id=idea.id, statement=_words(quiz, idea.statement))


def _objective(quiz: Quiz, item: Item) -> doc.Objective | None:
    found = quiz.objective(item)
    return doc.Objective(id=found.id, bloom=found.bloom, text=_words(quiz, found.text)) if found else None


def _stimulus(quiz: Quiz, item: Item) -> doc.Stimulus | None:
    found = quiz.stimulus(item)
    if found is None:
        return None
    return doc.Stimulus(
        id=found.id,
        title=_maybe(quiz, found.title),
        text=_maybe(quiz, found.text),
        code=clean(found.code) if found.code else None,
        diagram=found.diagram,
    )


@once
def _claim(quiz: Quiz, claim: Claim) -> doc.Claim:
    citations = tuple(_citation(quiz, citation) for citation in claim.sources)
    return doc.Claim(id=claim.id, text=_words(quiz, claim.text), citations=citations)


def _citation(quiz: Quiz, citation: Citation) -> doc.Citation:
    source = quiz.course.source.get(citation.source)
    return doc.Citation(
        source=citation.source,
        label=quiz.citation(citation),
        title=clean(source.title) if source else None,
        section=citation.section or None,
        detail=citation.detail or None,
        url=quiz.address(citation.source),
    )


def _entries(quiz: Quiz, passages: Iterable[Passage]) -> tuple[doc.Entry, ...]:
    return tuple(doc.Entry(id=passage.id, text=_words(quiz, passage.text)) for passage in passages)


def _maybe(quiz: Quiz, text: Text | None) -> doc.Words | None:
    return None if text is None else _words(quiz, text)


@once
def _words(quiz: Quiz, text: Text) -> doc.Words:
    return doc.Words(html=quiz.html(text), plain=quiz.plain(text), locale=tag(text.locale or quiz.locale))


EXPORTER = Exporter(
    name="json",
    title="JSON with its schema, for developers",
    suffix=".json",
    capabilities=Capabilities(asks=frozenset(Ask), features=frozenset(Feature)),
    export=export,
)
