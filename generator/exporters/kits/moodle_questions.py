"""What is particular to each type of question in Moodle's XML (question/format/xml/format.php)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import assert_never

from generator.exporters import presenting
from generator.exporters.base import Ask, Feature, Loss
from generator.exporters.fragments import xml
from generator.exporters.kits import moodle, weights
from generator.exporters.kits.moodle import block, cdata
from generator.exporters.losses import marked
from generator.exporters.multilang import Multilingual
from generator.exporters.quiz import Quiz
from generator.model.items import (
    ChoiceInteraction,
    FreeInteraction,
    Gap,
    GapInteraction,
    Item,
    MatchInteraction,
    NumericInteraction,
    OrderInteraction,
    Reaction,
    TextInteraction,
)
from generator.scoring import EPSILON

_FEWEST_ANSWERS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is particular to a type of question.

    `parts` are elements of its own, `text` and `after` HTML that is added to the question and to what
    is read once it is answered.
    """

    type: str
    parts: str = ""
    text: str = ""
    after: str = ""
    losses: tuple[Loss, ...] = ()


def question(quiz: Quiz, item: Item) -> Question:
    """Return the question that asks what an item asks."""
    asked = item.interaction
    match asked:
        case ChoiceInteraction():
            return _truefalse(quiz, asked) if item.type == "truefalse" else _choice(quiz, item, asked)
        case MatchInteraction():
            return _match(quiz, item, asked)
        case OrderInteraction():
            return _order(quiz, item, asked)
        case TextInteraction():
            return _short(quiz, item, asked)
        case NumericInteraction():
            return _numeric(quiz, item, asked)
        case GapInteraction():
            return _cloze(quiz, item, asked)
        case FreeInteraction():
            return _essay(quiz, item, asked)
        case _:
            assert_never(asked)


def _answer(fraction: str, kind: str, text: str, rest: str) -> str:
    return f'<answer fraction="{fraction}" format="{kind}"><text>{text}</text>\n{rest}</answer>\n'


def _truefalse(quiz: Quiz, asked: ChoiceInteraction) -> Question:
    """Return a question whose two answers Moodle says in the reader's language."""
    answers = (
        _answer("100" if option.credit else "0", "moodle_auto_format", option.id, _feedback(quiz, option))
        for option in asked.options
    )
    return Question(type="truefalse", parts="".join(answers))


def _choice(quiz: Quiz, item: Item, asked: ChoiceInteraction) -> Question:
    fractions, rounded = _several(item, asked) if asked.multiple else _credits(item, asked.options)
    answers = (
        _answer(fraction, "html", cdata(block(quiz, quiz.html(option.text))), _feedback(quiz, option))
        for fraction, option in zip(fractions, asked.options, strict=True)
    )
    settings = (
        f"<single>{'false' if asked.multiple else 'true'}</single>\n<shuffleanswers>true</shuffleanswers>\n"
        "<answernumbering>abc</answernumbering>\n"
    )
    return Question(type="multichoice", parts=settings + "".join(answers), losses=rounded)


def _several(item: Item, asked: ChoiceInteraction) -> tuple[list[str], tuple[Loss, ...]]:
    """Return the share of each option: a wrong one takes back what a right one gives, or all of it."""
    keys = sum(option.credit > 0 for option in asked.options)
    given = iter(weights.even(keys))
    taken = weights.percent(1 / keys) if item.partial else "100"
    fractions = [next(given) if option.credit > 0 else f"-{taken}" for option in asked.options]
    even = weights.exact(1 / keys)
    return fractions, () if even else (_rounded(item, Feature.PARTIAL),)


def _credit(item: Item, reaction: Reaction) -> float:
    """Return what an answer earns by itself; in part is not at all where the item says so."""
    return reaction.credit if item.partial else float(reaction.credit >= 1 - EPSILON)


def _credits(item: Item, reactions: Iterable[Reaction]) -> tuple[list[str], tuple[Loss, ...]]:
    earned = [_credit(item, reaction) for reaction in reactions]
    losses = () if all(map(weights.exact, earned)) else (_rounded(item, Feature.CREDIT),)
    return [weights.percent(share) for share in earned], losses


def _rounded(item: Item, what: Feature) -> Loss:
    return Loss(item.uid, what, "loss.weight-rounded")


def _match(quiz: Quiz, item: Item, asked: MatchInteraction) -> Question:
    targets = {target.id: xml(moodle.target(quiz, item, target.text, _entity)) for target in asked.targets}
    sources = presenting.sources(item, asked)
    pairs = [(quiz.html(source.text), targets[source.target]) for source in sources]
    used = {source.target for source in sources}
    extras = [("", text) for name, text in targets.items() if name not in used]
    told = [(source, moodle.remark(quiz, source)) for source in sources]
    remarks = [f"{quiz.html(source.text)}{words}" for source, words in told if words]
    losses = list(moodle.unfit(quiz, item, (target.text for target in asked.targets), _entity))
    if remarks:
        losses.append(Loss(item.uid, Feature.FEEDBACK, "loss.feedback-after"))
    if any(marked(target.text) for target in asked.targets):
        losses.append(Loss(item.uid, Feature.MARKUP, "loss.targets-plain"))
    return Question(
        type="matching",
        parts=_pairs(quiz, (*pairs, *extras), mixed=asked.layout != "labels"),
        after=moodle.listed(remarks) if remarks else "",
        losses=tuple(losses),
    )


def _entity(text: str) -> str:
    """Return plain characters that Moodle shows as they are, whether it takes them for HTML or not."""
    return text.replace("&", "&#38;").replace("<", "&#60;").replace(">", "&#62;").replace("\\", "&#92;")


def _pairs(quiz: Quiz, pairs: tuple[tuple[str, str], ...], *, mixed: bool) -> str:
    """Return what is to be matched; an answer without a question is one to choose in vain.

    Moodle's editor asks for three answers; one that is there twice is shown once.
    """
    padding = [("", pairs[0][1])] * max(0, _FEWEST_ANSWERS - len(pairs))
    entries = (
        f'<subquestion format="html"><text>{cdata(block(quiz, source))}</text>'
        f"<answer><text>{target}</text></answer></subquestion>\n"
        for source, target in (*pairs, *padding)
    )
    return f"<shuffleanswers>{'true' if mixed else 'false'}</shuffleanswers>\n{''.join(entries)}"


def _order(quiz: Quiz, item: Item, asked: OrderInteraction) -> Question:
    places = {entry.id: quiz.number(place) for place, entry in enumerate(asked.entries, start=1)}
    pairs = tuple((quiz.html(entry.text), places[entry.id]) for entry in presenting.entries(item, asked))
    return Question(type="matching", parts=_pairs(quiz, pairs, mixed=True))


def _short(quiz: Quiz, item: Item, asked: TextInteraction) -> Question:
    ways = moodle.typed(quiz, item, asked.answers)
    fractions, rounded = _credits(item, [answer for _, answer in ways])
    answers = (
        _answer(fraction, "plain_text", xml(moodle.literal(way)), _feedback(quiz, answer))
        for fraction, (way, answer) in zip(fractions, ways, strict=True)
    )
    losses = (Loss(item.uid, Ask.TEXT, "loss.typed-strictly"), *rounded)
    return Question(type="shortanswer", parts=f"<usecase>0</usecase>\n{''.join(answers)}", losses=losses)


def _numeric(quiz: Quiz, item: Item, asked: NumericInteraction) -> Question:
    fractions, rounded = _credits(item, asked.answers)
    answers = (
        _answer(
            fraction,
            "plain_text",
            _decimal(answer.value),
            f"<tolerance>{_decimal(answer.tolerance)}</tolerance>\n{_feedback(quiz, answer)}",
        )
        for fraction, answer in zip(fractions, asked.answers, strict=True)
    )
    unit = moodle.entry(quiz, "export.unit", quiz.html(asked.unit)) if asked.unit else ""
    return Question(type="numerical", parts="".join(answers), text=unit, losses=rounded)


def _decimal(value: float) -> str:
    text = format(Decimal(repr(float(value))), "f")
    return text.removesuffix(".0")


def _cloze(quiz: Quiz, item: Item, asked: GapInteraction) -> Question:
    """Return a text with gaps, which Moodle marks out of one point each whatever the file says."""
    text = moodle.gapped(quiz, item, asked, (_gap(quiz, item, gap) for gap in asked.gaps))
    return Question(type="cloze", text=text, losses=tuple(_gap_losses(quiz, item, asked)))


def _gap(quiz: Quiz, item: Item, gap: Gap) -> str:
    chosen = [(xml(moodle.said(quiz, item, option.text)), option) for option in gap.options]
    ways = [(moodle.literal(way), answer) for way, answer in moodle.typed(quiz, item, gap.answers)]
    entries = (
        _worth(_credit(item, reaction)) + moodle.gap_text(text) + _aside(quiz, reaction)
        for text, reaction in (*chosen, *ways)
    )
    return f"{{1:{'MCS' if gap.options else 'SHORTANSWER'}:{'~'.join(entries)}}}"


def _worth(credit: float) -> str:
    """Return the share of a gap's answer, in whole percent: older versions read nothing else."""
    return "=" if credit >= 1 - EPSILON else f"%{round(100 * credit)}%" if credit > 0 else ""


def _aside(quiz: Quiz, reaction: Reaction) -> str:
    words = moodle.remark(quiz, reaction)
    return f"#{moodle.gap_text(words)}" if words else ""


def _gap_losses(quiz: Quiz, item: Item, asked: GapInteraction) -> Iterator[Loss]:
    yield Loss(item.uid, Feature.POINTS, "loss.gap-points", (("n", len(asked.gaps)),))
    if any(gap.answers for gap in asked.gaps):
        yield Loss(item.uid, Ask.GAP, "loss.typed-strictly")
    reactions: list[Reaction] = [entry for gap in asked.gaps for entry in (*gap.options, *gap.answers)]
    if any(abs(100 * entry.credit - round(100 * entry.credit)) > EPSILON for entry in reactions):
        yield _rounded(item, Feature.CREDIT)
    if any(marked(option.text) for gap in asked.gaps for option in gap.options):
        yield Loss(item.uid, Feature.MARKUP, "loss.targets-plain")
    if isinstance(quiz, Multilingual):
        yield Loss(item.uid, Ask.GAP, "loss.first-language")


def _essay(quiz: Quiz, item: Item, asked: FreeInteraction) -> Question:
    lines = moodle.listed(f"{quiz.html(line.text)} ({quiz.number(line.points)})" for line in asked.rubric)
    model = moodle.entry(quiz, "quiz.model-answer", quiz.html(asked.model_answer))
    rubric = moodle.entry(quiz, "export.rubric", "") + lines
    grader = moodle.element("graderinfo", block(quiz, rubric + model))
    settings = (
        "<responseformat>editor</responseformat>\n<responserequired>1</responserequired>\n"
        "<responsefieldlines>15</responsefieldlines>\n<attachments>0</attachments>\n"
        "<attachmentsrequired>0</attachmentsrequired>\n"
    )
    losses = (Loss(item.uid, Feature.HINTS, "loss.no-hints"),) if item.hints else ()
    template = moodle.element("responsetemplate", "")
    return Question(type="essay", parts=settings + grader + template, losses=losses)


def _feedback(quiz: Quiz, reaction: Reaction) -> str:
    return moodle.element("feedback", block(quiz, moodle.remark(quiz, reaction)))
