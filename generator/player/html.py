"""Items into the HTML of a quiz: readable and answerable by itself, graded in place by `fiches-quiz.mjs`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import groupby
from typing import Any, Protocol, assert_never

from babel.numbers import format_decimal, format_percent, get_decimal_symbol
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from generator.inline import cldr, foreign, tag
from generator.model.course import Concept
from generator.model.items import (
    Answer,
    ChoiceInteraction,
    FreeInteraction,
    GapInteraction,
    Item,
    MatchInteraction,
    NumericAnswer,
    NumericInteraction,
    Option,
    OrderInteraction,
    Stimulus,
    TextInteraction,
)
from generator.scoring import EPSILON, machine, shown
from generator.text import Text

# Above this many characters a closed drop-down list would cut its targets: they are listed and numbered.
LONG_TARGET = 36
# The share of an item's points that each opened hint takes: told to the learner, and to the script.
HINT_COST = 0.2
# A character that no text holds marks the place of an element within a translated sentence.
_SLOT = 0xE000


@lru_cache(maxsize=4096)
def _number(value: float, locale: str) -> str:
    return str(format_decimal(value, locale=cldr(locale), decimal_quantization=False))


class Renderer(Protocol):
    """What turns a text into HTML or into plain characters."""

    def html(self, text: Text) -> Markup:
        """Return the text as phrasing HTML."""

    def plain(self, text: Text) -> str:
        """Return the text as plain characters."""


def _nowhere(_: Item) -> None:
    return None


@dataclass(frozen=True)
class QuizView:
    """What a quiz is rendered with.

    `diagram` draws one with marks; `misconception` and `reread` say where one and what explains an item are.
    """

    inline: Renderer
    words: Mapping[str, Text]
    diagram: Callable[[str, Mapping[str, str]], Markup]
    misconception: Callable[[str], str | None]
    locale: str
    course: str = ""
    reread: Callable[[Item], str | None] = _nowhere

    @cached_property
    def decimal(self) -> str:
        """The decimal separator of the locale."""
        return str(get_decimal_symbol(cldr(self.locale)))

    @cached_property
    def _said(self) -> dict[str, Markup]:
        return {}  # a word is rendered once a quiz, however many items say it

    def number(self, value: float) -> str:
        """Return a number as the locale writes it, every digit kept."""
        return _number(value, self.locale)

    def percent(self, share: float) -> str:
        """Return a share as the locale writes percents."""
        return str(format_percent(share, locale=cldr(self.locale)))

    def text(self, text: Text) -> Markup:
        """Return a text of the course as HTML."""
        return self.inline.html(text)

    def plain(self, text: Text) -> str:
        """Return a text of the course as plain characters."""
        return self.inline.plain(text)

    def language(self, text: Text) -> Markup:
        """Return the attribute that tells the language of a text where it is not the quiz's."""
        own = foreign(text, self.locale)
        return Markup(' lang="{}"').format(tag(own)) if own else Markup("")

    def word(self, name: str, **values: str) -> Markup:
        """Return an interface word as HTML."""
        if values:
            return self.inline.html(self.words[f"quiz.{name}"].format(**values))
        if name not in self._said:
            self._said[name] = self.inline.html(self.words[f"quiz.{name}"])
        return self._said[name]

    def plain_word(self, name: str, **values: str) -> str:
        """Return an interface word as plain characters, for attributes."""
        return self.inline.plain(self.words[f"quiz.{name}"].format(**values))

    def sentence(self, text: Text, parts: Mapping[str, Markup]) -> Markup:
        """Return a text as HTML with an element at the place of each `{placeholder}`."""
        slots = {name: chr(_SLOT + place) for place, name in enumerate(parts)}
        html = str(self.inline.html(replace(text, args=(*text.args, *slots.items()))))
        for name, part in parts.items():
            html = html.replace(slots[name], str(part))
        return Markup(html)

    def word_with(self, name: str, **parts: Markup) -> Markup:
        """Return an interface sentence with an element at the place of each `{placeholder}`."""
        return self.sentence(self.words[f"quiz.{name}"], parts)

    def tolerance(self, answer: NumericAnswer) -> Markup:
        """Return a number and the margin around it."""
        value = self.number(answer.value)
        if not answer.tolerance:
            return escape(value)
        return self.word("tolerance", value=value, tolerance=self.number(answer.tolerance))


_TEMPLATES = Environment(
    loader=PackageLoader("generator.player", "templates"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=StrictUndefined,
)


def render_quiz(concept: Concept, items: Sequence[Item], view: QuizView) -> Markup:
    """Return the quiz made of `items`, whose stimuli are those of `concept`."""
    body = Markup("\n").join(_groups(concept, items, view))
    data = Markup(",").join(map(machine_data, items))
    return render_player(concept.id, body, data, view, count=len(items))


def render_player(name: str, body: Markup, data: Markup, view: QuizView, count: int = 0) -> Markup:
    """Return the element that plays the items of `body`; `data` is their `machine_data`, between commas.

    A `count` of items offers ways to take the quiz (exam, shuffle…); in an LMS, the LMS chooses.
    """
    parts = {"name": name, "body": body, "data": data, "options": count > 0, "count": count}
    return Markup(_TEMPLATES.get_template("quiz.html").render(view=view, **parts).strip())


def render_item(item: Item, number: str, view: QuizView) -> Markup:
    """Return the form of one item; `number` is its place in the quiz, as it is shown."""
    parts = {"question": _question(item, view), "answer": _answer(item, view)}
    return Markup(
        _TEMPLATES.get_template("item.html").render(view=view, item=item, number=number, **parts).strip()
    )


def render_stimulus(stimulus: Stimulus, view: QuizView) -> Markup:
    """Return what items are about."""
    return Markup(_TEMPLATES.get_template("stimulus.html").render(view=view, stimulus=stimulus).strip())


def anchor(item: Item) -> str:
    """Return the id under which an item stands on its page."""
    return item.uid.replace(".", "--")


def _groups(concept: Concept, items: Sequence[Item], view: QuizView) -> Iterable[Markup]:
    """Yield items in a row about one stimulus, with it above them."""
    stimuli = {stimulus.id: stimulus for stimulus in concept.stimuli}
    numbered = enumerate(items, start=1)
    for name, members in groupby(numbered, key=lambda entry: entry[1].stimulus):
        parts = [render_stimulus(stimuli[name], view)] if name in stimuli else []
        parts += [render_item(item, view.number(number), view) for number, item in members]
        yield Markup('<div class="fi-group">\n{}\n</div>').format(Markup("\n").join(parts))


def machine_data(item: Item) -> Markup:
    """Return what the page's script needs to judge an item, as JSON that may stand in a script element."""
    text = json.dumps(machine(item), ensure_ascii=False, separators=(",", ":"))
    # Inside <script> only these could end the element or open a comment; JSON can spell them otherwise.
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)


def _question(item: Item, view: QuizView) -> Markup:
    asked = item.interaction
    match asked:
        case ChoiceInteraction():
            return _render("choice.html", view, item)
        case MatchInteraction(layout="grid"):
            return _render("grid.html", view, item)
        case MatchInteraction():
            return _render("match.html", view, item, **_match(item, asked, view))
        case OrderInteraction():
            entries = {entry.id: entry for entry in asked.entries}
            order = [entries[name] for name in shown(item.uid, tuple(entries))]
            return _render("order.html", view, item, entries=order)
        case TextInteraction() | NumericInteraction():
            return _render("typed.html", view, item)
        case GapInteraction():
            return _render("gap.html", view, item, sentence=_gapped(item, asked, view))
        case FreeInteraction():
            return _render("free.html", view, item)
        case _:
            assert_never(asked)


def _answer(item: Item, view: QuizView) -> Markup:
    asked = item.interaction
    match asked:
        case ChoiceInteraction():
            return _render("answer_choice.html", view, item)
        case MatchInteraction():
            targets = {target.id: target for target in asked.targets}
            return _render("answer_match.html", view, item, targets=targets)
        case OrderInteraction():
            return _render("answer_order.html", view, item)
        case TextInteraction() | NumericInteraction():
            return _render("answer_typed.html", view, item)
        case GapInteraction():
            return _render("answer_gap.html", view, item, sentence=_filled(asked, view))
        case FreeInteraction():
            return _render("answer_free.html", view, item)
        case _:
            assert_never(asked)


def _render(name: str, view: QuizView, item: Item, **values: object) -> Markup:
    made = _TEMPLATES.get_template(name).render(view=view, item=item, asked=item.interaction, **values)
    return Markup(made.strip())


def _match(item: Item, asked: MatchInteraction, view: QuizView) -> dict[str, Any]:
    targets = {target.id: target for target in asked.targets}
    sources = {source.id: source for source in asked.sources}
    # Members are stored category by category, which would give the answer away.
    order = shown(item.uid, tuple(sources)) if asked.layout == "categories" else tuple(sources)
    targets_shown = [targets[name] for name in shown(item.uid, tuple(targets))]
    return {
        "sources": [sources[name] for name in order],
        "targets": targets_shown,
        "listed": any(len(view.plain(target.text)) > LONG_TARGET for target in targets_shown),
        "marks": {source.id: view.number(place) for place, source in enumerate(asked.sources, start=1)},
    }


def _gapped(item: Item, asked: GapInteraction, view: QuizView) -> Markup:
    total = view.number(len(asked.gaps))
    lengths = [len(str(answer.text)) for gap in asked.gaps for answer in gap.answers]
    width = min(24, max([6, *lengths]) + 2)  # one width for all, so that none tells its answer's length
    parts = {
        gap.id: _render("gap_field.html", view, item, gap=gap, n=view.number(n), total=total, width=width)
        for n, gap in enumerate(asked.gaps, start=1)
    }
    return view.sentence(asked.text, parts)


def _filled(asked: GapInteraction, view: QuizView) -> Markup:
    parts = {}
    for gap in asked.gaps:
        answers: Sequence[Option | Answer] = gap.options or gap.answers
        best = max(answers, key=lambda answer: answer.credit)
        parts[gap.id] = Markup("<strong>{}</strong>").format(view.text(best.text))
    return view.sentence(asked.text, parts)


def verdict(credit: float) -> str:
    """Return the name of the word and colour that a credit is told by."""
    return "right" if credit >= 1 - EPSILON else "partly" if credit > 0 else "wrong"


_TEMPLATES.globals |= {"verdict": verdict, "anchor": anchor, "hint_cost": HINT_COST}
