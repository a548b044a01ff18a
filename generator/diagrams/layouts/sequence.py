"""The layout of a sequence: a column for each actor, a row for each event, a tube for each connection."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.diagrams.base import PAD, PHONE, WIDE
from generator.diagrams.metrics import longest
from generator.diagrams.scene import Box, Group, Icon, Line, Para, Rect, Scene, Shape
from generator.diagrams.wording import Wording

if TYPE_CHECKING:
    from generator.diagrams.sequence import Actor, Event

_GAP = 14  # between two rows
_PORT = 5  # from a lifeline to the tip of an arrow
_SPILL = 184  # a label may be this wide even where its arrow is shorter
_LOOP = 28  # how far a message to oneself swings out


@dataclass(frozen=True, slots=True)
class _Row:
    """An event laid out: its shapes, where it ends, and where a tube that it opens or closes has its edge."""

    shapes: tuple[Shape, ...]
    bottom: float
    edge: float = 0


@dataclass(frozen=True, slots=True)
class _Grid:
    """The columns: where each lifeline stands, and how wide the drawing is."""

    x: dict[str, float]
    width: float
    wording: Wording

    def span(self, one: str, other: str) -> tuple[float, float]:
        """Return the two lifelines, the first in reading order first."""
        low, high = sorted((self.x[one], self.x[other]))
        return low, high

    def box(self, para: Para, middle: float, y: float, pad: float = 0) -> Box:
        """Return the box of a paragraph centred on `middle`, pushed back into the drawing if need be."""
        wide = para.width + 2 * pad
        x = min(max(middle - wide / 2, 1), self.width - wide - 1)
        return Box(x, y, wide, para.height + 2 * min(pad, 6))

    def label(self, event: Event, low: float, high: float) -> Para:
        """Return the words of an event between two lifelines, with the word that says it was lost."""
        text = self.wording.text(event.text, event.id) if event.text else ""
        if event.lost and event.id not in self.wording.marks:
            text = self.wording.say("short", name=text, short=self.wording.say("lost"))
        own = high - low - 2 * PAD
        para = self.wording.para(text, own, part=event.id)
        if longest(text) <= own and len(para.lines) <= 3:
            return para
        return self.wording.para(text, min(max(own, _SPILL), self.width - 4), part=event.id)


def draw(actors: tuple[Actor, ...], events: tuple[Event, ...], wording: Wording) -> Scene:
    """Return the scene of a sequence."""
    heads, grid = _columns(actors, events, wording)
    top = max(head.height for head in heads) + 2 * PAD + 2
    y, rows = top + _GAP, []
    for event in events:
        rows.append(_row(event, grid, y))
        y = rows[-1].bottom + _GAP
    tubes = _tubes(events, rows, grid, y)
    lives = tuple(Line(((x, top), (x, y)), "fi-d-life") for x in grid.x.values())
    wide = max(head.width for head in heads)
    boxes = tuple(_head(a, h, grid, wide, top) for a, h in zip(actors, heads, strict=True))
    return Scene(
        grid.width, y + 2, (*tubes, *lives, *boxes, *(shape for row in rows for shape in row.shapes))
    )


def _columns(
    actors: tuple[Actor, ...], events: tuple[Event, ...], wording: Wording
) -> tuple[list[Para], _Grid]:
    """Choose the narrowest grid, from a phone's to a page's, where labels stand between their lifelines."""
    count = len(actors)
    limit = 116 if count <= 4 else 88
    need = max(longest(wording.text(a.text, a.id), "bold") for a in actors)
    heads = [wording.para(a.text, max(limit, need), "bold", a.id) for a in actors]
    head = max(h.width for h in heads) + 2 * PAD
    least = max(PHONE, head * count + 8 * (count - 1) + 4)
    order = {a.id: n for n, a in enumerate(actors)}
    wide = least
    while wide < WIDE and not all(_fits(e, order, (wide - head - 4) / (count - 1), wording) for e in events):
        wide += 24
    step = (wide - head - 4) / (count - 1)
    return heads, _Grid({a.id: 2 + head / 2 + n * step for n, a in enumerate(actors)}, wide, wording)


def _fits(event: Event, order: dict[str, int], step: float, wording: Wording) -> bool:
    """Tell whether an event's label stands between its lifelines in three lines at most."""
    ends = (event.sender, event.to) if event.sender and event.to else event.open or event.close
    if not ends or not event.text or event.id in wording.marks:
        return True
    span = abs(order[ends[0]] - order[ends[1]]) * step or step
    text = wording.text(event.text)
    limit = span - 2 * PAD
    return longest(text) <= limit and len(wording.para(text, limit).lines) <= 3


def _head(actor: Actor, para: Para, grid: _Grid, wide: float, high: float) -> Group:
    """Return an actor's box; its outline tells its role as its colour does."""
    box = Box(grid.x[actor.id] - wide / 2 - PAD, 1, wide + 2 * PAD, high - 2)
    radius = {"person": box.h / 2, "network": 0, "transport": 2}.get(actor.role, 8)
    shapes = (Rect(box, "fi-d-box", radius), para.at(box.shrink(PAD)))
    return Group(shapes, f"fi-d-{actor.role}", actor.id)


def _row(event: Event, grid: _Grid, y: float) -> _Row:
    if event.open or event.close:
        return _edge(event, grid, y)
    if event.at:
        return _held(event, grid, y) if event.wait else _note(event, grid, y)
    return _loop(event, grid, y) if event.sender == event.to else _message(event, grid, y)


def _words(para: Para, box: Box) -> tuple[Shape, ...]:
    """Return words on a patch of paper, which hides the lines that pass behind."""
    return (Rect(box.shrink(-3, 0), "fi-d-patch", 3), para.at(box))


def _message(event: Event, grid: _Grid, y: float) -> _Row:
    start, end = grid.x[event.sender or ""], grid.x[event.to or ""]
    low, high = sorted((start, end))
    para = grid.label(event, low, high)
    box = grid.box(para, (low + high) / 2, y)
    line, sign = box.bottom + 7, 1 if end > start else -1
    tip = (start + (end - start) * 0.78 if event.lost else end - sign * _PORT, line)
    shaft = ((start + sign * _PORT, line), tip)
    covers = box.x < low or box.right > high
    words = _words(para, box) if covers else (para.at(box),)
    if event.lost:
        crossed = (Line(shaft, "fi-d-line fi-d-dash"), Icon("cross", (tip[0] + sign * 8, line)))
        return _Row((Group((*words, *crossed), "fi-d-lost", event.id),), line + 7)
    arrow = Line(shaft, "fi-d-line", "full" if event.role in ("app", "person") else "open")
    return _Row((Group((*words, arrow), f"fi-d-{event.role}", event.id),), line + 4)


def _loop(event: Event, grid: _Grid, y: float) -> _Row:
    """Draw a message to oneself: it swings out towards the side where there is room."""
    x = grid.x[event.sender or ""]
    sign = 1 if x < grid.width / 2 else -1
    para = grid.label(event, x, x)
    box = grid.box(para, x + sign * (para.width / 2 + 8), y)
    top, out = box.bottom + 6, x + sign * _LOOP
    points = ((x + sign * _PORT, top), (out, top), (out, top + 16), (x + sign * _PORT, top + 16))
    arrow = Line(points, "fi-d-line", "full")
    look = "lost" if event.lost else event.role
    return _Row((Group((*_words(para, box), arrow), f"fi-d-{look}", event.id),), top + 20)


def _note(event: Event, grid: _Grid, y: float) -> _Row:
    para = grid.wording.para(event.text or "", min(220, grid.width - 2 * PAD - 4), part=event.id)
    box = grid.box(para, grid.x[event.at or ""], y, PAD)
    shapes = (Rect(box, "fi-d-note", 2), para.at(box.shrink(PAD)))
    return _Row((Group(shapes, "fi-d-network", event.id),), box.bottom)


def _held(event: Event, grid: _Grid, y: float) -> _Row:
    """Draw a message held in an actor's queue: an envelope and an hourglass inside a dashed store."""
    limit = min(200, grid.width - 2 * PAD - 40)
    word = grid.wording.para(grid.wording.say("waiting"), limit, "bold")
    para = grid.wording.para(event.text or "", limit, part=event.id)
    inner = max(para.width, word.width)
    wide, high = inner + 2 * PAD + 34, para.height + word.height + 12
    x = min(max(grid.x[event.at or ""] - wide / 2, 1), grid.width - wide - 1)
    box = Box(x, y, wide, max(high, 56))
    text = Box(x + PAD + 34, y, inner, box.h)
    over = Box(text.x, y + 6, text.w, word.height)
    under = Box(text.x, over.bottom, text.w, box.bottom - 6 - over.bottom)
    signs = (Icon("envelope", (x + PAD + 11, y + 18)), Icon("hourglass", (x + PAD + 11, y + 42)))
    shapes = (Rect(box, "fi-d-box fi-d-dash", 6), *signs, word.at(over, "start"), para.at(under, "start"))
    return _Row((Group(shapes, "fi-d-queue", event.id),), box.bottom)


def _edge(event: Event, grid: _Grid, y: float) -> _Row:
    """Lay out the words said where a connection opens or closes; its tube is drawn behind everything."""
    low, high = grid.span(*(event.open or event.close or ("", "")))
    if not event.text:
        return _Row((), y + (0 if event.open else 2), y)
    para = grid.label(event, low, high)
    box = grid.box(para, (low + high) / 2, y + (6 if event.open else 0))
    covers = box.x < low or box.right > high
    words = _words(para, box) if covers else (para.at(box),)
    edge = y if event.open else box.bottom + 6
    return _Row((Group(words, "fi-d-transport", event.id),), max(box.bottom, edge), edge)


def _tubes(events: tuple[Event, ...], rows: list[_Row], grid: _Grid, end: float) -> tuple[Shape, ...]:
    """Return the tubes: each as high as the time during which its connection exists."""
    opened: dict[frozenset[str], float] = {}
    tubes: list[Shape] = []
    for event, row in zip(events, rows, strict=True):
        if event.open:
            opened[frozenset(event.open)] = row.edge
        elif event.close and frozenset(event.close) in opened:
            tubes.append(_tube(grid.span(*event.close), opened.pop(frozenset(event.close)), row.edge))
    tubes += [_tube(grid.span(*sorted(pair)), top, end + 1) for pair, top in opened.items()]
    return tuple(tubes)


def _tube(span: tuple[float, float], top: float, bottom: float) -> Shape:
    """Return a tube with its two ends, which stand on the lifelines."""
    low, high = span
    body = Rect(Box(low, top, high - low, bottom - top), "fi-d-tube", 4)
    ends = [Rect(Box(x - 3, top, 6, bottom - top), "fi-d-port", 3) for x in span]
    return Group((body, *ends), "fi-d-transport")
