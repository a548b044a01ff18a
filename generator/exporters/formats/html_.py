"""A quiz into one HTML page to be printed: the questions, and the answer key from a new page on.

It is made of fragments, so that the site's composer makes the same page; it asks nothing of the network.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files

from markupsafe import Markup, escape

from generator.exporters.base import Ask, Capabilities, Composed, Envelope, Exporter, Feature, Fragment
from generator.exporters.drawing import standalone
from generator.exporters.fragments import each, exporting, mark
from generator.exporters.kits import marking, paper
from generator.exporters.losses import ask
from generator.exporters.quiz import Drawing, Quiz, clean
from generator.inline import direction, tag
from generator.model.items import FreeInteraction, Item
from generator.text import Text

_CIRCLE, _SQUARE = Markup('<span class="sign round"></span>'), Markup('<span class="sign"></span>')
_BOX = Markup('<span class="box"></span>')
_NOTHING = Markup("")
_SLOT = "\ue000"


@cache
def _beside(name: str) -> Markup:
    return Markup(files("generator.exporters.kits").joinpath(name).read_text("utf-8"))


def envelope(quiz: Quiz) -> Envelope:
    """Return the page without its questions and answers."""
    word = quiz.word
    page = _beside("page.html").format(
        lang=tag(quiz.locale),
        dir=direction(quiz.locale),
        css=_beside("page.css"),
        title=Markup(mark("title", "xml")),
        total=Markup(mark("total-shown", "xml")),
        questions=Markup(each()),
        answers=Markup(each("key")),
        marks=Markup(each("marks")),
        name=word("paper.name"),
        class_=word("paper.class"),
        date=word("paper.date"),
        score=word("paper.score"),
        instructions=word("paper.instructions"),
        key=word("paper.key"),
        grid=word("paper.grid-of-marks"),
        question=word("export.prompt"),
        points=word("export.points"),
        sum=word("paper.total"),
        authors=", ".join(map(clean, quiz.course.authors)),
        licence=paper.licence(quiz),
    )
    return Envelope(files={f"{mark('stem')}.html": str(page)})


def fragment(quiz: Quiz, item: Item) -> Fragment:
    """Return an item's question, its part of the key, and its lines of the marking grid."""
    asked = paper.question(quiz, item)
    slots = {
        "": _question(quiz, item, asked),
        "key": _explained(quiz, item, asked),
        "marks": _marks(quiz, item),
    }
    return Fragment(slots={name: str(html) for name, html in slots.items()}, lead=str(_document(quiz, item)))


# ── The questions ──


def _headed(quiz: Quiz, item: Item, level: str) -> Markup:
    worth = escape(quiz.word("paper.points", n=_SLOT)).replace(_SLOT, mark("points-shown", "xml"))
    return Markup('<{0}><span>{1}.</span> <span>{2}</span> <span class="worth">{3}</span></{0}>\n').format(
        Markup(level), Markup(mark("number", "xml")), _words(quiz, item.prompt), Markup(worth)
    )


def _question(quiz: Quiz, item: Item, asked: paper.Question) -> Markup:
    how = paper.how(quiz, asked)
    return Markup('<section class="question">\n{}{}{}{}</section>\n').format(
        _headed(quiz, item, "h2"),
        Markup('<p class="how">{}</p>\n').format(how) if how else "",
        _figures(paper.drawings(quiz, item)[1]),
        _LOOKS[asked.look](quiz, asked),
    )


def _document(quiz: Quiz, item: Item) -> Markup:
    found = quiz.stimulus(item)
    if found is None:
        return Markup("")
    parts = [Markup('<p class="small">{}</p>\n').format(quiz.word("export.stimulus"))]
    if found.title:
        parts.append(Markup("<p><strong>{}</strong></p>\n").format(_words(quiz, found.title)))
    if found.text:
        parts.append(Markup("<p>{}</p>\n").format(_words(quiz, found.text)))
    if found.code:
        # The first line break after <pre> is not a part of it.
        parts.append(Markup("<pre>\n{}</pre>\n").format(clean(found.code)))
    parts.append(_figures(paper.drawings(quiz, item)[0]))
    return Markup('<div class="document">\n{}</div>\n').format(Markup("").join(parts))


def _figures(drawings: Iterable[Drawing]) -> Markup:
    drawn = (paper.anonymous(standalone(one.svg)) for one in drawings)
    return Markup("").join(Markup("<figure>{}</figure>\n").format(Markup(svg)) for svg in drawn)


def _listed(
    quiz: Quiz, entries: Iterable[paper.Entry], before: Markup = _NOTHING, after: Markup = _NOTHING
) -> Markup:
    lines = (
        Markup("<li>{}<span>{}.</span> <span>{}</span>{}</li>\n").format(
            before, entry.mark, _words(quiz, entry.text), after
        )
        for entry in entries
    )
    return Markup("<ul>\n{}</ul>\n").format(Markup("").join(lines))


def _pairs(quiz: Quiz, asked: paper.Question) -> Markup:
    rows, options = _listed(quiz, asked.rows, after=_BOX), _listed(quiz, asked.options)
    return Markup('<div class="pairs">\n{}{}</div>\n').format(rows, options)


def _grid(quiz: Quiz, asked: paper.Question) -> Markup:
    def headed(entry: paper.Entry, scope: str) -> Markup:
        words = _words(quiz, entry.text)
        return Markup('<th scope="{}">{}. {}</th>').format(scope, entry.mark, words)

    columns = Markup("").join(headed(entry, "col") for entry in asked.options)
    cells = Markup('<td class="cross">{}</td>').format(_CIRCLE) * len(asked.options)
    rows = Markup("").join(
        Markup("<tr>{}{}</tr>\n").format(headed(entry, "row"), cells) for entry in asked.rows
    )
    return Markup("<table>\n<thead><tr><td></td>{}</tr></thead>\n<tbody>\n{}</tbody>\n</table>\n").format(
        columns, rows
    )


def _labels(quiz: Quiz, asked: paper.Question) -> Markup:
    boxes = Markup(" ").join(Markup("<span>{} {}</span>").format(row.mark, _BOX) for row in asked.rows)
    return Markup('<p class="labels">{}</p>\n{}').format(boxes, _listed(quiz, asked.options))


def _gaps(quiz: Quiz, asked: paper.Question) -> Markup:
    sentence = Markup('<p class="gaps">{}</p>\n').format(_words(quiz, asked.sentence or ""))
    lists = Markup("").join(
        Markup("<li>{}{}</li>\n").format(
            Markup("<span>({})</span> ").format(place) if place else "",
            Markup(" ").join(
                Markup("<span>{}. {}</span>").format(entry.mark, _words(quiz, entry.text))
                for entry in options
            ),
        )
        for place, options in asked.lists
    )
    return sentence + (Markup('<ul class="lists">\n{}</ul>\n').format(lists) if lists else Markup(""))


def _line(quiz: Quiz, asked: paper.Question) -> Markup:
    unit = Markup(" {}").format(_words(quiz, asked.unit)) if asked.unit else ""
    return Markup('<p><span class="line"></span>{}</p>\n').format(unit)


_LOOKS: Mapping[str, Callable[[Quiz, paper.Question], Markup]] = {
    "single": lambda quiz, asked: _listed(quiz, asked.options, _CIRCLE),
    "multiple": lambda quiz, asked: _listed(quiz, asked.options, _SQUARE),
    "order": lambda quiz, asked: _listed(quiz, asked.options, _BOX),
    "match": _pairs,
    "grid": _grid,
    "labels": _labels,
    "gap": _gaps,
    "line": _line,
    "free": lambda quiz, asked: Markup('<div class="ruled">{}</div>\n').format(
        Markup("<div></div>") * asked.lines
    ),
}


# ── The key ──


def _explained(quiz: Quiz, item: Item, asked: paper.Question) -> Markup:
    told = Markup("").join(_said(quiz, one) for one in marking.said(quiz, item))
    return Markup(
        '<section class="explained">\n{}<p class="answer"><bdi>{}</bdi></p>\n<ul>\n{}</ul>\n{}</section>\n'
    ).format(_headed(quiz, item, "h3"), asked.key, told, Markup("").join(_notes(quiz, item)))


def _said(quiz: Quiz, one: marking.Said) -> Markup:
    sign = "✓" if one.credit >= 1 else "≈" if one.credit > 0 else "✗"
    worth = f" ({quiz.percent(one.credit)})" if 0 < one.credit < 1 else ""
    remark = Markup(" — {}").format(_words(quiz, one.remark)) if one.remark else ""
    return Markup("<li><span>{}</span> <span>{}{}{}</span></li>\n").format(
        sign, _words(quiz, one.words), worth, remark
    )


def _notes(quiz: Quiz, item: Item) -> Iterator[Markup]:
    if isinstance(item.interaction, FreeInteraction):
        yield Markup("<ul>\n{}</ul>\n").format(
            Markup("").join(
                Markup("<li>{} <span>{} ({})</span></li>\n").format(_SQUARE, _words(quiz, text), share)
                for text, share in _criteria(quiz, item)
            )
        )
    if item.explanation:
        label = quiz.word("export.explanation")
        yield Markup("<p><strong>{}</strong> — {}</p>\n").format(label, _words(quiz, item.explanation))
    for text, where in marking.evidence(quiz, item):
        yield Markup('<p class="small">{} (<bdi>{}</bdi>)</p>\n').format(_words(quiz, text), where)
    if objective := quiz.objective(item):
        yield Markup('<p class="small">{}</p>\n').format(_words(quiz, objective.text))
    yield Markup('<p class="small">{} · <bdi class="id">{}</bdi></p>\n').format(
        marking.about(quiz, item), quiz.identify(item)
    )


def _criteria(quiz: Quiz, item: Item) -> Iterator[tuple[Text, str]]:
    """Yield the criteria of what is written freely, with their shares: the composer may change the points."""
    asked = item.interaction
    if isinstance(asked, FreeInteraction):
        for line, share in zip(asked.rubric, marking.shares(asked), strict=True):
            yield line.text, quiz.percent(share)


def _marks(quiz: Quiz, item: Item) -> Markup:
    kind = Markup("{}. {}").format(Markup(mark("number", "xml")), quiz.word(f"export.ask-{ask(item)}"))
    lines = [(kind, Markup(mark("points-shown", "xml")))]
    lines += [(_words(quiz, text), escape(share)) for text, share in _criteria(quiz, item)]
    row = Markup('<tr><th scope="row">{}</th><td>{}</td><td></td><td></td><td></td><td></td></tr>\n')
    return Markup("").join(row.format(*line) for line in lines)


# ── Words ──


def _words(quiz: Quiz, words: paper.Words) -> Markup:
    match words:
        case str():
            return escape(words)
        case Text():
            return Markup(quiz.html(words))
        case paper.Sentence():
            text, parts = words.slotted()
            return Markup(paper.SLOTS.sub(lambda found: _part(quiz, parts.get(found[0])), quiz.html(text)))


def _part(quiz: Quiz, part: Text | str | paper.Blank | None) -> Markup:
    if isinstance(part, paper.Blank):
        return Markup('<span class="blank">{}</span>').format(f"({part.mark})" if part.mark else "\xa0")
    return Markup("<strong>{}</strong>").format(_words(quiz, part)) if part is not None else Markup("")


_COMPOSED = Composed(envelope, fragment)

EXPORTER = Exporter(
    name="html",
    title="One page to print, with its answer key",
    suffix=".html",
    capabilities=Capabilities(
        asks=frozenset(Ask),
        features=frozenset(Feature) - {Feature.FEEDBACK, Feature.HINTS, Feature.MISCONCEPTIONS},
        notes={Feature.FEEDBACK: "loss.feedback-in-key"},
    ),
    export=exporting(_COMPOSED),
    composed=_COMPOSED,
)
