"""What the site's composer makes quizzes from: the envelopes, fragments and losses of a course as JSON.

The page reads `course.json` and `losses/<sheet>.json` to tell what a choice would lose, and `<format>.json`
and `<format>/<sheet>.json` once it makes a file, as `fragments` does.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from babel.numbers import get_decimal_symbol
from pydantic_core import to_json

from generator.exporters.base import Composed, Exporter, Feature, Fragment, Loss
from generator.exporters.fragments import fragment
from generator.exporters.losses import OMITTED, missed, sift, subject, told
from generator.exporters.quiz import Quiz, composed

_Files = dict[str, dict[str, Any]]


def stored(whole: Quiz, exporters: Iterable[Exporter]) -> dict[str, bytes]:
    """Return the files, by path, from which a page makes any choice of items in each composed format.

    `whole` is the quiz of the whole course. Points are set on the page: items are taken as worth one here,
    and each format says what is lost where they are worth more or less.
    """
    quiz = composed(whole, ((item.uid, 1.0) for item in whole.items))
    formats: dict[str, Any] = {}
    files: _Files = {
        "course": {
            "stem": quiz.stem,
            "title": quiz.name,
            "decimal": get_decimal_symbol(quiz.babel),
            "formats": formats,
        }
    }
    for exporter in exporters:
        if exporter.composed:
            formats[exporter.name] = _store(quiz, exporter, exporter.composed, files)
    return {f"{path}.json": to_json(value) + b"\n" for path, value in files.items()}


def _store(quiz: Quiz, exporter: Exporter, parts: Composed, files: _Files) -> dict[str, Any]:
    """Add the files of a format, and return what it may lose: reasons, which others name by their place."""
    able = exporter.capabilities
    kept, losses = sift(quiz, able)
    made = {item.uid: fragment(kept, parts, item) for item in kept.items}
    losses += tuple(loss for fragment in made.values() for loss in fragment.losses)
    whole = Feature.POINTS in able.features and not able.most_points
    points = () if whole else (missed("", Feature.POINTS, able),)
    places = {kind: place for place, kind in enumerate(dict.fromkeys(map(_kind, (*losses, *points))))}
    found: dict[str, list[int]] = {}
    for loss in losses:
        found.setdefault(loss.item, []).append(places[_kind(loss)])
    envelope = parts.envelope(quiz)
    files[exporter.name] = {"files": dict(envelope.files), "zipped": envelope.zipped}
    for item in quiz.items:
        files.setdefault(f"{exporter.name}/{item.concept}", {})[item.uid] = _fragment(made.get(item.uid))
        suffered = files.setdefault(f"losses/{item.concept}", {}).setdefault(item.uid, {})
        suffered[exporter.name] = found.get(item.uid, [])
    return {
        "reasons": [_reason(quiz, kind) for kind in places],
        "whole": found.get("", []),
        "points": [places[loss] for loss in points],
        "most_points": able.most_points,
    }


def _kind(loss: Loss) -> Loss:
    return loss._replace(item="")


def _reason(quiz: Quiz, loss: Loss) -> dict[str, Any]:
    return {"what": subject(quiz, loss), "why": told(quiz, loss).why, "omits": loss.why == OMITTED}


def _fragment(fragment: Fragment | None) -> dict[str, Any] | None:
    if fragment is None:
        return None
    return {"slots": dict(fragment.slots), "files": dict(fragment.files), "lead": fragment.lead}
