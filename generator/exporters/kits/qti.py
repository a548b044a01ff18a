"""What the packages of every QTI share: XHTML of texts, pictures, and what is said after an answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from generator.exporters.base import Feature, Loss
from generator.exporters.drawing import standalone
from generator.exporters.fragments import xml
from generator.exporters.kits import moodle
from generator.exporters.quiz import Drawing, Quiz, clean, once
from generator.model.items import Answer, FreeInteraction, GapInteraction, Item, Reaction
from generator.scoring import EPSILON

LEVELS = {1: "easy", 2: "medium", 3: "difficult"}  # as LOM spells them
_SLOT = 0xE000  # a character that no text holds


def number(value: float) -> str:
    """Return a number as machines read it, every digit kept and no exponent."""
    return format(Decimal(repr(float(value))), "f").removesuffix(".0")


def credit(item: Item, reaction: Reaction) -> float:
    """Return what an answer earns by itself; in part is not at all where the item says so."""
    return reaction.credit if item.partial else float(reaction.credit >= 1 - EPSILON)


def about(quiz: Quiz, item: Item, folder: str) -> str:
    """Return the XHTML of what an item is about, its diagrams included, and not of its question."""
    html = moodle.asked(quiz, item, lambda drawing: _shown(quiz, item, drawing, folder))
    return html.removesuffix(paragraph(quiz.html(item.prompt)))


def pictures(quiz: Quiz, item: Item) -> dict[str, str]:
    """Return the diagrams of an item as SVG files, by path in the package."""
    return {_path(quiz, item, drawing): standalone(drawing.svg) for drawing in quiz.drawings(item)}


def _path(quiz: Quiz, item: Item, drawing: Drawing) -> str:
    return f"images/{quiz.identify(item)}-{drawing.id}.svg"


def _shown(quiz: Quiz, item: Item, drawing: Drawing, folder: str) -> str:
    """Return the picture of a diagram; its sentences are for those who do not see it."""
    told = xml(" ".join((drawing.title, *drawing.steps)))
    sides = drawing.svg.partition('viewBox="')[2].partition('"')[0].split()[2:4]
    size = f' width="{round(float(sides[0]))}" height="{round(float(sides[1]))}"' if sides else ""
    return f'<p><img src="{folder}{_path(quiz, item, drawing)}" alt="{told}"{size}/></p>'


def paragraph(html: str) -> str:
    """Return phrasing XHTML as a block."""
    return f"<p>{html}</p>"


def entry(quiz: Quiz, word: str, html: str = "") -> str:
    """Return XHTML under the name that an interface word gives it.

    Without `<br/>`: Moodle would write `<br></br>`, which browsers show as two.
    """
    return paragraph(f"<strong>{quiz.html(quiz.words[word])}</strong>") + (html and paragraph(html))


def listed(entries: Iterable[str]) -> str:
    """Return XHTML as the entries of a list."""
    return f"<ul>{''.join(f'<li>{entry}</li>' for entry in entries)}</ul>"


@once
def remark(quiz: Quiz, reaction: Reaction) -> str:
    """Return what is said of an answer, and the wrong idea that it betrays."""
    found = quiz.course.misconception.get(reaction.misconception or "")
    idea = entry(quiz, "site.misconception", quiz.html(found.statement)) if found else ""
    return (paragraph(quiz.html(reaction.feedback)) if reaction.feedback else "") + idea


def remarks(quiz: Quiz, answers: Iterable[tuple[str, Reaction]]) -> str:
    """Return what is said of several answers, each under its own XHTML; "" where nothing is."""
    told = [(html, remark(quiz, reaction)) for html, reaction in answers]
    said = [f"<strong>{html}</strong>{words}" for html, words in told if words]
    return listed(said) if said else ""


def told(quiz: Quiz, answers: Iterable[Answer]) -> list[tuple[str, Answer]]:
    """Return typed answers as XHTML, each with what it earns and what is said of it."""
    return [(xml(quiz.typed(answer)), answer) for answer in answers]


def right(quiz: Quiz, item: Item, answers: Iterable[Answer]) -> list[str]:
    """Return every way of typing the answers that earn all the points."""
    return [way for way, answer in moodle.typed(quiz, item, answers) if answer.credit >= 1 - EPSILON]


def later(item: Item, after: str) -> tuple[Loss, ...]:
    """Return the loss of an item of whose answers all is said at the end, if anything is."""
    return (Loss(item.uid, Feature.FEEDBACK, "loss.feedback-after"),) if after else ()


def after(quiz: Quiz, item: Item, own: str = "") -> str:
    """Return what is read once an item is answered, with `own` between its explanation and its proof."""
    explained = paragraph(quiz.html(item.explanation)) if item.explanation else ""
    claims = [moodle.cited(quiz, claim) for claim in quiz.evidence(item)]
    proof = entry(quiz, "export.sources") + listed(claims) if claims else ""
    objective = quiz.objective(item)
    aim = entry(quiz, "export.objective", quiz.html(objective.text)) if objective else ""
    return explained + own + proof + aim


def grid(quiz: Quiz, asked: FreeInteraction) -> str:
    """Return what a teacher marks a free answer with: the lines of its rubric, and a possible answer."""
    lines = (f"{quiz.html(line.text)} ({quiz.number(line.points)})" for line in asked.rubric)
    model = entry(quiz, "quiz.model-answer", quiz.html(asked.model_answer))
    return entry(quiz, "export.rubric") + listed(lines) + model


def sentence(quiz: Quiz, asked: GapInteraction, pieces: Mapping[str, str]) -> str:
    """Return the XHTML of a text with, at the place of each gap, the piece that goes by its id."""
    slots = {str(gap.id): chr(_SLOT + place) for place, gap in enumerate(asked.gaps)}
    html = quiz.html(asked.text.format(**slots))
    for name, slot in slots.items():
        html = html.replace(slot, pieces[name])
    return paragraph(html)


def authors(quiz: Quiz) -> tuple[str, ...]:
    """Return the authors of the course."""
    return tuple(map(clean, quiz.course.authors))


def licence(quiz: Quiz) -> str:
    """Return the licence of the course, and where to read it."""
    return clean(f"{quiz.course.licence.name} {quiz.course.licence.url}")


def imprint(quiz: Quiz) -> str:
    """Return the XHTML of who made the course, and under which licence."""
    names = xml(", ".join(authors(quiz)))
    return entry(quiz, "export.authors", names) + entry(quiz, "export.licence", xml(licence(quiz)))
