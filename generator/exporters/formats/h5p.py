"""A quiz into an H5P package: a Question Set of multiple choices, blanks to fill and words to drag.

The package names its libraries and holds none of them: a platform has its own. Versions are those that
QuestionSet 1.20 takes; fields and marks are those of each library's `semantics.json`.
https://h5p.org/documentation/developers/h5p-specification
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from uuid import NAMESPACE_URL, uuid5

from pydantic_core import to_json

from generator.exporters.archive import archive
from generator.exporters.base import Ask, Capabilities, Export, Exporter, Feature, Loss
from generator.exporters.kits.h5p_questions import afterwards, question
from generator.exporters.kits.h5p_words import BLANKS, CHOICE, DRAG, question_set, words
from generator.exporters.losses import parts
from generator.exporters.quiz import Quiz, once
from generator.inline import tag
from generator.model.items import ChoiceInteraction, GapInteraction, Item, NumericInteraction

_SET = "H5P.QuestionSet"
_VERSIONS = {_SET: (1, 20), CHOICE: (1, 16), BLANKS: (1, 14), DRAG: (1, 10)}
_KINDS = {CHOICE: "Multiple Choice", BLANKS: "Fill in the Blanks", DRAG: "Drag the Words"}
_COMMONS = re.compile(r"https?://creativecommons\.org/licenses/([a-z-]+)/([\d.]+)")


def export(quiz: Quiz) -> Export:
    """Return the package of a quiz."""
    made = [_question(quiz, item) for item in quiz.items]
    used = sorted({library for library, _ in made})
    content = {
        **question_set(quiz),
        "progressType": "textual",
        "passPercentage": 50,
        "disableBackwardsNavigation": False,
        "randomQuestions": False,
        "override": {"checkButton": True},
        "questions": [asked for _, asked in made],
    }
    files = {"h5p.json": to_json(_head(quiz, used)), "content/content.json": to_json(content)}
    losses = tuple(loss for item in quiz.items for loss in _losses(item))
    return Export({f"{quiz.stem}.h5p": archive(files)}, losses)


def _head(quiz: Quiz, used: Iterable[str]) -> dict[str, object]:
    licence = quiz.course.licence
    commons = _COMMONS.match(licence.url)
    return {
        "title": quiz.name,
        "language": tag(quiz.locale).lower(),
        "defaultLanguage": tag(quiz.locale).lower(),
        "mainLibrary": _SET,
        "embedTypes": ["iframe"],
        "authors": [{"name": name, "role": "Author"} for name in quiz.course.authors],
        "license": f"CC {commons[1].upper()}" if commons else "U",
        **({"licenseVersion": commons[2]} if commons else {}),
        "licenseExtras": f"{licence.name} {licence.url}",
        "preloadedDependencies": [_dependency(name) for name in (_SET, *used)],
    }


def _dependency(name: str) -> dict[str, object]:
    major, minor = _VERSIONS[name]
    return {"machineName": name, "majorVersion": major, "minorVersion": minor}


@once
def _question(quiz: Quiz, item: Item) -> tuple[str, dict[str, object]]:
    """Return the library that asks an item, and the item as an entry of the set."""
    library, own = question(quiz, item)
    major, minor = _VERSIONS[library]
    said = afterwards(quiz, item)
    params = {**own, **words(quiz, library), "overallFeedback": [{"from": 0, "to": 100, "feedback": said}]}
    return library, {
        "library": f"{library} {major}.{minor}",
        "subContentId": str(uuid5(NAMESPACE_URL, quiz.identify(item))),
        "metadata": {"contentType": _KINDS[library], "license": "U", "title": quiz.plain(item.prompt)},
        "params": params,
    }


def _losses(item: Item) -> Iterator[Loss]:
    asked = item.interaction
    if item.points == 1 and _worth(item) != 1:
        yield Loss(item.uid, Feature.POINTS, "loss.h5p-points")
    if not item.partial and not isinstance(asked, ChoiceInteraction) and parts(item) > 1:
        yield Loss(item.uid, Feature.STRICT, "loss.no-strict")
    if isinstance(asked, NumericInteraction) and any(answer.tolerance for answer in asked.answers):
        yield Loss(item.uid, "tolerance", "loss.no-tolerance")
    if isinstance(asked, GapInteraction) and 0 < sum(bool(gap.options) for gap in asked.gaps) < len(
        asked.gaps
    ):
        yield Loss(item.uid, Ask.GAP, "loss.h5p-typed")


def _worth(item: Item) -> int:
    """Return the points that H5P counts for an item."""
    asked = item.interaction
    if isinstance(asked, ChoiceInteraction):
        keys = sum(option.credit > 0 for option in asked.options)
        return keys if asked.multiple and item.partial else 1
    return parts(item)


EXPORTER = Exporter(
    name="h5p",
    title="H5P Question Set",
    suffix=".h5p",
    capabilities=Capabilities(
        asks=frozenset(Ask) - {Ask.ORDER, Ask.MATCH, Ask.FREE},
        degraded={Ask.ORDER: "loss.h5p-order", Ask.MATCH: "loss.h5p-match"},
        features=frozenset(
            {
                Feature.FEEDBACK, Feature.EXPLANATION, Feature.SOURCES, Feature.MISCONCEPTIONS,
                Feature.PARTIAL, Feature.STRICT, Feature.STIMULUS, Feature.LICENCE,
            }
        ),
        notes={Feature.IMAGES: "loss.images-told", Feature.POINTS: "loss.h5p-points"},
    ),
    export=export,
)  # fmt: skip
