"""References between sheets, items, claims, misconceptions, terms and diagrams lead somewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

from generator.checks.base import fault, ids, unknown
from generator.errors import Fault, nearest
from generator.inline import SCHEMES, references
from generator.model.course import Concept, Course
from generator.model.items import (
    ChoiceInteraction,
    GapInteraction,
    Item,
    MatchInteraction,
    NumericInteraction,
    Reaction,
    TextInteraction,
)
from generator.model.walk import texts
from generator.text import Text


def check(course: Course) -> Iterator[Fault]:
    """Yield every reference that leads nowhere."""
    known = {"term": set(course.term), "concept": set(course.listed), "source": set(course.source)}
    for concept in course.concepts:
        yield from _sheet(course, concept)
        for item in concept.items:
            yield from _item(course, concept, item)
        here = known | {"claim": set(ids(concept.claims))}
        for text in texts(concept):
            yield from _inline(here, text)
    yield from _ways(course)
    for text in texts(course.model_copy(update={"concepts": ()})):
        yield from _inline(known | {"claim": set()}, text)


def _ways(course: Course) -> Iterator[Fault]:
    """Yield the concepts that paths and programmes name in vain."""
    named = [name for path in course.paths for name in path.concepts]
    named += [name for programme in course.curricula for line in programme.lines for name in line.concepts]
    for name in named:
        yield from unknown(name, course.listed, "unknown-concept", "concept of this course")


def _sheet(course: Course, concept: Concept) -> Iterator[Fault]:
    diagrams = ids(concept.diagrams)
    for level in concept.levels:
        yield from unknown(level, ids(course.levels), "unknown-level", "level of course.yaml")
    for name in concept.prerequisites:
        yield from unknown(name, course.listed, "unknown-concept", "concept of this course")
    for name in concept.misconceptions:
        yield from unknown(name, course.misconception, "unknown-misconception", "misconception")
    for name in concept.terms:
        yield from unknown(name, course.term, "unknown-term", "term of the glossary")
    shown = [block.diagram for section in concept.sections for block in section.body]
    shown += [stimulus.diagram for stimulus in concept.stimuli] + [concept.main_diagram]
    for diagram in shown:
        if diagram is not None:
            yield from unknown(diagram, diagrams, "unknown-diagram", "diagram of this sheet")


def _item(course: Course, concept: Concept, item: Item) -> Iterator[Fault]:
    yield from unknown(
        item.objective, ids(concept.objectives), "unknown-objective", "objective of this sheet"
    )
    for claim in item.claims:
        yield from unknown(claim, ids(concept.claims), "unknown-claim", "claim of this sheet")
    if item.stimulus is not None:
        yield from unknown(item.stimulus, ids(concept.stimuli), "unknown-stimulus", "stimulus of this sheet")
    for reaction in reactions(item):
        if reaction.misconception is not None:
            yield from unknown(
                reaction.misconception, course.misconception, "unknown-misconception", "misconception"
            )
    if isinstance(item.interaction, MatchInteraction) and item.interaction.diagram is not None:
        yield from _labelled(concept, item.interaction)


def _labelled(concept: Concept, interaction: MatchInteraction) -> Iterator[Fault]:
    name = interaction.diagram or ""
    yield from unknown(name, ids(concept.diagrams), "unknown-diagram", "diagram of this sheet")
    diagram = next((diagram for diagram in concept.diagrams if diagram.id == name), None)
    for source in interaction.sources if diagram else ():
        yield from unknown(source.id, diagram.parts() if diagram else (), "unknown-part", f"part of “{name}”")


def reactions(item: Item) -> tuple[Reaction, ...]:
    """Return all that an item foresees: its options, answers and matched elements."""
    match item.interaction:
        case ChoiceInteraction(options=options):
            return options
        case MatchInteraction(sources=sources):
            return sources
        case TextInteraction(answers=answers) | NumericInteraction(answers=answers):
            return answers
        case GapInteraction(gaps=gaps):
            return tuple(reaction for gap in gaps for reaction in (*gap.options, *gap.answers))
        case _:
            return ()


def _inline(known: Mapping[str, Set[str]], text: Text) -> Iterator[Fault]:
    for scheme, target in references(text):
        near = f"[^{target}]" if scheme == "claim" else f"{scheme}:{target}"
        if scheme in known:
            if target not in known[scheme]:
                message = f"“{target}” is no {scheme} of this {'sheet' if scheme == 'claim' else 'course'}"
                yield fault(text, f"unknown-{scheme}", message, nearest(target, known[scheme]), near=near)
        elif scheme != "https" or not target.startswith("//"):
            allowed = ", ".join(f"{name}:" for name in SCHEMES)
            message = f"a link may not lead to “{near[:80]}”" if target else f"“{scheme[:80]}” is no address"
            yield fault(text, "link", message, f"use https://, {allowed}", near=near if target else scheme)
