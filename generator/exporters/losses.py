"""What each item needs, compared with what a format can carry: the losses that no exporter can forget."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache, partial
from typing import assert_never

from generator.exporters.base import WHOLE, Ask, Capabilities, Export, Exporter, Feature, Loss
from generator.exporters.quiz import Quiz, once
from generator.inline import bare, tokens
from generator.model.items import (
    ChoiceInteraction,
    FreeInteraction,
    GapInteraction,
    Item,
    MatchInteraction,
    NumericInteraction,
    OrderInteraction,
    Reaction,
    TextInteraction,
)
from generator.model.walk import texts
from generator.text import Text

_MARKUP = frozenset({"code_inline", "key", "em_open", "strong_open", "link_open"})
OMITTED = "loss.omitted"


def run(exporter: Exporter, quiz: Quiz) -> Export:
    """Return what a format makes of a quiz: files unless it can carry no item, and every loss."""
    kept, losses = sift(quiz, exporter.capabilities)
    if not kept.items:
        return Export({}, losses)
    made = exporter.export(kept)
    return Export(dict(sorted(made.files.items())), (*losses, *made.losses))


def sift(quiz: Quiz, capabilities: Capabilities) -> tuple[Quiz, tuple[Loss, ...]]:
    """Return the quiz without the items that a format has no question for, and the losses of all of them."""
    kept: list[Item] = []
    found = [missed("", feature, capabilities) for feature in WHOLE if feature not in capabilities.features]
    carried = capabilities.asks.union(capabilities.degraded)
    reasons = lru_cache(maxsize=None)(partial(_reasons, capabilities))  # few, for many items
    for item in quiz.items:
        asked = ask(item)
        if asked not in carried:
            found.append(Loss(item.uid, asked, OMITTED))
            continue
        kept.append(item)
        found += [Loss(item.uid, what, why) for what, why in reasons(asked, needs(quiz, item))]
        if capabilities.most_points and (item.points % 1 or item.points > capabilities.most_points):
            found.append(missed(item.uid, Feature.POINTS, capabilities))
    return replace(quiz, items=tuple(kept)), tuple(found)


def told(quiz: Quiz, loss: Loss) -> Loss:
    """Return a loss with its reason in words of the quiz's locale."""
    if loss.why not in quiz.words:
        return loss
    return loss._replace(why=quiz.word(loss.why, **dict(loss.values)), values=())


def subject(quiz: Quiz, loss: Loss) -> str:
    """Return what is lost in words of the quiz's locale; the code of a loss that has no word is left."""
    name = f"export.ask-{loss.what}" if loss.what in frozenset(Ask) else f"loss.{loss.what}"
    return quiz.word(name) if name in quiz.words else loss.what


def _reasons(capabilities: Capabilities, asked: Ask, needed: frozenset[str]) -> list[tuple[str, str]]:
    """Return what a kind of item loses, and why: its question, then features in their order."""
    missing = needed - capabilities.features
    lost = [missed("", feature, capabilities) for feature in Feature if feature in missing]
    degraded = capabilities.degraded.get(asked)
    return ([(asked, degraded)] if degraded else []) + [(loss.what, loss.why) for loss in lost]


def missed(uid: str, feature: Feature, capabilities: Capabilities) -> Loss:
    """Return the loss of a feature that a format lacks."""
    return Loss(uid, feature, capabilities.notes.get(feature, f"loss.no-{feature}"))


def ask(item: Item) -> Ask:
    """Return what an item asks."""
    match item.interaction:
        case ChoiceInteraction(multiple=True):
            return Ask.MULTIPLE
        case ChoiceInteraction():
            return Ask.SINGLE
        case MatchInteraction():
            return Ask.MATCH
        case OrderInteraction():
            return Ask.ORDER
        case TextInteraction():
            return Ask.TEXT
        case NumericInteraction():
            return Ask.NUMERIC
        case GapInteraction():
            return Ask.GAP
        case FreeInteraction():
            return Ask.FREE
        case _:
            assert_never(item.interaction)


def reactions(item: Item) -> tuple[Reaction, ...]:
    """Return every answer that an item foresees."""
    match item.interaction:
        case ChoiceInteraction(options=found):
            return found
        case MatchInteraction(sources=matched):
            return matched
        case TextInteraction(answers=typed):
            return typed
        case NumericInteraction(answers=numbers):
            return numbers
        case GapInteraction(gaps=gaps):
            return tuple(answer for gap in gaps for answer in (*gap.options, *gap.answers))
        case OrderInteraction() | FreeInteraction():
            return ()
        case _:
            assert_never(item.interaction)


def parts(item: Item) -> int:
    """Return how many things are scored one by one."""
    match item.interaction:
        case ChoiceInteraction(multiple=True) as asked:
            return len(asked.options)
        case MatchInteraction(sources=sources):
            return len(sources)
        case OrderInteraction(entries=entries):
            return len(entries)
        case GapInteraction(gaps=gaps):
            return len(gaps)
        case FreeInteraction(rubric=rubric):
            return len(rubric)
        case ChoiceInteraction() | TextInteraction() | NumericInteraction():
            return 1
        case _:
            assert_never(item.interaction)


@once
def needs(quiz: Quiz, item: Item) -> frozenset[str]:
    """Return the features without which something of an item is lost; those of `WHOLE` are not among them."""
    foreseen = reactions(item)
    shared = any(0 < answer.credit < 1 for answer in foreseen)
    several = parts(item) > 1
    needed = {
        Feature.FEEDBACK: any(answer.feedback for answer in foreseen),
        Feature.HINTS: bool(item.hints),
        Feature.EXPLANATION: item.explanation is not None,
        Feature.SOURCES: bool(quiz.evidence(item)),
        Feature.MISCONCEPTIONS: any(answer.misconception for answer in foreseen),
        Feature.CREDIT: shared and item.partial,
        Feature.PARTIAL: several and item.partial,
        Feature.STRICT: (several or shared) and not item.partial,
        Feature.POINTS: item.points != 1,
        Feature.STIMULUS: quiz.stimulus(item) is not None,
        Feature.IMAGES: bool(quiz.drawings(item)),
        Feature.MARKUP: any(map(marked, (*quiz.texts(item), *texts(quiz.stimulus(item))))),
        Feature.DIGITS: ask(item) == Ask.NUMERIC and quiz.own_digits,
    }
    return frozenset(feature for feature, wanted in needed.items() if wanted)


def marked(text: Text) -> bool:
    """Return whether a text is more than plain characters."""
    value = str(text)
    return not bare(value) and any(token.type in _MARKUP for token in tokens(value))
