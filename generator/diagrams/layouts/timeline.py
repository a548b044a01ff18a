"""The layout of a timeline: instants from the top down, a rail for each lane, words beside the rails."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.diagrams.base import PHONE
from generator.diagrams.metrics import longest, width
from generator.diagrams.scene import Box, Group, Icon, Line, Para, Point, Rect, Scene, Shape
from generator.diagrams.wording import Wording

if TYPE_CHECKING:
    from generator.diagrams.timeline import Lane, Moment, Tick

_RAIL = 30  # between two lanes
_BAR = 14
_STRETCH = 56  # how much of the height tells how long the waits are
_LOOK = {"waiting": "queue", "lost": "lost", "info": "network", "done": "done"}
_SIGN = {"waiting": "hourglass", "lost": "cross", "done": "tick", "info": ""}


@dataclass(frozen=True, slots=True)
class _Grid:
    """The rails of each lane, the axis before them, and the words after them."""

    rails: dict[str, float]
    axis: float
    words: float
    width: float


def draw(
    lanes: tuple[Lane, ...], moments: tuple[Moment, ...], ticks: tuple[Tick, ...], wording: Wording
) -> Scene:
    """Return the scene of a timeline."""
    offsets = _tracks(moments)
    grid = _grid(lanes, moments, ticks, offsets, wording)
    heads, top = _heads(lanes, grid, wording)
    paras = {m.id: wording.para(m.text, grid.width - grid.words - 2, part=m.id) for m in moments}
    stamps = {t.id: wording.para(t.text, grid.axis, "bold") for t in ticks}
    rules, rows, bottom = _instants(moments, ticks, paras, stamps, top)
    shapes: list[Shape] = [*heads]
    for lane in lanes:
        start = heads[lanes.index(lane)].shapes[0].box.bottom  # type: ignore[union-attr]
        shapes.append(Line(((grid.rails[lane.id], start + 2), (grid.rails[lane.id], bottom)), "fi-d-life"))
    for tick in ticks:
        y = rules[tick.at]
        shapes.append(Line(((0, y), (grid.width, y)), "fi-d-rule"))
        shapes.append(stamps[tick.id].at(Box(0, y + 4, grid.axis, stamps[tick.id].height), "start"))
    for moment in moments:
        x = grid.rails[moment.lane] + offsets[moment.id] * _BAR * 1.4
        end = rules[moment.until] if moment.until is not None else None
        shapes.append(_moment(moment, (x, rows[moment.id]), end, paras[moment.id], grid))
    return Scene(grid.width, bottom + 2, tuple(shapes))


def _tracks(moments: tuple[Moment, ...]) -> dict[str, int]:
    """Return, for each moment, which of its lane's tracks is free: spans that overlap stand side by side."""
    free: dict[tuple[str, int], float] = {}
    found: dict[str, int] = {}
    for moment in sorted(moments, key=lambda moment: moment.at):
        track = 0
        while moment.until is not None and free.get((moment.lane, track), moment.at) > moment.at:
            track += 1
        found[moment.id] = track
        if moment.until is not None:
            free[moment.lane, track] = moment.until
    return found


def _grid(
    lanes: tuple[Lane, ...],
    moments: tuple[Moment, ...],
    ticks: tuple[Tick, ...],
    offsets: dict[str, int],
    wording: Wording,
) -> _Grid:
    texts = [wording.text(tick.text) for tick in ticks]
    natural = max(width(text, "bold") for text in texts)
    axis = max(min(natural, 80), 48, *(longest(text, "bold") for text in texts))
    rails, x = {}, axis + 22
    for lane in lanes:
        rails[lane.id] = x
        most = max((offsets[m.id] for m in moments if m.lane == lane.id), default=0)
        x += _RAIL + most * _BAR * 1.4
    words = x - _RAIL + 24
    need = max(longest(wording.text(m.text, m.id)) for m in moments)
    return _Grid(rails, axis, words, max(PHONE, words + max(need, 132) + 2))


def _heads(lanes: tuple[Lane, ...], grid: _Grid, wording: Wording) -> tuple[list[Group], float]:
    """Return the names of the lanes, each on its own line above its rail, like a flight of steps."""
    y, groups = 0.0, []
    for lane in lanes:
        x = grid.rails[lane.id] - 6
        need = longest(wording.text(lane.text, lane.id), "bold")
        limit = grid.width - x - 2
        x = max(0, x - max(0, need - limit))
        para = wording.para(lane.text, grid.width - x - 2, "bold", lane.id)
        groups.append(Group((para.at(Box(x, y, grid.width - x - 2, para.height), "start"),), part=lane.id))
        y += para.height + 4
    return groups, y + 4


def _instants(
    moments: tuple[Moment, ...],
    ticks: tuple[Tick, ...],
    paras: dict[str, Para],
    stamps: dict[str, Para],
    y: float,
) -> tuple[dict[float, float], dict[str, float], float]:
    """Return where each instant begins, where each moment's words begin, and where time ends.

    A longer wait takes more height, but not in proportion: five days would not fit beside five minutes.
    """
    ends = {moment.until for moment in moments if moment.until is not None}
    instants = sorted({tick.at for tick in ticks} | {moment.at for moment in moments} | ends)
    total = instants[-1] - instants[0] or 1
    rules: dict[float, float] = {}
    rows: dict[str, float] = {}
    for index, instant in enumerate(instants):
        rules[instant], end = y, y + 6
        low = y + 4 + max((stamps[t.id].height for t in ticks if t.at == instant), default=0)
        for moment in (m for m in moments if m.at == instant):
            rows[moment.id] = end
            end += max(paras[moment.id].height, 22) + 6
        y = max(low, end)
        if index + 1 < len(instants):
            y += 6 + _STRETCH * ((instants[index + 1] - instant) / total) ** 0.5
    return rules, rows, y


def _moment(moment: Moment, at: Point, end: float | None, para: Para, grid: _Grid) -> Group:
    """Return a moment: its sign on the rail, its words beside, and a dotted line that joins them."""
    x, y = at
    middle = y + 11
    shapes: list[Shape] = []
    if end is not None:
        bar = Box(x - _BAR / 2, middle, _BAR, max(end - middle, 16))
        dashed = " fi-d-dash" if moment.state == "waiting" else ""
        shapes.append(Rect(bar, f"fi-d-box{dashed}", _BAR / 2))
    shapes.append(Line(((x + 13, middle), (grid.words - 5, middle)), "fi-d-lead"))
    sign = _SIGN[moment.state]
    shapes.append(Icon(sign, (x, middle), "fi-d-on", "fi-d-disc" if sign else "fi-d-dot"))
    box = Box(grid.words, y, grid.width - grid.words - 2, max(para.height, 22))
    shapes.append(para.at(box, "start"))
    return Group(tuple(shapes), f"fi-d-{_LOOK[moment.state]}", moment.id)
