"""The narrow waist: items that hold one of a closed set of interactions, named after QTI.

Every template, the page's script and every exporter know these and nothing else; the authored
question types (`generator/questions`) lower to them.
"""

from __future__ import annotations

from typing import Literal

from generator.model.base import Id, Keyed, Model, Named, Passage, Quoting, Share
from generator.text import Text


class Reaction(Named):
    """What an answer earns and what the learner is told about it.

    `credit` is a share of the points between 0 and 1; `misconception` names the wrong idea that an
    answer betrays. Decoding fills a missing `feedback` with that misconception's refutation.
    """

    credit: Share = 0.0
    feedback: Text | None = None
    misconception: Id | None = None


class Option(Reaction):
    """One choice: a key if its credit is above zero, otherwise a distractor."""

    text: Text


class Answer(Reaction):
    """One foreseen typed answer, right or wrong."""

    text: Text


class NumericAnswer(Reaction):
    """One foreseen number: `value`, give or take `tolerance` (same unit, inclusive).

    `fact` names the fact of the course that the value was taken from, if it was not typed.
    """

    value: float = 0.0
    tolerance: float = 0.0
    fact: Id | None = None


class MatchSource(Reaction):
    """One element to be matched: `target` is the id of its right target."""

    text: Text
    target: Id


class ChoiceInteraction(Model):
    """Choose one option (`multiple` false) or any number of them."""

    kind: Literal["choice"] = "choice"
    multiple: bool = False
    options: tuple[Option, ...]


class MatchInteraction(Model):
    """Give each source its target; several sources may share one.

    `layout` is only how it looks: pairs, categories, a grid of radio buttons, or labels on a diagram
    (then source ids are the ids of the diagram's parts and `diagram` names it).
    """

    kind: Literal["match"] = "match"
    layout: Literal["pairs", "categories", "grid", "labels"] = "pairs"
    sources: tuple[MatchSource, ...]
    targets: tuple[Passage, ...]
    diagram: Id | None = None


class OrderInteraction(Model):
    """Put the entries in order; they are stored in the right one."""

    kind: Literal["order"] = "order"
    entries: tuple[Passage, ...]


class TextInteraction(Model):
    """Type a short text, compared without regard to case, accents and spacing."""

    kind: Literal["text"] = "text"
    answers: tuple[Answer, ...]


class NumericInteraction(Model):
    """Type a number; `unit` stands outside the field."""

    kind: Literal["numeric"] = "numeric"
    answers: tuple[NumericAnswer, ...]
    unit: Text | None = None


class Gap(Named):
    """One gap of a text: filled from a list of options, or typed when there is none."""

    options: tuple[Option, ...] = ()
    answers: tuple[Answer, ...] = ()


class GapInteraction(Model):
    """Fill the gaps that `text` names between braces."""

    kind: Literal["gap"] = "gap"
    text: Text
    gaps: tuple[Gap, ...]


class Criterion(Named):
    """One line of a rubric; `points` are relative to the other lines."""

    text: Text
    points: float = 1.0


class FreeInteraction(Model):
    """Write freely, then assess oneself against the rubric."""

    kind: Literal["free"] = "free"
    rubric: tuple[Criterion, ...]
    model_answer: Text


Interaction = (
    ChoiceInteraction
    | MatchInteraction
    | OrderInteraction
    | TextInteraction
    | NumericInteraction
    | GapInteraction
    | FreeInteraction
)


class Stimulus(Quoting):
    """What one or several items are about: a scenario to read, a trace, a diagram."""

    title: Text | None = None
    text: Text | None = None
    diagram: Id | None = None


class Item(Named):
    """One question of a quiz. `uid` is unique in the course and permanent: `concept.item`.

    `partial` false makes the score all or nothing; `difficulty` runs from 1 (easy) to 3 (hard).
    """

    uid: str
    concept: Id
    type: str
    prompt: Text
    interaction: Interaction
    hints: Keyed[Passage] = ()
    explanation: Text | None = None
    objective: Id
    claims: tuple[Id, ...] = ()
    stimulus: Id | None = None
    difficulty: int = 1
    points: float = 1.0
    partial: bool = True
