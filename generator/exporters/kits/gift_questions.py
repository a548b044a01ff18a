"""The answers of each type of question in GIFT, with every sign that means something there escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from generator.exporters import presenting
from generator.exporters.base import Ask, Feature, Loss
from generator.exporters.fragments import xml
from generator.exporters.kits import moodle, weights
from generator.exporters.losses import marked
from generator.exporters.multilang import Multilingual
from generator.exporters.quiz import Quiz, clean
from generator.model.items import (
    Answer,
    ChoiceInteraction,
    FreeInteraction,
    Gap,
    GapInteraction,
    Item,
    MatchInteraction,
    NumericInteraction,
    Option,
    OrderInteraction,
    Reaction,
    TextInteraction,
)
from generator.scoring import EPSILON

_SIGNS = "\\:#={}~"  # the backslash first: it marks the others
# What could name the format or the weight of a text, at its beginning.
_OPENING = re.compile(r"\A(?:\[(?=(?:html|markdown|moodle|plain)\])|%)")
_BLANK = "_____"  # what Moodle shows at the place of a missing word


@dataclass(frozen=True, slots=True)
class Block:
    """The answers of a question, HTML added to its text and to what is read after it, and its losses."""

    answers: Sequence[str] = ()
    text: str = ""
    after: str = ""
    losses: tuple[Loss, ...] = ()


def line(value: str) -> str:
    """Return characters on one line."""
    return " ".join(clean(value).split())


def escaped(value: str) -> str:
    """Return characters that mean nothing to GIFT."""
    for sign in _SIGNS:
        value = value.replace(sign, f"\\{sign}")
    return value.replace("\r", "").replace("\n", r"\n")


def text(quiz: Quiz, html: str) -> str:
    """Return HTML as a text of GIFT."""
    shown = moodle.inert(moodle.block(quiz, html))
    return escaped(_OPENING.sub(lambda sign: f"&#{ord(sign[0])};", shown))


def block(quiz: Quiz, item: Item) -> Block:
    """Return what stands between the braces of an item's question, and what goes with it."""
    asked = item.interaction
    match asked:
        case ChoiceInteraction(multiple=True):
            return _multiple(quiz, item, asked.options)
        case ChoiceInteraction():
            return _truth(quiz, asked) if item.type == "truefalse" else _single(quiz, item, asked.options)
        case MatchInteraction():
            return _match(quiz, item, asked)
        case OrderInteraction():
            places = {entry.id: quiz.number(place) for place, entry in enumerate(asked.entries, start=1)}
            shown = presenting.entries(item, asked)
            return Block([_pair(quiz, quiz.html(entry.text), places[entry.id]) for entry in shown])
        case TextInteraction():
            return _typed(quiz, item, asked.answers)
        case NumericInteraction():
            return _numeric(quiz, item, asked)
        case GapInteraction():
            made = _gap(quiz, item, asked) if len(asked.gaps) == 1 else _gaps(quiz, item, asked)
            first = Loss(item.uid, Ask.GAP, "loss.first-language")
            return replace(made, losses=(*made.losses, first)) if isinstance(quiz, Multilingual) else made
        case FreeInteraction():
            return Block(after=_model(quiz, asked))
        case _:
            assert_never(asked)


def _said(quiz: Quiz, reaction: Reaction) -> str:
    words = moodle.remark(quiz, reaction)
    return f"#{text(quiz, words)}" if words else ""


def _truth(quiz: Quiz, asked: ChoiceInteraction) -> Block:
    """Return T or F, then what is said to the other answer, then to this one."""
    right = max(asked.options, key=lambda option: option.credit)
    wrong = min(asked.options, key=lambda option: option.credit)
    said = _said(quiz, right)
    before = _said(quiz, wrong) or ("#" if said else "")
    return Block([f"{'T' if right.id == 'true' else 'F'}{before}{said}"])


def _single(quiz: Quiz, item: Item, options: Sequence[Option]) -> Block:
    key = max(options, key=lambda option: option.credit)
    others, losses = _shares(item, [option for option in options if option is not key])
    signs = iter(f"~%{share}%" for share in others)
    answers = [_choice(quiz, "=" if option is key else next(signs), option) for option in options]
    return Block(answers, losses=losses)


def _choice(quiz: Quiz, sign: str, option: Option) -> str:
    return f"{sign}{text(quiz, quiz.html(option.text))}{_said(quiz, option)}"


def _shares(item: Item, reactions: Iterable[Reaction]) -> tuple[list[str], tuple[Loss, ...]]:
    """Return what answers earn, in percent; in part is not at all where the item says so."""
    earned = [answer.credit if item.partial else float(answer.credit >= 1 - EPSILON) for answer in reactions]
    known = all(map(weights.exact, earned))
    losses = () if known else (Loss(item.uid, Feature.CREDIT, "loss.weight-rounded"),)
    return [weights.percent(share) for share in earned], losses


def _multiple(quiz: Quiz, item: Item, options: Sequence[Option]) -> Block:
    """Return choices whose weights sum up as our scoring does: right minus wrong, over the number of keys.

    All or nothing has no weights: a wrong choice takes everything back, but some right ones still earn.
    """
    keys = sum(option.credit > 0 for option in options)
    given = iter(weights.even(keys))
    taken = weights.percent(1 / keys) if item.partial else "100"
    shares = (next(given) if option.credit > 0 else f"-{taken}" for option in options)
    answers = [_choice(quiz, f"~%{share}%", option) for share, option in zip(shares, options, strict=True)]
    rounded = Loss(item.uid, Feature.PARTIAL, "loss.weight-rounded")
    return Block(answers, losses=() if weights.exact(1 / keys) else (rounded,))


def _shown(text: str) -> str:
    return moodle.inert(xml(text))


def _pair(quiz: Quiz, source: str, target: str) -> str:
    return f"={text(quiz, source)} -> {escaped(target)}"


def _match(quiz: Quiz, item: Item, asked: MatchInteraction) -> Block:
    targets = {
        each.id: moodle.target(quiz, item, each.text, _shown) for each in presenting.targets(item, asked)
    }
    sources = presenting.sources(item, asked)
    used = {source.target for source in sources}
    pairs = [_pair(quiz, quiz.html(source.text), targets[source.target]) for source in sources]
    pairs += [_pair(quiz, "", target) for name, target in targets.items() if name not in used]
    after, losses = _later(quiz, item, ((quiz.html(source.text), source) for source in sources))
    if any(marked(target.text) for target in asked.targets):
        losses += (Loss(item.uid, Feature.MARKUP, "loss.targets-plain"),)
    unfit = moodle.unfit(quiz, item, (target.text for target in asked.targets), _shown)
    return Block(pairs, after=after, losses=(*losses, *unfit))


def _later(quiz: Quiz, item: Item, answers: Iterable[tuple[str, Reaction]]) -> tuple[str, tuple[Loss, ...]]:
    """Return what is said about answers, given as HTML, for after the question."""
    told = [(answer, moodle.remark(quiz, reaction)) for answer, reaction in answers]
    remarks = [answer + words for answer, words in told if words]
    if not remarks:
        return "", ()
    return moodle.listed(remarks), (Loss(item.uid, Feature.FEEDBACK, "loss.feedback-after"),)


def _typed(quiz: Quiz, item: Item, answers: Sequence[Answer]) -> Block:
    ways = moodle.typed(quiz, item, answers)
    shares, losses = _shares(item, [answer for _, answer in ways])
    lines = [
        f"=%{share}%{_wanted(way)}{_said(quiz, answer)}"
        for share, (way, answer) in zip(shares, ways, strict=True)
    ]
    return Block(lines, losses=(Loss(item.uid, Ask.TEXT, "loss.typed-strictly"), *losses))


def _wanted(typed: str) -> str:
    """Return an answer to type: Moodle takes `->` for a matching, and a bare `*` for any characters."""
    plain = escaped(line(moodle.literal(typed)).replace("->", "-*>"))
    return f"[plain]{plain}" if plain.startswith("[") else plain


def _numeric(quiz: Quiz, item: Item, asked: NumericInteraction) -> Block:
    shares, losses = _shares(item, asked.answers)
    lines = [
        f"=%{share}%{_number(answer.value)}:{_number(answer.tolerance)}{_said(quiz, answer)}"
        for share, answer in zip(shares, asked.answers, strict=True)
    ]
    unit = moodle.entry(quiz, "export.unit", quiz.html(asked.unit)) if asked.unit else ""
    return Block(["#", *lines], unit, losses=losses)


def _number(value: float) -> str:
    return f"{value:.12f}".rstrip("0").rstrip(".")


def _gap(quiz: Quiz, item: Item, asked: GapInteraction) -> Block:
    """Return the only gap of a text as its question: a choice, or an answer to type."""
    gap = asked.gaps[0]
    made = _single(quiz, item, gap.options) if gap.options else _typed(quiz, item, gap.answers)
    return Block(made.answers, moodle.gapped(quiz, item, asked, [_BLANK]), losses=made.losses)


def _gaps(quiz: Quiz, item: Item, asked: GapInteraction) -> Block:
    """Return gaps as a matching of their numbers with every answer: one list for all of them."""
    shown = [f"[{place}]" for place, _ in enumerate(asked.gaps, start=1)]
    numbered = list(zip(shown, map(_fillings, asked.gaps), strict=True))
    right = [_target(quiz, item, max(answers, key=lambda each: each.credit)) for _, answers in numbered]
    others = (_target(quiz, item, option) for gap in asked.gaps for option in gap.options)
    extras = dict.fromkeys(other for other in others if other not in right)
    foreseen = [(number, answer) for number, answers in numbered for answer in answers]
    after, losses = _later(
        quiz,
        item,
        ((f"{number} {xml(_filling(quiz, item, answer))}", answer) for number, answer in foreseen),
    )
    if item.partial and any(0 < answer.credit < 1 for _, answer in foreseen):
        losses += (Loss(item.uid, Feature.CREDIT, "loss.no-credit"),)
    pairs = [_pair(quiz, number, target) for number, target in zip(shown, right, strict=True)]
    pairs += [_pair(quiz, "", extra) for extra in extras]
    options = (option.text for gap in asked.gaps for option in gap.options)
    losses += tuple(moodle.unfit(quiz, item, options, _shown))
    return Block(pairs, moodle.gapped(quiz, item, asked, shown), after, losses)


def _fillings(gap: Gap) -> Sequence[Option | Answer]:
    return gap.options or gap.answers


def _filling(quiz: Quiz, item: Item, answer: Option | Answer) -> str:
    return moodle.said(quiz, item, answer.text) if isinstance(answer, Option) else quiz.typed(answer)


def _target(quiz: Quiz, item: Item, answer: Option | Answer) -> str:
    if isinstance(answer, Option):
        return moodle.target(quiz, item, answer.text, _shown)
    return moodle.fitted(quiz.typed(answer), _shown)


def _model(quiz: Quiz, asked: FreeInteraction) -> str:
    lines = (f"{quiz.html(line.text)} ({quiz.number(line.points)})" for line in asked.rubric)
    rubric = moodle.entry(quiz, "export.rubric", "") + moodle.listed(lines)
    return rubric + moodle.entry(quiz, "quiz.model-answer", quiz.html(asked.model_answer))
