"""Items of QTI 2.1: what is asked, and the rules that score a response from 0 to 1 as `scoring.py` does."""

from __future__ import annotations

from typing import assert_never

from generator.exporters import presenting
from generator.exporters.kits import qti
from generator.exporters.kits import qti_fields as fields
from generator.exporters.kits import qti_rules as rule
from generator.exporters.kits.qti_fields import FEEDBACK, Question, choices, earned, said
from generator.exporters.kits.qti_rules import RESPONSE
from generator.exporters.quiz import Quiz
from generator.model.items import (
    ChoiceInteraction,
    FreeInteraction,
    GapInteraction,
    Item,
    MatchInteraction,
    NumericInteraction,
    OrderInteraction,
    TextInteraction,
)
from generator.scoring import key

_SOLUTION = "SOLUTION"


def question(quiz: Quiz, item: Item) -> Question:
    """Return the elements of an item's interaction."""
    asked = item.interaction
    match asked:
        case ChoiceInteraction():
            return _choice(quiz, item, asked)
        case MatchInteraction():
            return _match(quiz, item, asked)
        case OrderInteraction():
            return _order(quiz, item, asked)
        case TextInteraction():
            return fields.text(quiz, item, asked)
        case NumericInteraction():
            return fields.numeric(quiz, item, asked)
        case GapInteraction():
            return fields.gaps(quiz, item, asked)
        case FreeInteraction():
            return _free(quiz, item, asked)
        case _:
            assert_never(asked)


def content(quiz: Quiz, item: Item, made: Question) -> str:
    """Return what an `assessmentItem` holds: declarations, body, rules and feedback."""
    about, after = qti.about(quiz, item, "../"), qti.after(quiz, item, made.after)
    rules = _scored(item, made) + (rule.say(_SOLUTION, "solution") if after else "")
    return "".join(
        (
            made.responses,
            _SCORE,
            made.outcomes,
            rule.outcome(_SOLUTION) if after else "",
            f"<itemBody>{about and f'<div>{about}</div>'}{made.body}</itemBody>",
            rules and f"<responseProcessing>{rules}</responseProcessing>",
            made.told,
            rule.modal(_SOLUTION, "solution", after) if after else "",
        )
    )


def _scored(item: Item, made: Question) -> str:
    if not made.rules:
        return ""
    shared = rule.shared(made.parts) if made.parts > 1 else ""
    return rule.NOTHING + made.rules + shared + ("" if item.partial else rule.STRICT)


def _number(name: str, start: int) -> str:
    return (
        f'<outcomeDeclaration identifier="{name}" cardinality="single" baseType="float">'
        f"<defaultValue><value>{start}</value></defaultValue></outcomeDeclaration>"
    )


_SCORE = _number("SCORE", 0) + _number("MAXSCORE", 1)


def _interaction(quiz: Quiz, item: Item, kind: str, settings: str, choices: str) -> str:
    prompt = f"<prompt>{quiz.html(item.prompt)}</prompt>"
    return f'<{kind} responseIdentifier="{RESPONSE}"{settings}>{prompt}{choices}</{kind}>'


def _choice(quiz: Quiz, item: Item, asked: ChoiceInteraction) -> Question:
    cardinality = "multiple" if asked.multiple else "single"
    told = said(quiz, FEEDBACK, asked.options, named=asked.multiple)
    shuffle = "false" if item.type == "truefalse" else "true"
    settings = f' shuffle="{shuffle}" maxChoices="{0 if asked.multiple else 1}"'
    options = choices("simpleChoice", ((option.id, quiz.html(option.text)) for option in asked.options))
    right = key(item)
    correct = map(str, right) if isinstance(right, list) else ()
    return Question(
        responses=rule.response(RESPONSE, "identifier", correct, _shares(item, asked), cardinality),
        outcomes=rule.outcome(FEEDBACK, cardinality) if told else "",
        body=_interaction(quiz, item, "choiceInteraction", settings, options),
        rules=rule.mapped(RESPONSE, rule.put(FEEDBACK, rule.variable(RESPONSE)) if told else ""),
        told=told,
    )


def _shares(item: Item, asked: ChoiceInteraction) -> dict[str, float]:
    """Return what each choice earns: of several, a wrong one takes back what a right one gives."""
    if not asked.multiple:
        return earned(item, ((option.id, option) for option in asked.options))
    keys = sum(option.credit > 0 for option in asked.options)
    return {option.id: (1 if option.credit > 0 else -1) / keys for option in asked.options}


def _match(quiz: Quiz, item: Item, asked: MatchInteraction) -> Question:
    """Return a question whose sources and targets have names of their own, whatever their ids."""
    sources = ((f"s-{source.id}", quiz.html(source.text)) for source in presenting.sources(item, asked))
    targets = ((f"t-{target.id}", quiz.html(target.text)) for target in presenting.targets(item, asked))
    kind = "simpleAssociableChoice"
    sets = (choices(kind, sources, ' matchMax="1"'), choices(kind, targets, ' matchMax="0"'))
    pairs = {f"s-{source.id} t-{source.target}": 1 / len(asked.sources) for source in asked.sources}
    told = qti.remarks(quiz, ((quiz.html(source.text), source) for source in asked.sources))
    settings = f' shuffle="false" maxAssociations="{len(pairs)}"'
    shown = "".join(f"<simpleMatchSet>{choices}</simpleMatchSet>" for choices in sets)
    return Question(
        responses=rule.response(RESPONSE, "directedPair", pairs, pairs, "multiple"),
        body=_interaction(quiz, item, "matchInteraction", settings, shown),
        rules=rule.mapped(RESPONSE),
        after=told,
        losses=qti.later(item, told),
    )


def _order(quiz: Quiz, item: Item, asked: OrderInteraction) -> Question:
    """Return a question whose rules compare, place by place, what stands there with what should."""
    point = rule.add(rule.share(1))
    places = (rule.placed(RESPONSE, n, entry.id) for n, entry in enumerate(asked.entries, start=1))
    shown = ((entry.id, quiz.html(entry.text)) for entry in presenting.entries(item, asked))
    return Question(
        responses=rule.response(RESPONSE, "identifier", [e.id for e in asked.entries], {}, "ordered"),
        body=_interaction(quiz, item, "orderInteraction", ' shuffle="false"', choices("simpleChoice", shown)),
        rules="".join(rule.when(test, point) for test in places),
        parts=len(asked.entries),
    )


def _free(quiz: Quiz, item: Item, asked: FreeInteraction) -> Question:
    """Return a question that a person scores, with what to score it by."""
    grid = f'<rubricBlock view="scorer tutor">{qti.grid(quiz, asked)}</rubricBlock>'
    return Question(
        responses=rule.response(RESPONSE, "string", (), {}),
        body=grid + _interaction(quiz, item, "extendedTextInteraction", "", ""),
    )
