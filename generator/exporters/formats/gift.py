r"""A quiz into GIFT, the text format that Moodle imports: HTML inside, one question between blank lines.

Moodle reads the escapes `\: \# \= \{ \} \~ \n \\` and no other (question/format/gift/format.php). What it
cannot say of one answer is said after the question, in its general feedback.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.exporters.base import Ask, Capabilities, Composed, Envelope, Exporter, Feature, Fragment
from generator.exporters.fragments import each, exporting, mark, xml
from generator.exporters.kits import moodle
from generator.exporters.kits.gift_questions import block, escaped, line, text
from generator.exporters.quiz import Drawing, Quiz
from generator.model.items import Item

_NO_TAG = re.compile(r"[\[\]<>`,]")
_LEVELS = {1: "easy", 2: "medium", 3: "hard"}


def envelope(quiz: Quiz) -> Envelope:
    """Return the file without its questions: whose they are, and the category that they go into."""
    course = quiz.course
    licence = f"{', '.join(course.authors)}. {course.licence.name} {course.licence.url}"
    head = f"// {line(quiz.plain(course.title))}\n// {line(licence)}\n"
    category = f"$CATEGORY: $course$/top/{mark('title', 'path')}\n"
    return Envelope(files={f"{mark('stem')}.gift.txt": f"{head}\n{category}\n{each()}"})


def fragment(quiz: Quiz, item: Item) -> Fragment:
    """Return the question of an item, its identifier and its tags above it."""
    made = block(quiz, item)
    after = "".join(_after(quiz, item, made.after))
    lines = [*made.answers, *([f"####{text(quiz, after)}"] if after else [])]
    tags = (*quiz.tags(item), quiz.word(f"export.{_LEVELS[item.difficulty]}"))
    marks = "".join(f" [tag:{line(_NO_TAG.sub(' ', tag))}]" for tag in tags)
    body = "".join(f"\t{entry}\n" for entry in lines)
    question = (
        f"// [id:{moodle.identify(quiz, item)}]{marks}\n::{escaped(moodle.named(quiz, item))}::"
        f"[html]{text(quiz, moodle.asked(quiz, item, _told) + made.text)}{{\n{body}}}\n\n"
    )
    return Fragment(slots={"": question}, losses=made.losses)


def _told(drawing: Drawing) -> str:
    return f"<p><strong>{xml(drawing.title)}</strong></p>{moodle.told(drawing)}"


def _after(quiz: Quiz, item: Item, own: str) -> Iterator[str]:
    """Yield what is read once the question is answered."""
    if item.explanation:
        yield f"<p>{quiz.html(item.explanation)}</p>"
    yield own
    if claims := quiz.evidence(item):
        cited = (f"{quiz.html(claim.text)} ({xml(quiz.where(claim))})" for claim in claims)
        yield moodle.entry(quiz, "export.sources", "") + moodle.listed(cited)
    if objective := quiz.objective(item):
        yield moodle.entry(quiz, "export.objective", quiz.html(objective.text))


_COMPOSED = Composed(envelope, fragment)

EXPORTER = Exporter(
    name="gift",
    title="GIFT text, for Moodle and converters",
    suffix=".gift.txt",
    capabilities=Capabilities(
        asks=frozenset(Ask) - {Ask.ORDER, Ask.GAP, Ask.FREE},
        features=frozenset(Feature)
        - {Feature.HINTS, Feature.STRICT, Feature.POINTS, Feature.IMAGES, Feature.DIGITS},
        degraded={
            Ask.ORDER: "loss.order-as-match",
            Ask.GAP: "loss.gaps-as-match",
            Ask.FREE: "loss.free-as-essay",
        },
        notes={Feature.IMAGES: "loss.images-told"},
    ),
    export=exporting(_COMPOSED),
    composed=_COMPOSED,
    bilingual=True,
)
