"""The layout of layers: a column for each machine, a row for each layer, and nested units beneath."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from generator.diagrams.base import PAD, PHONE
from generator.diagrams.metrics import longest
from generator.diagrams.scene import Align, Box, Group, Icon, Line, Para, Rect, Scene, Shape
from generator.diagrams.wording import Wording

if TYPE_CHECKING:
    from generator.diagrams.layers import Layer, Stack

_LINK = 18  # between two layers of a stack: the service that one gives the other
_NEST = 8


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where columns stand, and where a layer's name and dialogue are written."""

    x: tuple[float, ...]
    cell: float
    talk: tuple[float, float]
    names: tuple[float, float]
    width: float

    @property
    def between(self) -> bool:
        """Whether the words stand between the two stacks, over and under the dialogue's arrow."""
        return len(self.x) == 2


def draw(layers: tuple[Layer, ...], stacks: tuple[Stack, ...], wording: Wording) -> Scene:
    """Return the scene of layers."""
    grid = _grid(layers, stacks, wording)
    shapes: list[Shape] = []
    heads = [wording.para(stack.text, grid.cell, "bold", stack.id) for stack in stacks]
    top = max(head.height for head in heads)
    for stack, head, x in zip(stacks, heads, grid.x, strict=True):
        shapes.append(Group((head.at(Box(x, 0, grid.cell, top)),), part=stack.id))
    y = top + 8
    rows: dict[str, Box] = {}
    for layer in layers:
        drawn, box = _row(layer, stacks, grid, y, wording)
        shapes += drawn
        rows[layer.id] = box
        y = box.bottom + _LINK
    shapes += _services(layers, stacks, grid, rows)
    units = [layer for layer in layers if layer.unit]
    nested, bottom = _nest(units[::-1], Box(1, y + 6, grid.width - 2, 0), wording)
    return Scene(grid.width, bottom + 2 if units else y - _LINK + 2, (*shapes, *nested))


def _grid(layers: tuple[Layer, ...], stacks: tuple[Stack, ...], wording: Wording) -> _Grid:
    count = len(stacks)
    codes = [longest(code, "code") for stack in stacks for code in stack.holds.values()]
    heads = [longest(wording.text(stack.text, stack.id), "bold") for stack in stacks]
    cell = max(64, *heads, *(code + 2 * PAD for code in codes))
    words = [longest(wording.text(layer.text, layer.id), "bold") for layer in layers]
    words += [longest(wording.text(layer.peer)) for layer in layers if layer.peer]
    need = max(words)
    if count == 2:
        middle = max(PHONE - 2 * cell, need + 16, 120)
        wide = 2 * cell + middle
        return _Grid((1, wide - cell - 1), cell, (cell, wide - cell), (cell + 8, middle - 16), wide)
    if count == 1:
        side = max(PHONE - cell - 20, need)
        return _Grid((1,), cell, (0, 0), (cell + 18, side), cell + side + 20)
    side = max(84, need)
    x = tuple(side + 10 + n * (cell + 22) for n in range(count))
    return _Grid(x, cell, (x[0], x[-1] + cell), (0, side), x[-1] + cell + 2)


def _row(
    layer: Layer, stacks: tuple[Stack, ...], grid: _Grid, y: float, wording: Wording
) -> tuple[list[Shape], Box]:
    """Return a layer: its cells, its name, and the dashed arrow of its dialogue between peers."""
    name = wording.para(layer.text, grid.names[1], "bold", layer.id)
    peer = wording.para(layer.peer, grid.names[1], look="fi-d-soft") if layer.peer else None
    holders = [stack for stack in stacks if layer.id in stack.holds]
    cells = {s.id: wording.para(s.holds[layer.id], grid.cell - 8, "code") for s in holders}
    line = 14 if grid.between else 0
    words = name.height + (peer.height if peer else 0) + line
    row = Box(0, y, grid.width, max(44, words + 8, *(para.height + 16 for para in cells.values())))
    first = y + (row.h - words) / 2
    align: Align = "middle" if grid.between else "start"
    over = Box(grid.names[0], first, grid.names[1], name.height)
    shapes: list[Shape] = [name.at(over, align)]
    if peer:
        shapes.append(peer.at(Box(over.x, over.bottom + line, over.w, peer.height), align))
    held = [(x, cells[s.id]) for s, x in zip(stacks, grid.x, strict=True) if s.id in cells]
    height = over.bottom + line / 2 if grid.between else row.middle[1]
    for (left, _), (right, _) in pairwise(held):
        shapes += _talk(left + grid.cell + 4, right - 4, height)
    for x, para in held:
        shapes += _cell(Box(x, y, grid.cell, row.h), para, layer.role)
    return [Group(tuple(shapes), f"fi-d-{layer.role}", layer.id)], row


def _cell(box: Box, para: Para, role: str) -> tuple[Shape, ...]:
    radius = {"person": 14.0, "network": 0.0, "transport": 2.0}.get(role, 8.0)
    return Rect(box, "fi-d-box", radius), para.at(box.shrink(4))


def _talk(low: float, high: float, y: float) -> tuple[Shape, ...]:
    """Return a dialogue between peers: dashed, with a head at both ends."""
    half = (low + high) / 2
    look = "fi-d-line fi-d-dash"
    return Line(((half, y), (low, y)), look, "open"), Line(((half, y), (high, y)), look, "open")


def _services(
    layers: tuple[Layer, ...], stacks: tuple[Stack, ...], grid: _Grid, rows: dict[str, Box]
) -> list[Shape]:
    """Return the short arrows between a layer and the one beneath that serves it."""
    shapes: list[Shape] = []
    for stack, x in zip(stacks, grid.x, strict=True):
        held = [layer.id for layer in layers if layer.id in stack.holds]
        for upper, lower in pairwise(held):
            top, bottom, middle = rows[upper].bottom, rows[lower].y, x + grid.cell / 2
            half = (top + bottom) / 2
            ends = (top + 1, bottom - 1)
            shapes += [Line(((middle, half), (middle, end)), "fi-d-link", "full") for end in ends]
    return [Group(tuple(shapes), "fi-d-quiet")] if shapes else []


def _nest(units: list[Layer], room: Box, wording: Wording) -> tuple[list[Shape], float]:
    """Return units inside one another, the outermost first, and where they end."""
    if not units:
        return [], room.y
    unit = units[0]
    para = wording.para(unit.unit or "", room.w - 2 * PAD - (34 if len(units) == 1 else 0))
    inner = Box(room.x + _NEST, room.y + 6 + para.height + 4, room.w - 2 * _NEST, 0)
    inside, bottom = _nest(units[1:], inner, wording)
    end = bottom + (_NEST if inside else 4)
    label = para.at(Box(room.x + PAD, room.y + 6, room.w - 2 * PAD, para.height), "start")
    radius = {"network": 0, "transport": 2}.get(unit.role, 8)
    box = Rect(Box(room.x, room.y, room.w, end - room.y), "fi-d-box", radius)
    signs = () if inside else (Icon("envelope", (room.right - 24, (room.y + end) / 2)),)
    return [Group((box, label, *signs), f"fi-d-{unit.role}"), *inside], end
