"""Exports put together from fragments, by this module or by the composer of the site.

A fragment may hold marks in the place of what depends on the whole quiz: `mark("number")` is the place
of the item, `mark("points")` its points. `tests/exporters/assembling.json` holds cases that this module and
`assemble.mjs` both run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache

from babel.numbers import format_decimal

from generator.exporters.archive import archive
from generator.exporters.base import Composed, Envelope, Export, Fragment
from generator.exporters.quiz import MARKS, Quiz
from generator.inline import cldr
from generator.model.items import Item

_OPEN, _CLOSE = MARKS
_EACH = "*"
_Pairs = Sequence[tuple[Fragment, Mapping[str, str]]]  # what each item adds, and its values


def xml(value: str) -> str:
    """Return plain characters as XML."""
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def mark(name: str, *escapes: str) -> str:
    """Return the mark of a value, written through the named `ESCAPES`.

    Of the quiz: `title`, `stem`, `count`, `total` (points); of an item: `number`, `points`. The machine
    spells numbers `2.5`; `points-shown`, `count-shown` and `total-shown` are as the reader's locale writes
    them, and so is `number`.
    """
    return _OPEN + "|".join((name, *escapes)) + _CLOSE


def each(slot: str = "", between: str = "") -> str:
    """Return the mark of all that the items put into a slot, in their order, with `between` in between."""
    return f"{_OPEN}{_EACH}{slot}|{between}{_CLOSE}"


def exporting(composed: Composed, *, compressed: bool = False) -> Callable[[Quiz], Export]:
    """Return the `export` of a format that is made of an envelope and fragments.

    A zip is compressed only where the composer does not offer the format: it could not make the same bytes.
    """

    def export(quiz: Quiz) -> Export:
        fragments = [fragment(quiz, composed, item) for item in quiz.items]
        losses = tuple(loss for fragment in fragments for loss in fragment.losses)
        return Export(assemble(quiz, composed.envelope(quiz), fragments, compressed=compressed), losses)

    return export


def fragment(quiz: Quiz, composed: Composed, item: Item) -> Fragment:
    """Return what an item adds to an export: the same in every quiz of its course, whatever its points."""
    key = (composed.fragment, item.uid)
    if key not in quiz.memo.fragments:
        quiz.memo.fragments[key] = composed.fragment(quiz, item)
    found: Fragment = quiz.memo.fragments[key]
    return found


def assemble(
    quiz: Quiz, envelope: Envelope, fragments: list[Fragment], *, compressed: bool = False
) -> dict[str, bytes]:
    """Return the files that an envelope and the fragments of a quiz's items make, by name."""
    shared = _values(quiz)
    own = [_Own(shared, quiz, place, item.points) for place, item in enumerate(quiz.items, start=1)]
    pairs = list(zip(fragments, own, strict=True))
    files = {
        _filled(path, shared): "".join(_pieces(template, shared, pairs))
        for path, template in envelope.files.items()
    }
    for fragment, values in pairs:
        for path, text in fragment.files.items():
            files[path] = _filled(text, values)
    if envelope.zipped:
        return {_filled(envelope.zipped, shared): archive(files, compressed=compressed)}
    return {path: text.encode() for path, text in files.items()}


class _Own(dict[str, str]):
    """The values of an item, beside those that are `shared`; most items need only one or two."""

    def __init__(self, shared: Mapping[str, str], quiz: Quiz, place: int, points: float) -> None:
        super().__init__(shared)
        self.quiz, self.place, self.points = quiz, place, points

    def __missing__(self, name: str) -> str:
        if name == "number":
            return _shown(self.quiz, self.place)
        return _points("points", self.quiz, self.points)[name]


def _values(quiz: Quiz) -> dict[str, str]:
    total = sum(item.points for item in quiz.items)
    count = {"count": str(len(quiz.items)), "count-shown": _shown(quiz, len(quiz.items))}
    return {"title": quiz.name, "stem": quiz.stem, **count, **_points("total", quiz, total)}


def _points(name: str, quiz: Quiz, points: float) -> dict[str, str]:
    return {name: f"{points:.10g}", f"{name}-shown": _shown(quiz, points)}


def _shown(quiz: Quiz, value: float) -> str:
    return _decimal(value, quiz.locale)


@lru_cache(maxsize=4096)
def _decimal(value: float, locale: str) -> str:
    return str(format_decimal(value, "0.######", locale=cldr(locale)))


def _filled(text: str, values: Mapping[str, str]) -> str:
    return "".join(_pieces(text, values)) if _OPEN in text else text


def _pieces(text: str, values: Mapping[str, str], pairs: _Pairs = ()) -> Iterator[str]:
    """Yield the pieces of a text, with values and what the items put into slots in the place of marks."""
    before, *others = text.split(_OPEN)
    yield before
    for part in others:
        marked, after = part.split(_CLOSE, 1)
        name, *escapes = marked.split("|")
        if name.startswith(_EACH):
            yield from _slot(name.removeprefix(_EACH), escapes[0], pairs)
        else:
            value = values[name]
            for escape in escapes:
                value = ESCAPES[escape](value)
            yield value
        yield after


def _slot(slot: str, between: str, pairs: _Pairs) -> Iterator[str]:
    before, first = "", True
    for fragment, values in pairs:
        lead = fragment.lead if not slot and fragment.lead != before else ""
        before = fragment.lead
        if text := lead + fragment.slots.get(slot, ""):
            if not first:
                yield between
            yield from _pieces(text, values)
            first = False


# How a value is written where it stands; `assemble.mjs` knows the same.
ESCAPES: Mapping[str, Callable[[str], str]] = {
    "xml": xml,
    # A slash parts the categories of Moodle, which drops what looks like a tag.
    "path": lambda value: value.replace("/", "//").replace("<", "‹").replace(">", "›"),
}
