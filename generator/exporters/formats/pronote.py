"""A quiz into the XML that Pronote imports: choices, matchings, short answers and texts with lists.

Its dialect of Moodle's format is documented nowhere; what is written here is only what known files hold.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import assert_never

from generator.exporters import presenting
from generator.exporters.base import Ask, Capabilities, Composed, Envelope, Exporter, Feature, Fragment, Loss
from generator.exporters.fragments import each, exporting, mark, xml
from generator.exporters.kits import moodle
from generator.exporters.quiz import Drawing, Quiz
from generator.model.items import (
    ChoiceInteraction,
    FreeInteraction,
    Gap,
    GapInteraction,
    Item,
    MatchInteraction,
    NumericAnswer,
    NumericInteraction,
    OrderInteraction,
    Reaction,
    TextInteraction,
)
from generator.scoring import EPSILON, normalise, shown

_MOST_VALUES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """What is particular to a type of question: its elements, and what is added to its text."""

    type: str
    parts: str = ""
    text: str = ""
    losses: tuple[Loss, ...] = ()


def envelope(quiz: Quiz) -> Envelope:
    """Return the file with the title of the quiz; its level and its subject are chosen in Pronote."""
    about = (
        f"<infos><name>{mark('title', 'xml')}</name><answernumbering>123</answernumbering>"
        "<niveau></niveau><matiere></matiere></infos>"
    )
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n<question type="category">\n'
        f"<category><text><![CDATA[{about}]]></text></category>\n</question>\n"
    )
    return Envelope(files={f"{mark('stem')}.xml": f"{head}{each()}</quiz>\n"})


def fragment(quiz: Quiz, item: Item) -> Fragment:
    """Return the question of an item, its elements in the order of known files."""
    made = _question(quiz, item)
    asked = moodle.asked(quiz, item, _told)
    lists = ' desc="variable"' if made.type == "cloze" else ""  # a list of its own for each gap
    html = (moodle.unbraced(asked) if lists else asked) + made.text
    parts = (
        f'<question type="{made.type}"{lists}>\n',
        f"<name><text>{_verbatim(moodle.named(quiz, item))}</text></name>\n",
        f'<questiontext format="html"><text>{moodle.cdata(html)}</text></questiontext>\n',
        f"<externallink/>\n<usecase>{'0' if made.type == 'shortanswer' else '1'}</usecase>\n",
        f"<defaultgrade>{mark('points')}</defaultgrade>\n<editeur>0</editeur>\n",
        made.parts,
        "</question>\n",
    )
    return Fragment(slots={"": "".join(parts)}, losses=made.losses)


def _told(drawing: Drawing) -> str:
    return f"<p><strong>{xml(drawing.title)}</strong></p>{moodle.told(drawing)}"


def _verbatim(text: str) -> str:
    """Return plain characters as they are in every file that is known to be read."""
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>"


def _question(quiz: Quiz, item: Item) -> _Question:
    asked = item.interaction
    match asked:
        case ChoiceInteraction():
            return _choice(quiz, asked)
        case MatchInteraction():
            return _match(quiz, item, asked)
        case OrderInteraction():
            places = {entry.id: quiz.number(place) for place, entry in enumerate(asked.entries, start=1)}
            shown_entries = presenting.entries(item, asked)
            return _matching((quiz.plain(entry.text), places[entry.id]) for entry in shown_entries)
        case TextInteraction():
            right = moodle.typed(quiz, item, (answer for answer in asked.answers if _right(answer)))
            strict = Loss(item.uid, Ask.TEXT, "loss.typed-strictly")
            return _short((way for way, _ in right), losses=(strict,))
        case NumericInteraction():
            return _numeric(quiz, asked)
        case GapInteraction():
            return _gaps(quiz, item, asked)
        case FreeInteraction():
            raise AssertionError(item.uid)  # `capabilities` leaves it out
        case _:
            assert_never(asked)


def _right(reaction: Reaction) -> bool:
    return reaction.credit >= 1 - EPSILON


def _answer(fraction: int, kind: str, text: str, feedback: str = "") -> str:
    said = f"<feedback><text>{_verbatim(feedback)}</text></feedback>"
    return f'<answer fraction="{fraction}" format="{kind}"><text>{_verbatim(text)}</text>{said}</answer>\n'


def _choice(quiz: Quiz, asked: ChoiceInteraction) -> _Question:
    keys = [option for option in asked.options if (option.credit > 0 if asked.multiple else _right(option))]
    whole, more = divmod(100, len(keys))
    worth = {option.id: whole + (place < more) for place, option in enumerate(keys)}
    answers = (
        _answer(
            worth.get(option.id, 0),
            "plain_text",
            quiz.plain(option.text),
            quiz.plain(option.feedback) if option.feedback else "",
        )
        for option in asked.options
    )
    single = f"<single>{'false' if asked.multiple else 'true'}</single>\n"
    return _Question(type="multichoice", parts=single + "".join(answers))


def _match(quiz: Quiz, item: Item, asked: MatchInteraction) -> _Question:
    """Return pairs where each target has one source, and a list for each source where they do not."""
    sources, targets = presenting.sources(item, asked), presenting.targets(item, asked)
    named = {target.id: quiz.plain(target.text) for target in targets}
    if sorted(source.target for source in sources) == sorted(named):
        return _matching((quiz.plain(source.text), named[source.target]) for source in sources)
    lines = (
        f"<p>{moodle.unbraced(quiz.html(source.text))} → "
        f"{_list((text, name == source.target) for name, text in named.items())}</p>"
        for source in sources
    )
    lists = Loss(item.uid, Ask.MATCH, "loss.match-as-lists")
    return _Question(type="cloze", text="".join(lines), losses=(lists,))


def _matching(pairs: Iterable[tuple[str, str]]) -> _Question:
    entries = (
        f"<subquestion><text>{_verbatim(source)}</text>"
        f"<answer><text>{_verbatim(target)}</text></answer></subquestion>\n"
        for source, target in pairs
    )
    return _Question(type="matching", parts=f"{''.join(entries)}<shuffleanswers>true</shuffleanswers>\n")


def _short(values: Iterable[str], text: str = "", losses: tuple[Loss, ...] = ()) -> _Question:
    answers = (_answer(100, "moodle_auto_format", value) for value in values)
    return _Question(type="shortanswer", parts="".join(answers), text=text, losses=losses)


def _numeric(quiz: Quiz, asked: NumericInteraction) -> _Question:
    values = (value for answer in asked.answers if _right(answer) for value in _within(answer))
    written = dict.fromkeys(way for value in values for way in (f"{value:.12g}", quiz.number(value)))
    unit = moodle.entry(quiz, "export.unit", quiz.html(asked.unit)) if asked.unit else ""
    return _short(written, unit)


def _within(answer: NumericAnswer) -> Sequence[float]:
    """Return the right value and, if they are few, the whole numbers that are right as well."""
    first, last = math.ceil(answer.value - answer.tolerance), math.floor(answer.value + answer.tolerance)
    around = range(first, last + 1)
    return (answer.value, *(around if len(around) <= _MOST_VALUES else ()))


def _list(choices: Iterable[tuple[str, bool]]) -> str:
    entries = (f"%{100 if right else 0}%{moodle.gap_text(xml(text))}" for text, right in choices)
    return f"{{:MULTICHOICE:{'#~'.join(entries)}}}"


def _gaps(quiz: Quiz, item: Item, asked: GapInteraction) -> _Question:
    text = moodle.gapped(quiz, item, asked, (_gap(quiz, item, asked, gap) for gap in asked.gaps))
    lists = (Loss(item.uid, Ask.GAP, "loss.gap-as-list"),) if any(gap.answers for gap in asked.gaps) else ()
    return _Question(type="cloze", text=text, losses=lists)


def _gap(quiz: Quiz, item: Item, asked: GapInteraction, gap: Gap) -> str:
    if gap.options:
        return _list((quiz.plain(option.text), _right(option)) for option in gap.options)
    key = _key(quiz, gap)
    right = {normalise(str(answer.text)) for answer in gap.answers if answer.credit > 0}
    foreseen = [quiz.typed(answer) for answer in gap.answers]
    others = [_key(quiz, other) for other in asked.gaps if other.answers]
    wrong = [text for text in (*foreseen, *others) if normalise(text) not in right]
    choices = tuple(dict.fromkeys((key, *wrong)))
    if not wrong:
        return f"{{:SHORTANSWER:%100%{moodle.gap_text(key)}}}"
    return _list((text, text == key) for text in shown(f"{item.uid}/{gap.id}", choices))


def _key(quiz: Quiz, gap: Gap) -> str:
    return quiz.typed(max(gap.answers, key=lambda answer: answer.credit))


_COMPOSED = Composed(envelope, fragment)

EXPORTER = Exporter(
    name="pronote",
    title="Pronote XML, for the quizzes of French schools",
    suffix=".xml",
    capabilities=Capabilities(
        asks=frozenset({Ask.SINGLE, Ask.MULTIPLE, Ask.MATCH, Ask.TEXT, Ask.GAP}),
        features=frozenset({Feature.POINTS, Feature.STIMULUS}),
        degraded={Ask.ORDER: "loss.order-as-match", Ask.NUMERIC: "loss.numeric-as-text"},
        notes={
            Feature.FEEDBACK: "loss.pronote-feedback",
            Feature.PARTIAL: "loss.pronote-partial",
            Feature.STRICT: "loss.pronote-partial",
            Feature.IMAGES: "loss.images-told",
            Feature.MARKUP: "loss.answers-plain",
        },
    ),
    export=exporting(_COMPOSED),
    composed=_COMPOSED,
)
