"""What a drawing is made of: shapes and words placed from the start edge, mirrored if the locale asks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from generator.diagrams.metrics import LINE, SIZE, width
from generator.diagrams.svg import Markup, el

Align = Literal["start", "middle", "end"]
Point = tuple[float, float]
_HEAD = 8.0
_CODE = "ui-monospace, Menlo, Consolas, monospace"
# Drawn around their centre, symmetrical, so that mirroring only moves them.
ICONS = {
    "envelope": "M-11-8H11V8H-11ZM-11-7L0 2 11-7",
    "cross": "M-6-6 6 6M-6 6 6-6",
    "tick": "M-5 0-1.5 4 5.5-4.5",
    "hourglass": "M-6-9H6M-6 9H6M-4.5-9C-4.5-3 0-2.5 0 0 0-2.5 4.5-3 4.5-9"
    "M-4.5 9C-4.5 3 0 2.5 0 0 0 2.5 4.5 3 4.5 9",
    "half": "M0-11A11 11 0 0 0 0 11Z",
}


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; x counts from the edge where reading starts."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        """The edge where reading ends."""
        return self.x + self.w

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.h

    @property
    def middle(self) -> Point:
        """The centre."""
        return self.x + self.w / 2, self.y + self.h / 2

    def shrink(self, dx: float, dy: float = 0) -> Box:
        """Return the box inside this one."""
        return Box(self.x + dx, self.y + dy, self.w - 2 * dx, self.h - 2 * dy)

    def holds(self, other: Box, slack: float = 0.5) -> bool:
        """Tell whether `other` lies inside."""
        across = self.x - slack <= other.x and other.right <= self.right + slack
        return across and self.y - slack <= other.y and other.bottom <= self.bottom + slack


@dataclass(frozen=True, slots=True)
class Frame:
    """The sheet that is drawn on; it mirrors places when the locale reads from right to left."""

    width: float
    mirrored: bool = False

    def x(self, x: float) -> float:
        """Return where a place is on the sheet."""
        return self.width - x if self.mirrored else x

    def left(self, box: Box) -> float:
        """Return the left edge of a box on the sheet."""
        return self.width - box.right if self.mirrored else box.x


def _rect(left: float, box: Box, radius: float, look: str) -> Markup:
    return el("rect", x=left, y=box.y, width=box.w, height=box.h, rx=radius, class_=look)


@dataclass(frozen=True, slots=True)
class Rect:
    """A box with rounded corners."""

    box: Box
    look: str
    radius: float = 6

    def draw(self, frame: Frame) -> Markup:
        """Return it as SVG."""
        box = self.box
        return _rect(frame.left(box), box, self.radius, self.look)


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points; `head` adds an arrow head to its last point: full or open."""

    points: tuple[Point, ...]
    look: str
    head: Literal["", "full", "open"] = ""

    def draw(self, frame: Frame) -> Markup:
        """Return it as SVG."""
        spots = [(frame.x(x), y) for x, y in self.points]
        drawn = el("path", d=_through(spots), class_=self.look)
        if not self.head:
            return drawn
        look, end = ("fi-d-tip", "Z") if self.head == "full" else ("fi-d-line", "")
        return Markup(drawn + el("path", d=_through(_tip(*spots[-2:])) + end, class_=look))


def _through(spots: list[Point]) -> str:
    return "M" + "L".join(f"{round(x, 1):g} {round(y, 1):g}" for x, y in spots)


def _tip(start: Point, end: Point) -> list[Point]:
    """Return the three points of an arrow head at `end`."""
    (x0, y0), (x1, y1) = start, end
    length = max(((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5, 0.1)
    ux, uy = (x1 - x0) / length * _HEAD, (y1 - y0) / length * _HEAD
    return [(x1 - ux - uy / 2, y1 - uy + ux / 2), (x1, y1), (x1 - ux + uy / 2, y1 - uy - ux / 2)]


@dataclass(frozen=True, slots=True)
class Icon:
    """A small sign around a centre, on a disc if it has one."""

    name: str
    at: Point
    look: str = ""
    disc: str = ""

    def draw(self, frame: Frame) -> Markup:
        """Return it as SVG."""
        x, y = frame.x(self.at[0]), self.at[1]
        disc = el("circle", r=11, class_=self.disc) if self.disc else Markup("")
        look = f"fi-d-sign {self.look}".strip()
        sign = el("path", d=ICONS[self.name], class_=look) if self.name else Markup("")
        return el("g", disc, sign, transform=f"translate({x:g} {y:g})")


@dataclass(frozen=True, slots=True)
class Para:
    """A text broken into lines; a mark is what stands for it in a labelling exercise."""

    lines: tuple[str, ...]
    style: str = "regular"
    rtl: bool = False
    mark: bool = False
    look: str = ""

    @property
    def width(self) -> float:
        """The width of its widest line."""
        widest = max((width(line, self.style) for line in self.lines), default=0)
        return max(26, widest + 16) if self.mark else widest

    @property
    def height(self) -> float:
        """Its height, all lines included."""
        return 26 if self.mark else LINE * len(self.lines)

    def at(self, box: Box, align: Align = "middle") -> Words:
        """Return it placed in `box`, in the middle of its height."""
        return Words(self, box, align)


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph in its box."""

    para: Para
    box: Box
    align: Align = "middle"

    @property
    def extent(self) -> Box:
        """Return the box that the words really take."""
        wide, high = self.para.width, self.para.height
        spare = {"start": 0.0, "middle": 0.5, "end": 1.0}[self.align] * (self.box.w - wide)
        return Box(self.box.x + spare, self.box.y + (self.box.h - high) / 2, wide, high)

    def draw(self, frame: Frame) -> Markup:
        """Return it as SVG."""
        extent, para = self.extent, self.para
        if para.mark:
            disc = _rect(frame.left(extent), extent, 13, "fi-d-mark")
            inside = Words(replace(para, mark=False, style="bold"), extent)
            return el("g", disc, inside.draw(frame))
        anchor, x = self._anchor(frame)
        first = extent.y + LINE / 2 + SIZE * 0.36
        spans = [el("tspan", line, x=x, dy=LINE if n else None) for n, line in enumerate(para.lines)]
        one = len(spans) == 1
        return el(
            "text",
            *(para.lines if one else spans),
            x=x if one else None,
            y=first,
            text_anchor=anchor,
            direction="rtl" if para.rtl else "ltr" if frame.mirrored else None,
            font_family=_CODE if para.style == "code" else None,
            font_weight=700 if para.style == "bold" else None,
            fill="currentColor",
            stroke="none",
            class_=f"fi-d-{para.style} {para.look}".strip(),
        )

    def _anchor(self, frame: Frame) -> tuple[str | None, float]:
        """Return the text-anchor, which counts from where this text starts, and its x on the sheet."""
        if self.align == "middle":
            return "middle", frame.x(self.extent.middle[0])
        left = (self.align == "start") != frame.mirrored
        x = frame.left(self.box) + (0 if left else self.box.w)
        return (None if left != self.para.rtl else "end"), x


@dataclass(frozen=True, slots=True)
class Group:
    """Shapes that belong together: `look` gives their colour, `part` the id that they can be labelled by."""

    shapes: tuple[Shape, ...]
    look: str = ""
    part: str = ""

    def draw(self, frame: Frame) -> Markup:
        """Return it as SVG."""
        return el("g", *(shape.draw(frame) for shape in self.shapes), class_=self.look, data_part=self.part)


Shape = Rect | Line | Icon | Words | Group


@dataclass(frozen=True, slots=True)
class Scene:
    """A whole drawing."""

    width: float
    height: float
    shapes: tuple[Shape, ...]

    def flat(self) -> Iterator[Shape]:
        """Yield every shape, groups opened."""
        yield from _open(self.shapes)


def _open(shapes: tuple[Shape, ...]) -> Iterator[Shape]:
    for shape in shapes:
        if isinstance(shape, Group):
            yield from _open(shape.shapes)
        else:
            yield shape
