"""A quiz into AMC-TXT, from which Auto Multiple Choice prints exams and marks their scans.

One key makes a `*` question, several a `**` one; what AMC cannot ask at once becomes several questions, and
what is written by hand an open one, whose boxes the teacher ticks.
https://www.auto-multiple-choice.net/doc/ ; checked against the filter of AMC 1.6 (`AMC::Filter::plain`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, assert_never

from generator.exporters import presenting
from generator.exporters.base import Ask, Capabilities, Export, Exporter, Feature, Loss
from generator.exporters.kits.amc_text import about, literal, marked
from generator.exporters.losses import parts
from generator.exporters.quiz import Quiz, clean, once
from generator.model.base import Passage
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
    TextInteraction,
)
from generator.scoring import EPSILON

_LANGUAGES = {"de", "es", "fr", "it", "nl", "no", "pt", "ja", "ar"}  # AMC's own; all others are English
# Lines that AMC takes for a question, a choice, a comment or an option.
_MARKED = re.compile(r"\s*([*+#-]|[A-Za-z0-9-]+:)")
_LATEX = re.compile(r"[\\{}$&#%_^~]")
_NOTHING = "[[{}]]"


class _Choice(NamedTuple):
    """A box to tick; `worth` is what it earns by itself, if not what the question says."""

    text: str
    right: bool
    worth: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """One question of AMC. `lines` are left for a written answer, whose `key` is told to the teacher."""

    name: str
    text: str
    choices: Sequence[_Choice] = ()
    scoring: str = ""
    multiple: bool = False
    ordered: bool = False
    lines: int = 0
    key: str = ""


def export(quiz: Quiz) -> Export:
    """Return the text of a quiz."""
    blocks = [_header(quiz), *(_block(quiz, item) for item in quiz.items)]
    losses = tuple(loss for item in quiz.items for loss in _losses(quiz, item))
    return Export({f"{quiz.stem}.txt": "\n\n".join(blocks).encode() + b"\n"}, losses)


def _header(quiz: Quiz) -> str:
    course, language = quiz.course, quiz.babel.language
    licence = " ".join((course.licence.name, course.licence.url))
    told = f"{', '.join(course.authors)} – {licence}"
    lines = ["PaperSize: A4"]
    lines += [f"Lang: {language.upper()}"] if language in _LANGUAGES else []
    # The word is typeset by LaTeX as it is.
    named = language in _LANGUAGES or language == "en"
    lines += [] if named else [f"L-Question: {_LATEX.sub('', quiz.word('export.prompt'))}"]
    # Ticking nothing earns nothing: no “none of these answers” is needed to tell it from no answer.
    lines += ["CompleteMulti: 0", "DefaultScoringS: b=1,m=0", f"DefaultScoringM: {_shared(1)}"]
    return "\n".join([*lines, f"Title: {literal(quiz.name)}", f"Presentation: {literal(clean(told))}"])


def _shared(points: float) -> str:
    """Return the scoring that is ours: right minus wrong over the number of keys, never below zero."""
    return f"formula={points:.10g}*(NBC-NMC)/NB,p=0"


@once
def _block(quiz: Quiz, item: Item) -> str:
    questions = _questions(quiz, item)
    told = about(quiz, item)
    if len(questions) == 1:
        only = questions[0]
        return _written(
            replace(only, text="\n\n".join((*told, only.text)) if only.text else "\n\n".join(told))
        )
    head = f"*([shuffle=false] {_body(told)}"
    return "\n\n".join((head, *map(_written, questions), "*)"))


def _written(question: _Question) -> str:
    options = [f"id={question.name}", *(["ordered"] if question.ordered else [])]
    lines = f"<lines={question.lines}>" if question.lines else ""
    scoring = f"{{{question.scoring}}}" if question.scoring else ""
    stars = "**" if question.multiple else "*"
    head = f"{stars}{lines}[{','.join(options)}]{scoring} {_body(question.text.split(chr(10) * 2))}"
    boxes = _boxes(question) if question.lines else [_box(choice) for choice in question.choices]
    return "\n".join([*([f"# {question.key}"] if question.key else []), head, *boxes])


def _body(paragraphs: Iterable[str]) -> str:
    """Return paragraphs, none of which begins as a question, a choice, a comment or an option does."""
    first, *others = paragraphs
    return "\n\n".join((first, *(_NOTHING + text if _MARKED.match(text) else text for text in others)))


def _box(choice: _Choice) -> str:
    worth = "" if choice.worth is None else f"{{{choice.worth:.10g}}}"
    return f"{'+' if choice.right else '-'}{worth} {choice.text}"


def _boxes(question: _Question) -> list[str]:
    """Return the boxes for the teacher: nothing, half, all of the points."""
    points = question.choices[0].worth or 0
    shares = ((0.0, "-"), (points / 2, "-"), (points, "+"))
    return [f"{sign}[{worth:.3g}]{{{worth:.10g}}} {worth:.3g}" for worth, sign in shares]


def _questions(quiz: Quiz, item: Item) -> list[_Question]:
    asked = item.interaction
    match asked:
        case ChoiceInteraction():
            return [_choice(quiz, item, asked)]
        case MatchInteraction():
            return list(_match(quiz, item, asked))
        case OrderInteraction():
            return list(_order(quiz, item, asked))
        case TextInteraction():
            return [_open(quiz, item, _typed(quiz, asked.answers))]
        case NumericInteraction():
            return [_open(quiz, item, _numbers(quiz, asked))]
        case GapInteraction():
            return [_gap(quiz, item, gap, place) for place, gap in enumerate(asked.gaps, start=1)]
        case FreeInteraction():
            rubric = [f"{quiz.plain(line.text)} ({quiz.number(line.points)})" for line in asked.rubric]
            return [_open(quiz, item, " / ".join((quiz.plain(asked.model_answer), *rubric)), lines=8)]
        case _:
            assert_never(asked)


def _choice(quiz: Quiz, item: Item, asked: ChoiceInteraction) -> _Question:
    if not asked.multiple:
        return _single(quiz, item, asked.options, "", item.points)
    choices = [_Choice(marked(quiz, option.text), option.credit > 0) for option in asked.options]
    scoring = _shared(item.points) if item.partial else f"mz={item.points:.10g}"
    own = "" if item.partial and item.points == 1 else scoring
    return _Question(name=quiz.identify(item), text="", choices=choices, scoring=own, multiple=True)


def _single(
    quiz: Quiz, item: Item, options: Sequence[Option], text: str, points: float, name: str = ""
) -> _Question:
    """Return a question of one key: AMC knows no other, so that a second one is a box with its own worth."""
    key = max(options, key=lambda option: option.credit)
    least = EPSILON if item.partial else 1 - EPSILON
    choices = [
        _Choice(
            marked(quiz, option.text),
            option is key,
            option.credit * points if option is not key and option.credit >= least else None,
        )
        for option in options
    ]
    scoring = "" if points == 1 else f"b={points:.10g}"
    ordered = item.type == "truefalse"
    where = quiz.identify(item) + name
    return _Question(name=where, text=text, choices=choices, scoring=scoring, ordered=ordered)


def _match(quiz: Quiz, item: Item, asked: MatchInteraction) -> Iterator[_Question]:
    targets = presenting.targets(item, asked)
    for source in presenting.sources(item, asked):
        text, name = marked(quiz, source.text), f".{source.id}"
        yield _picked(quiz, item, text, name, [(target, target.id == source.target) for target in targets])


def _order(quiz: Quiz, item: Item, asked: OrderInteraction) -> Iterator[_Question]:
    places = range(1, len(asked.entries) + 1)
    right = {entry.id: place for place, entry in enumerate(asked.entries, start=1)}
    for entry in presenting.entries(item, asked):
        choices = [_Choice(quiz.number(place), place == right[entry.id]) for place in places]
        made = _part(quiz, item, marked(quiz, entry.text), f".{entry.id}", choices)
        yield replace(made, ordered=True)


def _picked(quiz: Quiz, item: Item, text: str, name: str, told: Iterable[tuple[Passage, bool]]) -> _Question:
    return _part(quiz, item, text, name, [_Choice(marked(quiz, entry.text), right) for entry, right in told])


def _part(quiz: Quiz, item: Item, text: str, name: str, choices: Sequence[_Choice]) -> _Question:
    points = item.points / parts(item)
    scoring = "" if points == 1 else f"b={points:.10g}"
    return _Question(name=quiz.identify(item) + name, text=text, choices=choices, scoring=scoring)


def _gap(quiz: Quiz, item: Item, gap: Gap, place: int) -> _Question:
    text, points, name = f"({quiz.number(place)})", item.points / parts(item), f".{gap.id}"
    if len(gap.options) > 1:
        return _single(quiz, item, gap.options, text, points, name)
    made = _open(quiz, item, _typed(quiz, gap.answers), points=points)
    return replace(made, name=made.name + name, text=text)


def _open(quiz: Quiz, item: Item, key: str, lines: int = 1, points: float | None = None) -> _Question:
    worth = _Choice("", right=True, worth=item.points if points is None else points)
    told = literal(f"{quiz.word('export.key')} – {key}")
    return _Question(name=quiz.identify(item), text="", choices=[worth], lines=lines, key=told)


def _typed(quiz: Quiz, answers: Iterable[Answer]) -> str:
    return " / ".join(quiz.typed(answer) for answer in answers if answer.credit > 0)


def _numbers(quiz: Quiz, asked: NumericInteraction) -> str:
    unit = f" {quiz.plain(asked.unit)}" if asked.unit else ""
    right = [answer for answer in asked.answers if answer.credit > 0]
    told = [(quiz.number(each.value) + unit, each.tolerance) for each in right]
    return " / ".join(
        quiz.word("quiz.tolerance", value=value, tolerance=quiz.number(margin)) if margin else value
        for value, margin in told
    )


def _losses(quiz: Quiz, item: Item) -> Iterator[Loss]:
    asked = item.interaction
    several = parts(item) > 1 and not isinstance(asked, (ChoiceInteraction, FreeInteraction))
    if several and not item.partial:
        yield Loss(item.uid, Feature.STRICT, "loss.no-strict")
    if "<a " in quiz.html(item.prompt):
        yield Loss(item.uid, Feature.MARKUP, "loss.no-links")


EXPORTER = Exporter(
    name="amc",
    title="AMC-TXT, for Auto Multiple Choice",
    suffix=".txt",
    capabilities=Capabilities(
        asks=frozenset({Ask.SINGLE, Ask.MULTIPLE}),
        degraded={
            **dict.fromkeys((Ask.MATCH, Ask.ORDER, Ask.GAP), "loss.amc-split"),
            **dict.fromkeys((Ask.TEXT, Ask.NUMERIC, Ask.FREE), "loss.free-as-essay"),
        },
        features=frozenset(
            {
                Feature.CREDIT, Feature.PARTIAL, Feature.STRICT, Feature.POINTS, Feature.STIMULUS,
                Feature.MARKUP, Feature.DIGITS, Feature.IDS, Feature.LICENCE,
            }
        ),
        notes={Feature.IMAGES: "loss.images-told"},
    ),
    export=export,
)  # fmt: skip
