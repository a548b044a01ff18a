"""What questions of Canvas are made of, and its two kinds of texts with gaps.

The importer of Canvas takes the identifiers of choices for numbers. Where answers are typed, it takes each
that a condition tests for a right one, so that nothing can be said of a wrong one before all is over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from generator.exporters.base import Ask, Feature, Loss
from generator.exporters.kits import qti
from generator.exporters.kits import qti1 as one
from generator.exporters.losses import marked
from generator.exporters.quiz import Quiz
from generator.model.items import Answer, Gap, GapInteraction, Item, Option
from generator.scoring import EPSILON

_FIRST = 1001


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is particular to a question of Canvas.

    `text` is HTML that follows the prompt, `after` is read once the question is answered, and `feedback`
    holds what a condition may show, by name.
    """

    type: str
    asked: str
    conditions: str
    text: str = ""
    after: str = ""
    feedback: tuple[tuple[str, str], ...] = ()
    losses: tuple[Loss, ...] = ()


def names(number: int) -> list[str]:
    """Return as many names of choices."""
    return [str(_FIRST + place) for place in range(number)]


def shown(name: str) -> str:
    """Return the name of what is said of a choice."""
    return f"{name}_fb"


def gapped(quiz: Quiz, item: Item, asked: GapInteraction) -> Question:
    """Return a text with gaps: Canvas wants either lists or fields, and no mixture."""
    return _dropdowns(quiz, item, asked) if _lists(asked) else _blanks(quiz, item, asked)


def _lists(asked: GapInteraction) -> bool:
    """Tell whether all gaps can be lists: a typed one needs a wrong answer to choose from."""
    wrong = (any(answer.credit < 1 - EPSILON for answer in gap.answers) for gap in asked.gaps)
    listed = [bool(gap.options) for gap in asked.gaps]
    return any(listed) and all(one_of or found for one_of, found in zip(listed, wrong, strict=True))


def _listed(quiz: Quiz, gap: Gap) -> list[tuple[str, Option | Answer]]:
    """Return the choices of a gap, of which only the best is right."""
    if gap.options:
        return [(quiz.plain(option.text), option) for option in gap.options]
    best = max(gap.answers, key=lambda answer: answer.credit)
    found = [best, *(answer for answer in gap.answers if answer.credit < 1 - EPSILON)]
    return [(quiz.typed(answer), answer) for answer in sorted(found, key=quiz.typed)]


def _name(gap: Gap) -> str:
    """Return the name of a gap: some ids alone mean something else to the importer, such as `str`."""
    return f"gap-{gap.id}"


def _response(gap: Gap) -> str:
    return f"response_{_name(gap)}"


def _blank(gap: Gap, labels: Iterable[tuple[str, str]]) -> str:
    return one.choices(_response(gap), labels, f"<material><mattext>{_name(gap)}</mattext></material>")


def _point(gap: Gap, share: str, chosen: Sequence[str]) -> str:
    """Return the condition that adds the share of a gap."""
    tests = "".join(one.equal(name, _response(gap)) for name in chosen)
    test = tests if len(chosen) == 1 else f"<or>{tests}</or>"
    return one.when(test, score=share, action="Add", go_on=True)


def _dropdowns(quiz: Quiz, item: Item, asked: GapInteraction) -> Question:
    share = f"{100 / len(asked.gaps):.2f}"
    lists, conditions, said = [], [], []
    numbers = count(_FIRST)
    for gap in asked.gaps:
        entries = [(str(next(numbers)), text, answer) for text, answer in _listed(quiz, gap)]
        lists.append(_blank(gap, ((name, one.plain(text)) for name, text, _ in entries)))
        own = [(name, words) for name, _, answer in entries if (words := qti.remark(quiz, answer))]
        said += [(shown(name), words) for name, words in own]
        tests = [(name, one.equal(name, _response(gap))) for name, _ in own]
        conditions += [one.when(test, shown=shown(name), go_on=True) for name, test in tests]
        best = max(entries, key=lambda entry: entry[2].credit)[0]
        conditions.append(_point(gap, share, [best]))
    return Question(
        type="multiple_dropdowns",
        asked="".join(lists),
        conditions="".join(conditions),
        text=qti.sentence(quiz, asked, {str(gap.id): f"[{_name(gap)}]" for gap in asked.gaps}),
        feedback=tuple(said),
        losses=tuple(_list_losses(item, asked)),
    )


def _list_losses(item: Item, asked: GapInteraction) -> Iterator[Loss]:
    if any(gap.answers for gap in asked.gaps):
        yield Loss(item.uid, Ask.GAP, "loss.gap-as-list")
    if any(marked(option.text) for gap in asked.gaps for option in gap.options):
        yield Loss(item.uid, Feature.MARKUP, "loss.targets-plain")


def _blanks(quiz: Quiz, item: Item, asked: GapInteraction) -> Question:
    """Return a text with gaps to be typed in; a list among them is told, and its words are typed."""
    share = f"{100 / len(asked.gaps):.2f}"
    fields, conditions = [], []
    said: list[tuple[str, Option | Answer]] = []
    numbers = count(_FIRST)
    for gap in asked.gaps:
        best = max(gap.options, key=lambda option: option.credit, default=None)
        ways = [quiz.plain(best.text)] if best else qti.right(quiz, item, gap.answers)
        labels = [(str(next(numbers)), one.plain(way)) for way in ways]
        fields.append(_blank(gap, labels))
        conditions.append(_point(gap, share, [name for name, _ in labels]))
        said += [(quiz.html(option.text), option) for option in gap.options]
        said += qti.told(quiz, gap.answers)
    after = qti.remarks(quiz, said)
    listed = Loss(item.uid, Ask.GAP, "loss.list-as-gap")
    return Question(
        type="fill_in_multiple_blanks",
        asked="".join(fields),
        conditions="".join(conditions),
        text=qti.sentence(quiz, asked, {str(gap.id): _offered(quiz, gap) for gap in asked.gaps}),
        after=after,
        losses=(
            Loss(item.uid, Ask.GAP, "loss.typed-strictly"),
            *(listed for _ in range(any(gap.options for gap in asked.gaps))),
            *qti.later(item, after),
        ),
    )


def _offered(quiz: Quiz, gap: Gap) -> str:
    words = " / ".join(quiz.html(option.text) for option in gap.options)
    return f"[{_name(gap)}]{words and f' ({words})'}"
