"""What every exporter is: what its format can carry, and a function from a quiz to files and losses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from generator.exporters.quiz import Quiz
from generator.model.items import Item


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


class Feature(StrEnum):
    """What an item may need besides its question.

    The interface word `loss.<feature>` says what it is, `loss.no-<feature>` what becomes of it where a
    format lacks it.
    """

    FEEDBACK = "feedback"
    HINTS = "hints"
    EXPLANATION = "explanation"
    SOURCES = "sources"
    MISCONCEPTIONS = "misconceptions"
    CREDIT = "credit"  # an answer that earns a share of the points
    PARTIAL = "partial"  # a score for a response that is right in part
    STRICT = "strict"  # no score for a response that is right in part, where the item says so
    POINTS = "points"
    STIMULUS = "stimulus"
    IMAGES = "images"
    MARKUP = "markup"
    DIGITS = "digits"  # a number typed in digits of the script, such as ٤٢
    # Needed by every item: lost once for the whole quiz.
    IDS = "ids"
    DIFFICULTY = "difficulty"
    OBJECTIVES = "objectives"
    LICENCE = "licence"


WHOLE = (Feature.IDS, Feature.DIFFICULTY, Feature.OBJECTIVES, Feature.LICENCE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """What a format can carry.

    `degraded` names what is turned into something simpler by the exporter, and how: such items are
    kept and the loss is told. `notes` says what becomes of a missing feature, where it is not just left out.
    Both say it by the name of an interface word, or in a sentence where a format of another package has none.
    With `most_points`, points are carried only if they are whole and no more than that; the note says what
    becomes of others.
    """

    asks: frozenset[Ask]
    features: frozenset[Feature]
    degraded: Mapping[Ask, str] = field(default_factory=dict)
    notes: Mapping[Feature, str] = field(default_factory=dict)
    most_points: int = 0


class Loss(NamedTuple):
    """One thing that a format could not carry.

    `item` is a uid, or "" for the whole quiz; `what` an `Ask` or a `Feature`, or another short code; `why`
    the name of an interface word, whose placeholders `values` fill, or a sentence.
    """

    item: str
    what: str
    why: str
    values: tuple[tuple[str, str | float], ...] = ()


@dataclass(frozen=True, slots=True)
class Export:
    """Files by name, and what they do not hold."""

    files: Mapping[str, bytes]
    losses: tuple[Loss, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fragment:
    """What one item adds to an export.

    `slots` holds a text for each slot of the envelope ("" is the main one); `files` whole files of its
    own, by path. `lead` goes before the main slot's text, once for items in a row that share it.
    `losses` are those that capabilities cannot tell.
    """

    slots: Mapping[str, str]
    files: Mapping[str, str] = field(default_factory=dict)
    lead: str = ""
    losses: tuple[Loss, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What surrounds the fragments: files by path, in which `each(slot)` stands for the items.

    Paths may hold marks. With a `zipped` name, the files are those of a zip of that name.
    """

    files: Mapping[str, str]
    zipped: str = ""


@dataclass(frozen=True, slots=True)
class Composed:
    """A format whose files are an envelope around fragments; both are made for a quiz of the same course.

    `envelope` may depend on the course and its locale, but not on the items of the quiz.
    """

    envelope: Callable[[Quiz], Envelope]
    fragment: Callable[[Quiz, Item], Fragment]


@dataclass(frozen=True, slots=True)
class Exporter:
    """One format. `export` is given the items that `capabilities` allow (see `losses.run`), and at least one.

    It returns only the losses that capabilities cannot tell, such as a prompt that is too long. `title` is
    for the command line; `format.<name>` and `format.<name>-how` are what teachers read. A format made of an
    envelope and fragments says so in `composed`: the page's composer can make it too. `bilingual` means that
    one text may hold several languages (`Multilingual`).
    """

    name: str
    title: str
    suffix: str
    capabilities: Capabilities
    export: Callable[[Quiz], Export]
    composed: Composed | None = None
    bilingual: bool = False
