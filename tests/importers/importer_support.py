"""What an item holds that an exported file must give back, in a form that two items can be compared in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from exporter_support import normal

from generator.errors import FaultsError
from generator.exporters.quiz import clean
from generator.importers import Imported, convert
from generator.importers import yaml as written
from generator.inline import Inline
from generator.model.base import Keyed, Model
from generator.model.items import (
    Answer,
    ChoiceInteraction,
    FreeInteraction,
    GapInteraction,
    Item,
    MatchInteraction,
    NumericInteraction,
    Option,
    OrderInteraction,
    Reaction,
    Stimulus,
    TextInteraction,
)
from generator.scoring import normalise
from generator.source import decode, nodes
from generator.source.sheet import AnyQuestion
from generator.text import Text


class File(Model):
    """What an imported file holds, as the models of a sheet read it."""

    stimuli: Keyed[Stimulus] = ()
    items: Keyed[AnyQuestion] = ()


def loaded(made: Imported) -> dict[str, Item]:
    """Return imported items as a sheet would hold them, through YAML and the models of the sheets."""
    node, faults = nodes.read("items.yaml", written(made, "x"))
    assert node is not None
    assert not faults, faults
    file, faults = decode.validate(File, node, "")
    assert file is not None, faults
    assert not list(decode.problems(file.items, node))
    return {str(question.id): question.lower("x") for question in file.items}


def faults_of(name: str, content: bytes | str) -> list[str]:
    """Return the faults of a file, each on one line."""
    try:
        convert(name, content.encode() if isinstance(content, str) else content)
    except FaultsError as error:
        return [str(fault).splitlines()[0] for fault in error.faults]
    return []


def shown(text: Text | None, locale: str) -> str:
    """Return a text as it is read: characters and markup, references aside."""
    if text is None or not text.value:
        return ""
    html = re.sub(r"</?(a|sup|span)\b[^>]*>", "", clean(str(Inline(locale).html(text))))
    return normal(html.replace("{ ", "{")).replace("{ ", "{")


def carried(item: Item, locale: str) -> dict[str, Any]:
    """Return the fields of an item that both GIFT and Moodle XML carry, by what they mean."""
    return {
        "prompt": shown(item.prompt, locale),
        "explanation": shown(item.explanation, locale),
        "difficulty": item.difficulty,
        "answers": _answers(item, locale),
    }


def _reaction(reaction: Reaction, locale: str) -> tuple[float, str]:
    return (round(reaction.credit, 3), shown(reaction.feedback, locale))


def _options(options: Iterable[Option], locale: str, *, flat: bool = False) -> list[Any]:
    return [
        (shown(option.text, locale), *_reaction(option, locale))
        if not flat
        else (shown(option.text, locale), option.credit > 0, shown(option.feedback, locale))
        for option in options
    ]


def _typed(answers: Iterable[Answer], locale: str) -> list[Any]:
    return [(normalise(clean(str(answer.text))), *_reaction(answer, locale)) for answer in answers]


def _answers(item: Item, locale: str) -> Any:
    match item.interaction:
        case ChoiceInteraction() as asked:
            named = item.type == "truefalse"
            options = _options(asked.options, locale, flat=asked.multiple)
            return [
                (str(o.id), *rest[1:]) if named else rest
                for o, rest in zip(asked.options, options, strict=True)
            ]
        case MatchInteraction() as asked:
            targets = {target.id: shown_plain(target.text, locale) for target in asked.targets}
            pairs = sorted(
                (shown(source.text, locale), targets[source.target], shown(source.feedback, locale))
                for source in asked.sources
            )
            return pairs, sorted({*targets.values()})
        case OrderInteraction() as asked:
            return [shown(entry.text, locale) for entry in asked.entries]
        case TextInteraction() as asked:
            return _typed(asked.answers, locale)
        case NumericInteraction() as asked:
            numbers = [(n.value, n.tolerance, *_reaction(n, locale)) for n in asked.answers]
            return numbers, shown(asked.unit, locale)
        case GapInteraction() as asked:
            text = re.sub(r"\{[a-z0-9-]+\}", "{}", shown(asked.text, locale))
            listed = [
                [(shown_plain(o.text, locale), *_reaction(o, locale)) for o in gap.options]
                for gap in asked.gaps
            ]
            return text, listed, [_typed(gap.answers, locale) for gap in asked.gaps]
        case FreeInteraction() as asked:
            lines = [(shown(line.text, locale), line.points) for line in asked.rubric]
            return lines, shown(asked.model_answer, locale)


def shown_plain(text: Text, locale: str) -> str:
    """Return a text without markup: what is chosen from a list has none."""
    return normal(clean(Inline(locale).plain(text)))
