"""The two faces of an item as HTML, for tools that show a question, then its answer, and judge nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from generator.exporters import presenting
from generator.exporters.fragments import xml
from generator.exporters.kits import moodle
from generator.exporters.losses import ask
from generator.exporters.quiz import Quiz
from generator.model.base import Passage
from generator.model.items import (
    Answer,
    ChoiceInteraction,
    FreeInteraction,
    Gap,
    GapInteraction,
    Item,
    MatchInteraction,
    NumericAnswer,
    NumericInteraction,
    Option,
    OrderInteraction,
    Reaction,
    TextInteraction,
)
from generator.scoring import EPSILON
from generator.text import Text

_LEVELS = {1: "easy", 2: "medium", 3: "hard"}
_SIGNS = {"right": "✓", "partly": "±", "wrong": "✗"}
# A character that no text holds marks the place of an element within a translated sentence.
_SLOT = 0xE000


@dataclass(frozen=True, slots=True)
class Card:
    """The parts of both faces, as HTML; "" is a part that the item does not have."""

    stimulus: str
    prompt: str
    choices: str
    hints: str
    answer: str
    explanation: str
    about: str


def card(quiz: Quiz, item: Item, images: Sequence[str] = ()) -> Card:
    """Return the faces of an item; `images` are the addresses of its drawings, in their order."""
    return Card(
        stimulus=_stimulus(quiz, item, images),
        prompt=_of("p", quiz.html(item.prompt)),
        choices=_choices(quiz, item),
        hints="".join(_hints(quiz, item)),
        answer=_answer(quiz, item),
        explanation="".join(_explanation(quiz, item)),
        about="".join(_about(quiz, item)),
    )


def _of(element: str, html: str, classes: str = "") -> str:
    """Return an element; `html` is what `Quiz.html` or `xml` made."""
    attribute = f' class="{classes}"' if classes else ""
    return f"<{element}{attribute}>{html}</{element.partition(' ')[0]}>"


def _listed(entries: Iterable[str], element: str = "ul", classes: str = "") -> str:
    return _of(element, "".join(_of("li", entry) for entry in entries), classes)


def _texts(quiz: Quiz, passages: Iterable[Passage | Option], element: str) -> str:
    return _listed((quiz.html(passage.text) for passage in passages), element)


def _stimulus(quiz: Quiz, item: Item, images: Sequence[str]) -> str:
    found, parts = quiz.stimulus(item), []
    if found:
        parts += [_of("h2", quiz.html(found.title))] if found.title else []
        parts += [_of("p", quiz.html(found.text))] if found.text else []
        parts += [_of('pre dir="ltr"', xml(found.code))] if found.code else []
    for address, drawing in zip(images, quiz.drawings(item), strict=True):
        told = " ".join((drawing.title, *drawing.steps))
        parts.append(f'<img src="{xml(address)}" alt="{xml(told)}">')
    return "".join(parts)


def _choices(quiz: Quiz, item: Item) -> str:
    asked = item.interaction
    match asked:
        case ChoiceInteraction(multiple=multiple):
            several = _of("p", quiz.html(quiz.words["quiz.several"]), "note") if multiple else ""
            return several + _texts(quiz, asked.options, 'ol type="A"')
        case MatchInteraction():
            sources = _listed((quiz.html(entry.text) for entry in presenting.sources(item, asked)), "ol")
            return sources + _texts(quiz, presenting.targets(item, asked), 'ol type="A"')
        case OrderInteraction():
            return _texts(quiz, presenting.entries(item, asked), "ul")
        case NumericInteraction():
            return _of("p", f"… {quiz.html(asked.unit)}") if asked.unit else ""
        case GapInteraction():
            return _gapped(quiz, asked)
        case TextInteraction() | FreeInteraction():
            return ""
        case _:
            assert_never(asked)


def _gapped(quiz: Quiz, asked: GapInteraction) -> str:
    blanks = {str(gap.id): _of("b", f"[{quiz.number(place)}]") for place, gap in _numbered(asked)}
    lists = (
        _of("p", f"[{quiz.number(place)}] ") + _texts(quiz, gap.options, 'ol type="A"')
        for place, gap in _numbered(asked)
        if gap.options
    )
    return _of("p", _sentence(quiz, asked.text, blanks)) + "".join(lists)


def _numbered(asked: GapInteraction) -> Iterator[tuple[int, Gap]]:
    return enumerate(asked.gaps, start=1)


def _sentence(quiz: Quiz, text: Text, parts: dict[str, str]) -> str:
    slots = {name: chr(_SLOT + place) for place, name in enumerate(parts)}
    html = quiz.html(replace(text, args=(*text.args, *slots.items())))
    for name, part in parts.items():
        html = html.replace(slots[name], part)
    return html


def _hints(quiz: Quiz, item: Item) -> Iterator[str]:
    for place, hint in enumerate(item.hints, start=1):
        summary = _of("summary", xml(quiz.word("quiz.hint", n=quiz.number(place))))
        yield _of("details", summary + _of("p", quiz.html(hint.text)))


def _answer(quiz: Quiz, item: Item) -> str:
    asked = item.interaction
    match asked:
        case ChoiceInteraction():
            return _judged(
                quiz, ((quiz.html(option.text), option) for option in asked.options), 'ol type="A"'
            )
        case MatchInteraction():
            return _judged(quiz, _pairs(quiz, item, asked))
        case OrderInteraction():
            return _texts(quiz, asked.entries, "ol")
        case TextInteraction():
            return _judged(quiz, _typed(quiz, asked.answers))
        case NumericInteraction():
            told = ((xml(_number(quiz, answer, asked.unit)), answer) for answer in asked.answers)
            return _judged(quiz, told)
        case GapInteraction():
            return _filled(quiz, asked)
        case FreeInteraction():
            return _free(quiz, asked)
        case _:
            assert_never(asked)


def _judged(
    quiz: Quiz, answers: Iterable[tuple[str, Reaction]], element: str = "ul", *, right: bool = False
) -> str:
    """List answers with what each is worth and what is said about it; `right` when all of them are."""
    return _of(element, "".join(_verdict(quiz, said, answer) for said, answer in answers), "answers")


def _verdict(quiz: Quiz, said: str, answer: Reaction) -> str:
    # An element to be matched bears no credit of its own: its right target is what is told.
    credit = 1.0 if not isinstance(answer, (Option, Answer, NumericAnswer)) else answer.credit
    name = "right" if credit >= 1 - EPSILON else "partly" if credit > 0 else "wrong"
    worth = f" ({quiz.percent(credit)})" if name == "partly" else ""
    sign = f'<span title="{xml(quiz.word(f"quiz.{name}"))}">{_SIGNS[name]}</span> '
    parts = [sign, _of("b" if credit > 0 else "span", said), xml(worth)]
    parts += [_of("p", quiz.html(answer.feedback))] if answer.feedback else []
    idea = quiz.course.misconception.get(answer.misconception or "")
    if idea:
        named = quiz.html(quiz.words["site.misconception"])
        parts.append(_of("p", f"{_of('b', named)} <q>{quiz.html(idea.statement)}</q>", "idea"))
    return _of("li", "".join(parts), name)


def _pairs(quiz: Quiz, item: Item, asked: MatchInteraction) -> Iterator[tuple[str, Reaction]]:
    targets = {target.id: quiz.html(target.text) for target in asked.targets}
    for source in presenting.sources(item, asked):
        yield f"{quiz.html(source.text)} → {targets.get(source.target, '')}", source


def _typed(quiz: Quiz, answers: Iterable[Answer]) -> Iterator[tuple[str, Reaction]]:
    return ((xml(quiz.typed(answer)), answer) for answer in answers)


def _number(quiz: Quiz, answer: NumericAnswer, unit: Text | None) -> str:
    value = f"{quiz.number(answer.value)} {quiz.plain(unit)}" if unit else quiz.number(answer.value)
    if not answer.tolerance:
        return value
    return quiz.word("quiz.tolerance", value=value, tolerance=quiz.number(answer.tolerance))


def _filled(quiz: Quiz, asked: GapInteraction) -> str:
    best = {str(gap.id): _of("b", max(_said(quiz, gap), key=_credit)[0]) for gap in asked.gaps}
    lists = (
        _of("p", f"[{quiz.number(place)}]") + _judged(quiz, _said(quiz, gap))
        for place, gap in _numbered(asked)
    )
    return _of("p", _sentence(quiz, asked.text, best)) + "".join(lists)


def _credit(told: tuple[str, Reaction]) -> float:
    return told[1].credit


def _said(quiz: Quiz, gap: Gap) -> list[tuple[str, Reaction]]:
    return [*((quiz.html(option.text), option) for option in gap.options), *_typed(quiz, gap.answers)]


def _free(quiz: Quiz, asked: FreeInteraction) -> str:
    lines = (f"{quiz.html(line.text)} ({xml(quiz.number(line.points))})" for line in asked.rubric)
    return (
        _of("p", quiz.html(asked.model_answer))
        + _of("p", quiz.html(quiz.words["quiz.rubric"]), "note")
        + _listed(lines)
    )


def _explanation(quiz: Quiz, item: Item) -> Iterator[str]:
    if item.explanation:
        yield _of("h2", quiz.html(quiz.words["quiz.explanation"]))
        yield _of("p", quiz.html(item.explanation))
    claims = quiz.evidence(item)
    if claims:
        yield _of("h2", quiz.html(quiz.words["export.sources"]))
        yield _listed(moodle.cited(quiz, claim) for claim in claims)


def _link(words: str, address: str | None) -> str:
    return _of(f'a href="{xml(address)}"', xml(words)) if address else xml(words)


def _about(quiz: Quiz, item: Item) -> Iterator[str]:
    objective, licence = quiz.objective(item), quiz.course.licence
    words = (quiz.word(f"export.ask-{ask(item)}"), quiz.word(f"export.{_LEVELS[item.difficulty]}"))
    yield _of("p", " · ".join((quiz.html(quiz.concept(item).title), *map(xml, words))))
    if objective:
        yield _of("p", quiz.html(objective.text))
    yield _of("p", f"{xml(', '.join(quiz.course.authors))} · {_link(licence.name, licence.url)}")
