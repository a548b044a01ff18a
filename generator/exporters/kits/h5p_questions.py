"""Items as the H5P libraries ask them: multiple choices, blanks to fill and words to drag.

Fields and marks are those of each library's `semantics.json`: asterisks surround a word to fill in or to
drag, slashes part the words that are accepted, a colon opens a tip.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import assert_never

from generator.exporters import presenting
from generator.exporters.fragments import xml
from generator.exporters.kits.h5p_words import BLANKS, CHOICE, DRAG
from generator.exporters.losses import reactions
from generator.exporters.quiz import Quiz, once
from generator.model.items import (
    Answer,
    ChoiceInteraction,
    FreeInteraction,
    Gap,
    GapInteraction,
    Item,
    MatchInteraction,
    MatchSource,
    NumericAnswer,
    NumericInteraction,
    Option,
    OrderInteraction,
    Reaction,
    TextInteraction,
)
from generator.scoring import EPSILON, normalise

# What parts words; browsers show the entities as the characters they stand for.
_MARKS = str.maketrans({mark: f"&#{ord(mark)};" for mark in "*/:\\"})
# A character that no text holds marks the place of a gap within its sentence.
_SLOT = 0xE000

Made = tuple[str, dict[str, object]]


def question(quiz: Quiz, item: Item) -> Made:
    """Return the library that asks an item, and its parameters but for its words."""
    asked = item.interaction
    match asked:
        case ChoiceInteraction():
            return _choice(quiz, item, asked)
        case MatchInteraction():
            return _match(quiz, item, asked)
        case OrderInteraction():
            return _order(quiz, item, asked)
        case TextInteraction():
            return _blanks(quiz, item, f"*{_typed(quiz, asked.answers)}*")
        case NumericInteraction():
            unit = f" {_literal(quiz.plain(asked.unit))}" if asked.unit else ""
            return _blanks(quiz, item, f"*{_numbers(quiz, asked)}*{unit}")
        case GapInteraction():
            return _gaps(quiz, item, asked)
        case FreeInteraction():
            raise AssertionError(item.uid)  # capabilities leave it out
        case _:
            assert_never(asked)


def _choice(quiz: Quiz, item: Item, asked: ChoiceInteraction) -> Made:
    # As ours, its score is right minus wrong over the number of keys; `singlePoint` is all or nothing.
    behaviour = {
        "enableRetry": True,
        "enableSolutionsButton": True,
        "enableCheckButton": True,
        "type": "multi" if asked.multiple else "single",
        "singlePoint": asked.multiple and not item.partial,
        "randomAnswers": False,
        "showSolutionsRequiresInput": True,
        "confirmCheckDialog": False,
        "confirmRetryDialog": False,
        "autoCheck": False,
        "passPercentage": 100,
        "showScorePoints": True,
    }
    least = EPSILON if asked.multiple else 1 - EPSILON
    answers = [
        {
            "text": _paragraph(quiz.plain(option.text)),
            "correct": option.credit >= least,
            "tipsAndFeedback": {"tip": "", "chosenFeedback": _told(quiz, option), "notChosenFeedback": ""},
        }
        for option in asked.options
    ]
    return CHOICE, {"question": _intro(quiz, item), "answers": answers, "behaviour": behaviour}


def _blanks(quiz: Quiz, item: Item, text: str) -> Made:
    behaviour = {
        "enableRetry": True,
        "enableSolutionsButton": True,
        "enableCheckButton": True,
        "autoCheck": False,
        "caseSensitive": False,
        "showSolutionsRequiresInput": True,
        "separateLines": False,
        "confirmCheckDialog": False,
        "confirmRetryDialog": False,
        "acceptSpellingErrors": False,
    }
    return BLANKS, {"text": _intro(quiz, item), "questions": [f"<p>{text}</p>"], "behaviour": behaviour}


def _drag(quiz: Quiz, item: Item, text: str, others: Iterable[str] = ()) -> Made:
    behaviour = {
        "enableRetry": True,
        "enableSolutionsButton": True,
        "enableCheckButton": True,
        "instantFeedback": False,
    }
    extra = " ".join(f"*{word}*" for word in dict.fromkeys(others) if f"*{word}*" not in text)
    own = {"taskDescription": _intro(quiz, item), "textField": text, "distractors": extra}
    return DRAG, {**own, "behaviour": behaviour}


def _match(quiz: Quiz, item: Item, asked: MatchInteraction) -> Made:
    targets = {target.id: _literal(quiz.plain(target.text)) for target in asked.targets}
    lines = (
        f"{_literal(quiz.plain(source.text))} → *{targets[source.target]}*"
        for source in presenting.sources(item, asked)
    )
    return _drag(quiz, item, "\n".join(lines), targets.values())


def _order(quiz: Quiz, item: Item, asked: OrderInteraction) -> Made:
    entries = enumerate((_literal(quiz.plain(entry.text)) for entry in asked.entries), start=1)
    return _drag(quiz, item, "\n".join(f"{quiz.number(place)}. *{entry}*" for place, entry in entries))


def _gaps(quiz: Quiz, item: Item, asked: GapInteraction) -> Made:
    if any(gap.answers for gap in asked.gaps):
        return _blanks(quiz, item, _sentence(quiz, asked, {gap.id: _blank(quiz, gap) for gap in asked.gaps}))
    best = {gap.id: max(gap.options, key=lambda option: option.credit) for gap in asked.gaps}
    words = {name: f"*{_literal(quiz.plain(option.text))}*" for name, option in best.items()}
    others = (_literal(quiz.plain(option.text)) for gap in asked.gaps for option in gap.options)
    return _drag(quiz, item, _sentence(quiz, asked, words), others)


def _sentence(quiz: Quiz, asked: GapInteraction, words: Mapping[str, str]) -> str:
    slots = {name: chr(_SLOT + place) for place, name in enumerate(words)}
    text = _literal(quiz.plain(replace(asked.text, args=(*asked.text.args, *slots.items()))))
    for name, word in words.items():
        text = text.replace(slots[name], word)
    return text


def _blank(quiz: Quiz, gap: Gap) -> str:
    """Return a gap to be typed; where another item would offer choices, they become its tip."""
    if gap.answers:
        return f"*{_typed(quiz, gap.answers)}*"
    right = max(gap.options, key=lambda option: option.credit)
    tip = " / ".join(quiz.plain(option.text) for option in gap.options)
    return f"*{_literal(quiz.plain(right.text))}:{_literal(tip)}*"


def _typed(quiz: Quiz, answers: Iterable[Answer]) -> str:
    """Return the answers that earn everything, also without the accents that we do not judge."""
    said = [quiz.typed(answer) for answer in answers if answer.credit >= 1 - EPSILON]
    return "/".join(map(_literal, dict.fromkeys((*said, *map(normalise, said)))))


def _numbers(quiz: Quiz, asked: NumericInteraction) -> str:
    right = [answer.value for answer in asked.answers if answer.credit >= 1 - EPSILON]
    plain = [f"{value:.12f}".rstrip("0").rstrip(".") for value in right]
    shown = [quiz.number(value) for value in right]
    spaced = [re.sub(r"\s", " ", value) for value in shown]
    comma = [value.replace(".", ",") for value in plain]
    return "/".join(map(_literal, dict.fromkeys((*shown, *spaced, *plain, *comma))))


def _literal(text: str) -> str:
    """Return text in which no character parts words."""
    return xml(text).translate(_MARKS)


def _paragraph(text: str) -> str:
    return f"<p>{xml(text)}</p>"


def _intro(quiz: Quiz, item: Item) -> str:
    found, told = quiz.stimulus(item), []
    if found:
        told += [_paragraph(quiz.plain(text)) for text in (found.title, found.text) if text]
        told += [f"<p>{'<br>'.join(map(xml, found.code.splitlines()))}</p>"] if found.code else []
    told += [_paragraph(" ".join((drawn.title, *drawn.steps))) for drawn in quiz.drawings(item)]
    return "".join((*told, _paragraph(quiz.plain(item.prompt))))


@once
def _told(quiz: Quiz, answer: Reaction) -> str:
    """Return what is said about an answer, as HTML."""
    said = [quiz.plain(answer.feedback)] if answer.feedback else []
    idea = quiz.course.misconception.get(answer.misconception or "")
    if idea:
        said.append(quiz.said(quiz.word("site.misconception"), quiz.plain(idea.statement)))
    return xml(" ".join(said))


def afterwards(quiz: Quiz, item: Item) -> str:
    """Return what is said once the answer is checked, for which most libraries have no other place."""
    lines = []
    if not isinstance(item.interaction, ChoiceInteraction):
        lines += [
            f"{xml(_name(quiz, each))} – {said}" for each in reactions(item) if (said := _told(quiz, each))
        ]
    lines += [xml(quiz.plain(item.explanation))] if item.explanation else []
    for claim in quiz.evidence(item):
        lines.append(xml(f"{quiz.plain(claim.text)} ({quiz.where(claim)})"))
    return " ".join(lines)


def _name(quiz: Quiz, answer: Reaction) -> str:
    if isinstance(answer, NumericAnswer):
        return quiz.number(answer.value)
    if isinstance(answer, Answer):
        return quiz.typed(answer)
    return quiz.plain(answer.text) if isinstance(answer, (Option, MatchSource)) else ""
