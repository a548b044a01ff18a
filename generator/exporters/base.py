"""What every exporter is: what its format can carry, and a function from a quiz to files and losses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum

from generator.exporters.quiz import Quiz


class Ask(StrEnum):
    """What an item asks of the learner; choices are told apart because many formats take one key only."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    MATCH = "match"
    ORDER = "order"
    TEXT = "text"
    NUMERIC = "numeric"
    GAP = "gap"
    FREE = "free"


class Feature(Enum):
    """What an item may need besides its question: a name, and what is missed where a format lacks it."""

    FEEDBACK = "feedback", "the format has no feedback for each answer"
    HINTS = "hints", "the format has no hints"
    EXPLANATION = "explanation", "the format has no explanation shown after the answer"
    SOURCES = "sources", "the format does not cite the claims that bear the key out"
    MISCONCEPTIONS = "misconceptions", "the format does not name the misconception that an answer betrays"
    CREDIT = "credit", "the format gives an answer all the points or none"
    PARTIAL = "partial", "the format has no score for an answer that is right in part"
    STRICT = "strict", "the format always counts an answer that is right in part"
    POINTS = "points", "the format gives every question the same points"
    STIMULUS = "stimulus", "the format has no place for what the question is about"
    IMAGES = "images", "the format has no images"
    MARKUP = "markup", "texts are written without emphasis, code marks and links"
    # Needed by every item: lost once for the whole quiz.
    IDS = "ids", "the format keeps no id: an import repeated makes new questions"
    DIFFICULTY = "difficulty", "the format does not tell difficulties apart"
    OBJECTIVES = "objectives", "the format does not name the objective assessed"
    LICENCE = "licence", "the format does not name authors and licence"

    def __init__(self, title: str, why: str) -> None:
        self.title = title
        self.why = why


WHOLE = (Feature.IDS, Feature.DIFFICULTY, Feature.OBJECTIVES, Feature.LICENCE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """What a format can carry.

    `degraded` names what is turned into something simpler by the exporter, and how: such items are
    kept and the loss is told. `notes` says what becomes of a missing feature, where it is not just left out.
    """

    asks: frozenset[Ask]
    features: frozenset[Feature]
    degraded: Mapping[Ask, str] = field(default_factory=dict)
    notes: Mapping[Feature, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, order=True)
class Loss:
    """One thing that a format could not carry; `item` is a uid, or "" for the whole quiz."""

    item: str
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Export:
    """Files by name, and what they do not hold."""

    files: Mapping[str, bytes]
    losses: tuple[Loss, ...] = ()


@dataclass(frozen=True, slots=True)
class Exporter:
    """One format. `export` is given the items that `capabilities` allow (see `losses.run`), and at least one.

    It returns only the losses that capabilities cannot tell, such as a prompt that is too long.
    """

    name: str
    title: str
    suffix: str
    capabilities: Capabilities
    export: Callable[[Quiz], Export]
