"""A quiz into one HTML page to be printed: the questions, and the answer key from a new page on.

It is made of fragments, so that the site's composer makes the same page; it asks nothing of the network.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files

from markupsafe import Markup

from generator.exporters.base import Ask, Capabilities, Composed, Envelope, Exporter, Feature, Fragment
from generator.exporters.drawing import standalone
from generator.exporters.fragments import each, exporting, mark, xml
from generator.exporters.kits import marking, paper
from generator.exporters.losses import ask
from generator.exporters.quiz import Drawing, Quiz, clean
from generator.inline import direction, tag
from generator.model.items import FreeInteraction, Item
from generator.text import Text

_CIRCLE, _SQUARE = '<span class="sign round"></span>', '<span class="sign"></span>'
_BOX = '<span class="box"></span>'
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
    return Fragment(slots=slots, lead=_document(quiz, item))


# ── The questions ──


def _headed(quiz: Quiz, item: Item, level: str) -> str:
    worth = xml(quiz.word("paper.points", n=_SLOT)).replace(_SLOT, mark("points-shown", "xml"))
    words = f'<span>{_words(quiz, item.prompt)}</span> <span class="worth">{worth}</span>'
    return f"<{level}><span>{mark('number', 'xml')}.</span> {words}</{level}>\n"


def _question(quiz: Quiz, item: Item, asked: paper.Question) -> str:
    how = paper.how(quiz, asked)
    parts = (
        _headed(quiz, item, "h2"),
        f'<p class="how">{xml(how)}</p>\n' if how else "",
        _figures(paper.drawings(quiz, item)[1]),
        _LOOKS[asked.look](quiz, asked),
    )
    return f'<section class="question">\n{"".join(parts)}</section>\n'


def _document(quiz: Quiz, item: Item) -> str:
    found = quiz.stimulus(item)
    if found is None:
        return ""
    parts = [f'<p class="small">{xml(quiz.word("export.stimulus"))}</p>\n']
    if found.title:
        parts.append(f"<p><strong>{_words(quiz, found.title)}</strong></p>\n")
    if found.text:
        parts.append(f"<p>{_words(quiz, found.text)}</p>\n")
    if found.code:
        # The first line break after <pre> is not a part of it.
        parts.append(f"<pre>\n{xml(clean(found.code))}</pre>\n")
    parts.append(_figures(paper.drawings(quiz, item)[0]))
    return f'<div class="document">\n{"".join(parts)}</div>\n'


def _figures(drawings: Iterable[Drawing]) -> str:
    drawn = (paper.anonymous(standalone(one.svg)) for one in drawings)
    return "".join(f"<figure>{svg}</figure>\n" for svg in drawn)


def _listed(quiz: Quiz, entries: Iterable[paper.Entry], before: str = "", after: str = "") -> str:
    lines = (
        f"<li>{before}<span>{xml(entry.mark)}.</span> <span>{_words(quiz, entry.text)}</span>{after}</li>\n"
        for entry in entries
    )
    return f"<ul>\n{''.join(lines)}</ul>\n"


def _pairs(quiz: Quiz, asked: paper.Question) -> str:
    rows, options = _listed(quiz, asked.rows, after=_BOX), _listed(quiz, asked.options)
    return f'<div class="pairs">\n{rows}{options}</div>\n'


def _grid(quiz: Quiz, asked: paper.Question) -> str:
    def headed(entry: paper.Entry, scope: str) -> str:
        return f'<th scope="{scope}">{xml(entry.mark)}. {_words(quiz, entry.text)}</th>'

    columns = "".join(headed(entry, "col") for entry in asked.options)
    cells = f'<td class="cross">{_CIRCLE}</td>' * len(asked.options)
    rows = "".join(f"<tr>{headed(entry, 'row')}{cells}</tr>\n" for entry in asked.rows)
    return f"<table>\n<thead><tr><td></td>{columns}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n"


def _labels(quiz: Quiz, asked: paper.Question) -> str:
    boxes = " ".join(f"<span>{xml(row.mark)} {_BOX}</span>" for row in asked.rows)
    return f'<p class="labels">{boxes}</p>\n{_listed(quiz, asked.options)}'


def _gaps(quiz: Quiz, asked: paper.Question) -> str:
    lists = "".join(f"<li>{_options(quiz, place, options)}</li>\n" for place, options in asked.lists)
    sentence = f'<p class="gaps">{_words(quiz, asked.sentence or "")}</p>\n'
    return sentence + (f'<ul class="lists">\n{lists}</ul>\n' if lists else "")


def _options(quiz: Quiz, place: str, options: Iterable[paper.Entry]) -> str:
    entries = (f"<span>{xml(entry.mark)}. {_words(quiz, entry.text)}</span>" for entry in options)
    return (f"<span>({xml(place)})</span> " if place else "") + " ".join(entries)


def _line(quiz: Quiz, asked: paper.Question) -> str:
    unit = f" {_words(quiz, asked.unit)}" if asked.unit else ""
    return f'<p><span class="line"></span>{unit}</p>\n'


_LOOKS: Mapping[str, Callable[[Quiz, paper.Question], str]] = {
    "single": lambda quiz, asked: _listed(quiz, asked.options, _CIRCLE),
    "multiple": lambda quiz, asked: _listed(quiz, asked.options, _SQUARE),
    "order": lambda quiz, asked: _listed(quiz, asked.options, _BOX),
    "match": _pairs,
    "grid": _grid,
    "labels": _labels,
    "gap": _gaps,
    "line": _line,
    "free": lambda quiz, asked: f'<div class="ruled">{"<div></div>" * asked.lines}</div>\n',
}


# ── The key ──


def _explained(quiz: Quiz, item: Item, asked: paper.Question) -> str:
    told = "".join(_said(quiz, one) for one in marking.said(quiz, item))
    return (
        f'<section class="explained">\n{_headed(quiz, item, "h3")}'
        f'<p class="answer"><bdi>{xml(asked.key)}</bdi></p>\n<ul>\n{told}</ul>\n'
        f"{''.join(_notes(quiz, item))}</section>\n"
    )


def _said(quiz: Quiz, one: marking.Said) -> str:
    sign = "✓" if one.credit >= 1 else "≈" if one.credit > 0 else "✗"
    worth = f" ({xml(quiz.percent(one.credit))})" if 0 < one.credit < 1 else ""
    remark = f" — {_words(quiz, one.remark)}" if one.remark else ""
    return f"<li><span>{sign}</span> <span>{_words(quiz, one.words)}{worth}{remark}</span></li>\n"


def _notes(quiz: Quiz, item: Item) -> Iterator[str]:
    if isinstance(item.interaction, FreeInteraction):
        lines = (
            f"<li>{_SQUARE} <span>{_words(quiz, text)} ({xml(share)})</span></li>\n"
            for text, share in _criteria(quiz, item)
        )
        yield f"<ul>\n{''.join(lines)}</ul>\n"
    if item.explanation:
        label = xml(quiz.word("export.explanation"))
        yield f"<p><strong>{label}</strong> — {_words(quiz, item.explanation)}</p>\n"
    for text, where in marking.evidence(quiz, item):
        yield f'<p class="small">{_words(quiz, text)} (<bdi>{xml(where)}</bdi>)</p>\n'
    if objective := quiz.objective(item):
        yield f'<p class="small">{_words(quiz, objective.text)}</p>\n'
    about = xml(marking.about(quiz, item))
    yield f'<p class="small">{about} · <bdi class="id">{xml(quiz.identify(item))}</bdi></p>\n'


def _criteria(quiz: Quiz, item: Item) -> Iterator[tuple[Text, str]]:
    """Yield the criteria of what is written freely, with their shares: the composer may change the points."""
    asked = item.interaction
    if isinstance(asked, FreeInteraction):
        for line, share in zip(asked.rubric, marking.shares(asked), strict=True):
            yield line.text, quiz.percent(share)


def _marks(quiz: Quiz, item: Item) -> str:
    kind = f"{mark('number', 'xml')}. {xml(quiz.word(f'export.ask-{ask(item)}'))}"
    lines = [(kind, mark("points-shown", "xml"))]
    lines += [(_words(quiz, text), xml(share)) for text, share in _criteria(quiz, item)]
    return "".join(
        f'<tr><th scope="row">{words}</th><td>{worth}</td><td></td><td></td><td></td><td></td></tr>\n'
        for words, worth in lines
    )


# ── Words ──


def _words(quiz: Quiz, words: paper.Words) -> str:
    """Return words as HTML."""
    match words:
        case str():
            return xml(words)
        case Text():
            return quiz.html(words)
        case paper.Sentence():
            text, parts = words.slotted()
            return paper.SLOTS.sub(lambda found: _part(quiz, parts.get(found[0])), quiz.html(text))


def _part(quiz: Quiz, part: Text | str | paper.Blank | None) -> str:
    if isinstance(part, paper.Blank):
        return f'<span class="blank">{f"({xml(part.mark)})" if part.mark else chr(0xA0)}</span>'
    return f"<strong>{_words(quiz, part)}</strong>" if part is not None else ""


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
