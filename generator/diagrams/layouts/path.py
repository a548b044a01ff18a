"""The layout of a path: stops from the top down, hops between them, tubes that end at each stop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.diagrams.base import PAD, PHONE
from generator.diagrams.metrics import longest
from generator.diagrams.scene import Align, Box, Group, Icon, Line, Para, Point, Rect, Scene, Shape
from generator.diagrams.wording import Wording

if TYPE_CHECKING:
    from generator.diagrams.path import Hop, Stop

_STOP = 248  # the width of a stop
_NARROW = 196  # its width where hops pass beside it
_ICON = 34  # room for the envelope on both sides of a stop's words
_TUBE = 22
_BESIDE = 48  # room for the arrow beside a label
_TRACK = 96  # room for the label of a hop that passes by other stops


@dataclass(frozen=True, slots=True)
class _Label:
    """What is written beside a hop: its text, its state in a word, and its connection."""

    text: Para
    state: Para | None
    over: Para | None

    @property
    def width(self) -> float:
        return max(para.width for para in (self.text, self.state) if para)

    @property
    def height(self) -> float:
        return sum(para.height for para in (self.text, self.state) if para)

    def at(self, box: Box, align: Align = "start") -> tuple[Shape, ...]:
        """Return its words in the middle of the height of `box`."""
        y = box.y + (box.h - self.height) / 2
        first = self.text.at(Box(box.x, y, box.w, self.text.height), align)
        if not self.state:
            return (first,)
        return first, self.state.at(Box(box.x, first.box.bottom, box.w, self.state.height), align)


def draw(stops: tuple[Stop, ...], hops: tuple[Hop, ...], wording: Wording) -> Scene:
    """Return the scene of a path."""
    order = {stop.id: n for n, stop in enumerate(stops)}
    between: list[list[Hop]] = [[] for _ in stops]
    apart: list[Hop] = []
    for hop in hops:
        near = abs(order[hop.sender] - order[hop.to]) == 1
        (between[min(order[hop.sender], order[hop.to])] if near else apart).append(hop)
    lanes = max(sum(_needs(group, wording)) for group in between)
    wide = max(_STOP if not apart else _NARROW, lanes)
    main = max(PHONE, wide + 2) if not apart else wide + 2
    boxes, shapes, y = {}, list[Shape](), 1.0
    for stop, group in zip(stops, between, strict=True):
        drawn, box = _stop(stop, Box((main - wide) / 2, y, wide, 0), wording)
        shapes.append(drawn)
        boxes[stop.id] = box
        height = _gap(group, main if len(group) < 2 else wide, wording)
        room = Box(0, box.bottom, main, height) if len(group) < 2 else Box(box.x, box.bottom, wide, height)
        shapes += _lanes(group, order, room, wording)
        y = box.bottom + (height if stop is not stops[-1] else 0)
    tracks, end = _tracks(apart, boxes, wording)
    return Scene(max(main, end), y + 1, (*shapes, *tracks))


def _stop(stop: Stop, at: Box, wording: Wording) -> tuple[Shape, Box]:
    """Return a stop, with the envelope that it stores."""
    limit = at.w - 2 * PAD - (2 * _ICON if stop.store else 0)
    paras = [wording.para(stop.text, limit, "bold", stop.id)]
    if stop.short and stop.id not in wording.marks:
        paras.append(wording.para(stop.short, limit, "code"))
    if stop.note:
        paras.append(wording.para(stop.note, limit, look="fi-d-soft"))
    high = max(sum(para.height for para in paras) + 2 * PAD, 48)
    box = Box(at.x, at.y, at.w, high)
    radius = {"person": min(high / 2, 28), "network": 0, "transport": 2}.get(stop.role, 8)
    shapes: list[Shape] = [Rect(box, "fi-d-box", radius)]
    top = at.y + (high - sum(para.height for para in paras)) / 2
    for para in paras:
        shapes.append(para.at(Box(box.middle[0] - limit / 2, top, limit, para.height)))
        top += para.height
    if stop.store:
        tray = Box(box.right - _ICON - 6, box.middle[1] - 14, _ICON, 28)
        shapes += [Rect(tray, "fi-d-tray", 4), Icon("envelope", tray.middle)]
    return Group(tuple(shapes), f"fi-d-{stop.role}", stop.id), box


def _label(hop: Hop, limit: float, wording: Wording) -> _Label:
    words = {"lost": "lost", "waiting": "waiting"}
    state = wording.para(wording.say(words[hop.state]), limit, "bold") if hop.state in words else None
    tube = hop.over if hop.state != "waiting" else None
    over = wording.para(tube, limit, "code", look="fi-d-tint") if tube else None
    return _Label(wording.para(hop.text, limit, part=hop.id), state, over)


def _needs(group: list[Hop], wording: Wording) -> list[float]:
    """Return the width that each of several hops between two stops needs, so that no word is cut."""
    if len(group) < 2:
        return [0]
    needs = []
    for hop in group:
        label = _label(hop, _TRACK, wording)
        words = [para.width for para in (label.state, label.over) if para]
        needs.append(max(26, longest(wording.text(hop.text, hop.id)), *words) + _BESIDE)
    return needs


def _shares(group: list[Hop], wide: float, wording: Wording) -> list[float]:
    """Share the width between the hops of a group, whatever each needs first."""
    needs = _needs(group, wording)
    spare = (wide - sum(needs)) / len(group)
    return [need + spare for need in needs]


def _gap(group: list[Hop], main: float, wording: Wording) -> float:
    """Return the height between two stops."""
    if not group:
        return 24
    rooms = _rooms(group, main, wording)
    labels = [_label(hop, room, wording) for hop, room in zip(group, rooms, strict=True)]
    return max(56, *(label.height + 20 + (_under(label, len(group))) for label in labels))


def _rooms(group: list[Hop], main: float, wording: Wording) -> list[float]:
    """Return the width of each hop's label."""
    if len(group) < 2:
        return [main / 2 - 24] * len(group)
    return [share - _BESIDE + 4 for share in _shares(group, main, wording)]


def _under(label: _Label, count: int) -> float:
    """Return the height that the connection's name takes under the text, where it has no side of its own."""
    return label.over.height if label.over and count > 1 else 0


def _lanes(group: list[Hop], order: dict[str, int], gap: Box, wording: Wording) -> list[Shape]:
    """Return the hops between two neighbours: one in the middle, or several side by side."""
    rooms = _rooms(group, gap.w, wording)
    shapes: list[Shape] = []
    for n, (hop, room) in enumerate(zip(group, rooms, strict=True)):
        label = _label(hop, room, wording)
        before = sum(rooms[:n]) + n * (_BESIDE - 4)
        x = gap.x + (gap.w / 2 if len(group) == 1 else before + 18)
        ends = ((x, gap.y + 1), (x, gap.bottom - 1))
        points = ends if order[hop.sender] < order[hop.to] else ends[::-1]
        words = list(label.at(Box(x + 20, gap.y, room, gap.h - _under(label, len(group)))))
        if label.over and len(group) == 1:
            words.append(_over(label.over, Box(x - 20 - room, gap.y, room, gap.h), "end"))
        elif label.over:
            y = gap.y + (gap.h - label.height - label.over.height) / 2 + label.height
            words.append(_over(label.over, Box(x + 20, y, room, label.over.height)))
        shapes += _hop(hop, points, words)
    return shapes


def _over(para: Para, box: Box, align: Align = "start") -> Group:
    """Return the name of a connection, in the colour of its tube."""
    return Group((para.at(box, align),), "fi-d-transport")


def _hop(hop: Hop, points: tuple[Point, ...], words: list[Shape]) -> list[Shape]:
    """Return an arrow, inside its tube if a connection carries it: the tube stops where the stops begin."""
    colour = {"lost": "lost", "waiting": "queue", "info": "network"}.get(hop.state, "app")
    (x0, y0), (x1, y1) = points[len(points) // 2 - 1], points[len(points) // 2]
    middle = ((x0 + x1) / 2, (y0 + y1) / 2)
    shapes: list[Shape] = []
    if hop.over and hop.state != "waiting":
        tube = Box(middle[0] - _TUBE / 2, min(y0, y1), _TUBE, abs(y1 - y0))
        shapes.append(Group(_tube(tube, hop.state == "lost"), "fi-d-transport"))
    if hop.state == "lost":
        stump = (*points[:-2], (x0, y0), middle) if len(points) > 2 else (points[0], middle)
        arrow: list[Shape] = [Line(stump, "fi-d-line fi-d-dash"), Icon("cross", middle)]
    elif hop.state == "waiting":
        arrow = [Line(points, "fi-d-line fi-d-dash", "open"), Icon("hourglass", middle, "fi-d-solid")]
    else:
        arrow = [Line(points, "fi-d-line", "open" if hop.state == "info" else "full")]
    return [*shapes, Group((*arrow, *words), f"fi-d-{colour}", hop.id)]


def _tube(box: Box, broken: bool) -> tuple[Shape, ...]:
    """Return a tube seen from its side, with the rims of its two ends."""
    if broken:
        return (Rect(box, "fi-d-tube fi-d-dash", 4),)
    rims = [Rect(Box(box.x - 3, y, box.w + 6, 5), "fi-d-port", 2) for y in (box.y, box.bottom - 5)]
    return (Rect(box, "fi-d-tube", 0), *rims)


def _tracks(hops: list[Hop], boxes: dict[str, Box], wording: Wording) -> tuple[list[Shape], float]:
    """Return the hops that pass by other stops, each on a track beside them, and the width used."""
    shapes: list[Shape] = []
    x = next(iter(boxes.values())).right + 22
    for n, hop in enumerate(hops):
        start, end = boxes[hop.sender], boxes[hop.to]
        need = longest(wording.text(hop.text, hop.id))
        label = _label(hop, max(_TRACK, need), wording)
        shift = 7 * (n % 3 - 1)
        y0, y1 = start.middle[1] + shift, end.middle[1] + shift
        points = ((start.right + 1, y0), (x, y0), (x, y1), (end.right + 2, y1))
        high = label.height + (label.over.height if label.over else 0)
        box = Box(x + 18, (y0 + y1) / 2 - high / 2, label.width, label.height)
        words = list(label.at(box))
        if label.over:
            under = Box(box.x, box.bottom, max(box.w, label.over.width), label.over.height)
            words.append(_over(label.over, under))
        shapes += _hop(hop, points, words)
        x += 18 + max(label.width, label.over.width if label.over else 0) + 16
    return shapes, (x - 14 if hops else 0)
