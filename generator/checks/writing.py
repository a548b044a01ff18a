"""Item-writing rules: no answer is given away by its length, its place, its words or its neighbours.

After Haladyna, Downing and Rodriguez (2002) and Rodriguez (2005). All are warnings: a rule may be broken
on purpose.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from generator.checks.base import fault
from generator.errors import Fault
from generator.inline import plain
from generator.model.course import Concept, Course
from generator.model.items import ChoiceInteraction, Item, Option
from generator.model.walk import texts

_ALL_OF_THE_ABOVE = re.compile(
    r"\b(toutes les réponses|aucune des réponses|aucune de ces|all of the above|none of the above)\b", re.I
)
_NEGATIVE = re.compile(
    r"\b(?:sauf|except)\b"
    r"|\b(?:quel\w*|lequel|laquelle|lesquel\w*)\b[^.?!]*\bn(?:e |[’'])[^.?!]*\b(?:pas|jamais)\b"
    r"|\bwhich\b[^.?!]*\b(?:not|never)\b",
    re.I,
)
_RATIO = 2.5  # longest over shortest choice, past which length gives a hint
_SHORT = 25  # characters under which lengths do not show
_SHEET_WORDS, _SECTION_WORDS = 1800, 200
_MANY = 8  # true/false questions from which one can speak of a habit
_RUN = 4  # words in a row shared by the stem and one choice only


def check(course: Course) -> Iterator[Fault]:
    """Yield a warning for each question that gives itself away, and for sheets grown too long."""
    for concept in course.concepts:
        yield from _length(course, concept)
        asked = [item for item in concept.items if _single(item)]
        for item in asked:
            yield from _question(course, item)
        yield from _sheet(course, concept, asked)
    yield from _statements(course)


def _statements(course: Course) -> Iterator[Fault]:
    """Warn if true/false questions have nearly all the same answer: it could be guessed."""
    asked = [item for item in course.items if item.type == "truefalse"]
    answers = Counter(_place(item) for item in asked)
    if len(asked) >= _MANY and max(answers.values()) > len(asked) * 3 / 4:
        message = f"{max(answers.values())} of {len(asked)} true/false questions have the same answer"
        hint = "turn some statements round"
        yield fault(asked[0].prompt, "one-sided", message, hint, severity="warning")


def _length(course: Course, concept: Concept) -> Iterator[Fault]:
    """Warn of a sheet or a section with more words than a reader takes in at once."""
    told = (concept.summary, concept.sections, concept.examples, concept.analogies, concept.claims)
    if (words := _words(course, told)) > _SHEET_WORDS:
        message = f"this sheet has {words} words"
        hint = f"keep it under {_SHEET_WORDS}: split it"
        yield fault(concept.title, "sheet-length", message, hint, severity="warning")
    for section in concept.sections:
        if (words := _words(course, section.body)) > _SECTION_WORDS:
            message = f"this section has {words} words"
            hint = f"keep it under {_SECTION_WORDS}: one idea each"
            yield fault(section.title, "section-length", message, hint, severity="warning")


def _words(course: Course, value: object) -> int:
    return sum(len(plain(text, course.locale).split()) for text in texts(value))


def _single(item: Item) -> bool:
    asked = item.interaction
    return isinstance(asked, ChoiceInteraction) and not asked.multiple and item.type != "truefalse"


def _options(item: Item) -> tuple[Option, ...]:
    return item.interaction.options if isinstance(item.interaction, ChoiceInteraction) else ()


def _question(course: Course, item: Item) -> Iterator[Fault]:
    shown = {option.id: plain(option.text, course.locale) for option in _options(item)}
    stem = plain(item.prompt, course.locale)
    lengths = sorted(max(len(text), _SHORT) for text in shown.values())
    if lengths[-1] > _RATIO * lengths[0]:
        yield _warn(item, "choice-length", "the choices differ much in length", "lengthen the short ones")
    if _NEGATIVE.search(stem) and not re.search(r"\*", item.prompt.value):
        hint = "ask what is true, or put the negative word between ** **"
        yield _warn(item, "negative-stem", "this question is negative", hint)
    for option in _options(item):
        if _ALL_OF_THE_ABOVE.search(shown[option.id]):
            message = "a choice about the other choices tests how to take tests"
            yield fault(option.text, "all-of-the-above", message, "replace it", severity="warning")
        if option.credit == 0 and option.misconception is None and option.feedback is None:
            message = "this distractor names no misconception and has no feedback"
            yield fault(
                option.text, "silent-distractor", message, "name one, or answer it", severity="warning"
            )
    yield from _clue(item, stem, shown)


def _clue(item: Item, stem: str, shown: dict[str, str]) -> Iterator[Fault]:
    """Warn if only the key repeats some words of the stem."""
    runs = _runs(stem)
    echoing = [option for option in _options(item) if runs & _runs(shown[option.id])]
    if len(echoing) == 1 and echoing[0].credit > 0:
        yield _warn(item, "clue", "only the key repeats words of the question", "reword one of them")


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[start : start + _RUN]) for start in range(len(words) - _RUN + 1)}


def _sheet(course: Course, concept: Concept, asked: list[Item]) -> Iterator[Fault]:
    """Warn if, over a sheet, keys keep to one place or are mostly the longest choice."""
    if len(asked) < _RUN:
        return
    places = Counter(_place(item) for item in asked)
    place, count = places.most_common(1)[0]
    if count > len(asked) * 2 / 3:
        message = f"{count} of the {len(asked)} keys of this sheet stand in place {place}"
        yield fault(concept.title, "key-place", message, "move some of them", severity="warning")
    longest = sum(_key_is_longest(course, item) for item in asked)
    if longest > len(asked) / 2:
        message = f"the key is the longest choice in {longest} of {len(asked)} questions"
        yield fault(
            concept.title, "key-length", message, "shorten keys or lengthen distractors", severity="warning"
        )


def _place(item: Item) -> int:
    return next((n for n, option in enumerate(_options(item), start=1) if option.credit == 1), 0)


def _key_is_longest(course: Course, item: Item) -> bool:
    lengths = {option.credit == 1: 0 for option in _options(item)}
    for option in _options(item):
        lengths[option.credit == 1] = max(lengths[option.credit == 1], len(plain(option.text, course.locale)))
    return lengths.get(True, 0) > lengths.get(False, 0)


def _warn(item: Item, code: str, message: str, hint: str) -> Fault:
    return fault(item.prompt, code, message, hint, severity="warning")
