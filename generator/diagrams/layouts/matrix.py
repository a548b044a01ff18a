"""The layout of a matrix: a row for each service, a column for each question, and a key of the signs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.diagrams.base import PAD, PHONE
from generator.diagrams.metrics import longest
from generator.diagrams.scene import Box, Group, Icon, Line, Para, Point, Rect, Scene, Shape
from generator.diagrams.wording import Wording

if TYPE_CHECKING:
    from generator.diagrams.matrix import Question, Service

_COLUMN = 38  # the least width of a column of signs
_SIDE = 112  # the least width of the services' names
_LOOK = {"yes": "done", "no": "network", "partly": "queue"}
_SIGN = {
    "yes": ("tick", "fi-d-on", "fi-d-disc"),
    "no": ("cross", "", "fi-d-ring"),
    "partly": ("half", "fi-d-solid", "fi-d-ring"),
}


@dataclass(frozen=True, slots=True)
class _Grid:
    """The middle of each question's column, how wide columns are, and the room for the services' names."""

    centres: dict[str, float]
    step: float
    side: float
    width: float


def draw(columns: tuple[Question, ...], rows: tuple[Service, ...], wording: Wording) -> Scene:
    """Return the scene of a matrix."""
    side = max(_SIDE, *(longest(wording.text(row.text, row.id), "bold") for row in rows)) + 2 * PAD
    needs = [longest(wording.text(column.text, column.id), "bold") + 12 for column in columns]
    even = side + max(*needs, 64) * len(columns) <= PHONE
    step = max((PHONE - side) / len(columns), _COLUMN)
    wide = side + step * len(columns)
    grid = _Grid({c.id: side + step * (n + 0.5) for n, c in enumerate(columns)}, step, side, wide)
    heads, y = (_flat if even else _steps)(columns, grid, wording)
    shapes = list(heads)
    for n, row in enumerate(rows):
        name = wording.para(row.text, side - 2 * PAD, "bold", row.id)
        box = Box(0, y, wide, max(name.height + 12, 36))
        shapes += [Rect(box, "fi-d-band", 0)] if n % 2 == 0 else []
        shapes += _row(row, name, box, grid)
        y = box.bottom
    shapes.append(Line(((0, y), (wide, y)), "fi-d-rule"))
    key, y = _key(rows, Box(0, y + 12, wide, 0), wording)
    return Scene(wide, y + 2, (*shapes, *key))


def _flat(columns: tuple[Question, ...], grid: _Grid, wording: Wording) -> tuple[list[Shape], float]:
    """Return the questions above their columns."""
    step = grid.step
    paras = [wording.para(column.text, step - 8, "bold", column.id) for column in columns]
    high = max(para.height for para in paras)
    boxes = [Box(x - step / 2 + 4, 0, step - 8, high) for x in grid.centres.values()]
    named = zip(columns, paras, boxes, strict=True)
    return [Group((para.at(box),), part=column.id) for column, para, box in named], high + 8


def _steps(columns: tuple[Question, ...], grid: _Grid, wording: Wording) -> tuple[list[Shape], float]:
    """Return the questions one above the other, each with a line down to its column: no text is turned."""
    groups: list[tuple[Question, Para, Box]] = []
    y = 0.0
    for column, x in reversed(list(zip(columns, grid.centres.values(), strict=True))):
        para = wording.para(column.text, x - 14, "bold", column.id)
        groups.append((column, para, Box(0, y, x - 14, para.height)))
        y += para.height + 6
    shapes: list[Shape] = []
    for (column, para, box), x in zip(groups, reversed(grid.centres.values()), strict=True):
        middle = box.bottom - 10
        line: tuple[Point, ...] = ((x - 9, middle), (x, middle), (x, y))
        shapes.append(Group((para.at(box, "end"), Line(line, "fi-d-lead")), part=column.id))
    return shapes, y + 4


def _row(row: Service, name: Para, box: Box, grid: _Grid) -> list[Shape]:
    """Return a service: its name with a stripe of its role's colour, and its verdicts."""
    stripe = Rect(Box(0, box.y + 6, 4, box.h - 12), "fi-d-port", 2)
    words = name.at(Box(PAD + 4, box.y, grid.side - 2 * PAD, box.h), "start")
    signs = [_sign(row.cells[key], (x, box.middle[1])) for key, x in grid.centres.items() if key in row.cells]
    rule = Line(((0, box.y), (box.w, box.y)), "fi-d-rule")
    return [rule, Group((stripe, words), f"fi-d-{row.role}", row.id), *signs]


def _sign(verdict: str, at: Point) -> Shape:
    """Return a verdict: its shape alone tells it, without its colour."""
    name, look, disc = _SIGN[verdict]
    return Group((Icon(name, at, look, disc),), f"fi-d-{_LOOK[verdict]}")


def _key(rows: tuple[Service, ...], at: Box, wording: Wording) -> tuple[list[Shape], float]:
    """Return what each sign means, for those that are used."""
    used = {verdict for row in rows for verdict in row.cells.values()}
    x, y, shapes = PAD + 4.0, at.y, list[Shape]()
    for verdict in (name for name in _SIGN if name in used):
        para = wording.para(wording.say(verdict), at.w - 60)
        if x + 32 + para.width > at.w and x > PAD + 4:
            x, y = PAD + 4.0, y + 30
        shapes.append(_sign(verdict, (x + 11, y + 12)))
        shapes.append(para.at(Box(x + 29, y, para.width, max(24, para.height)), "start"))
        x += para.width + 52
    return shapes, y + 26
