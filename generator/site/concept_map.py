"""The concepts of a course as a map: each stands below what it needs, and leads to its page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from markupsafe import Markup

from generator.diagrams.metrics import LINE, wrap
from generator.diagrams.svg import el
from generator.inline import foreign, tag
from generator.model.course import Concept, Course
from generator.site.view import CONCEPT, View

_WIDTH, _LANE, _GAP, _RISE, _PAD = 144.0, 12.0, 12.0, 40.0, 8.0


def concept_map(view: View) -> Markup:
    """Return the map as an SVG element; right-to-left readers get it mirrored."""
    course = view.site.course
    paths = _paths(course)
    rows = _rows(course, paths)
    wide = max(sum(_width(node) + _GAP for node in row) for row in rows) + _GAP
    labels = {c.id: wrap(view.site.titles[c.id], _WIDTH - 2 * _PAD) for c in course.concepts}
    boxes, high = _boxes(rows, labels, wide, view.site.direction == "rtl")
    lines = [_edge([boxes[node] for node in path]) for path in paths]
    nodes = [_node(view, concept, labels[concept.id], boxes[concept.id]) for concept in course.concepts]
    return Markup(  # el() escapes what it is given
        el(
            "svg",
            *lines,
            *nodes,
            xmlns="http://www.w3.org/2000/svg",
            class_="fi-d fi-d-map",
            viewBox=f"0 0 {wide:g} {high:g}",
            width=wide,
            height=high,
            fill="none",
            font_family="system-ui, sans-serif",
            font_size=14,
        )
    )


def _depths(course: Course) -> dict[str, int]:
    """Return the row of each concept: one below its deepest prerequisite."""
    depth: dict[str, int] = {}
    for concept in course.concepts:  # prerequisites come first in the course
        depth[concept.id] = 1 + max((depth[name] for name in concept.prerequisites), default=-1)
    return depth


def _paths(course: Course) -> list[list[str]]:
    """Return each arrow as the nodes it passes: an arrow over several rows keeps a lane free in each."""
    depth = _depths(course)
    found = []
    for concept in course.concepts:
        for needed in _direct(course, concept):
            lanes = range(depth[needed] + 1, depth[concept.id])
            found.append([needed, *(f"{needed}>{concept.id}>{row}" for row in lanes), concept.id])
    return found


def _rows(course: Course, paths: list[list[str]]) -> list[list[str]]:
    """Return the nodes of each row, each near what it comes from."""
    rows: list[list[str]] = [[] for _ in range(max(_depths(course).values()) + 1)]
    for name, row in _depths(course).items():
        rows[row].append(name)
    before: dict[str, list[str]] = {}
    for path in paths:
        for above, below in pairwise(path):
            before.setdefault(below, []).append(above)
            if ">" in below:
                rows[int(below.rsplit(">", 1)[1])].append(below)
    place: dict[str, float] = {}
    for nodes in rows:
        centre = {node: _mean([place[above] for above in before.get(node, ())]) for node in nodes}
        nodes.sort(key=centre.__getitem__)
        place |= {node: (number + 0.5) / len(nodes) for number, node in enumerate(nodes)}
    return rows


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else 0.5


def _width(node: str) -> float:
    return _LANE if ">" in node else _WIDTH


def _direct(course: Course, concept: Concept) -> Iterator[str]:
    """Yield the prerequisites that no other prerequisite already implies."""
    for name in concept.prerequisites:
        others = (other for other in concept.prerequisites if other != name)
        if not any(name in _needed(course, other) for other in others):
            yield name


def _needed(course: Course, name: str) -> set[str]:
    found: set[str] = set()
    waiting = list(course.concept[name].prerequisites)
    while waiting:
        if (needed := waiting.pop()) not in found:
            found.add(needed)
            waiting += course.concept[needed].prerequisites
    return found


_Box = tuple[float, float, float, float]


def _boxes(
    rows: list[list[str]], labels: Mapping[str, tuple[str, ...]], wide: float, mirrored: bool
) -> tuple[dict[str, _Box], float]:
    """Return the place of each node (x, y, width, height) and the height of the map."""
    boxes = {}
    top = _GAP
    for row in rows:
        high = max(len(labels.get(node, ())) for node in row) * LINE + 2 * _PAD
        x = (wide - sum(_width(node) + _GAP for node in row) + _GAP) / 2
        for node in row:
            boxes[node] = ((wide - x - _width(node) if mirrored else x), top, _width(node), high)
            x += _width(node) + _GAP
        top += high + _RISE
    return boxes, top - _RISE + _GAP


def _edge(boxes: list[_Box]) -> str:
    x, y = boxes[0][0] + boxes[0][2] / 2, boxes[0][1] + boxes[0][3]
    curve = f"M{x:g} {y:g}"
    for left, top, wide, high in boxes[1:]:
        to, bend = left + wide / 2, (top - y) / 2
        curve += f"C{x:g} {y + bend:g} {to:g} {top - bend:g} {to:g} {top:g}"
        x, y = to, top + high
        if left != boxes[-1][0] or top != boxes[-1][1]:
            curve += f"V{y:g}"
    top = boxes[-1][1]
    tip = f"M{x - 5:g} {top - 9:g}L{x:g} {top:g}L{x + 5:g} {top - 9:g}Z"
    return el("g", el("path", d=curve, class_="fi-d-link"), el("path", d=tip, class_="fi-d-map-tip"))


def _node(view: View, concept: Concept, label: tuple[str, ...], box: _Box) -> str:
    x, y, wide, high = box
    first = y + high / 2 - (len(label) - 1) * LINE / 2 + 5
    words = [
        el("text", line, x=x + wide / 2, y=first + number * LINE, text_anchor="middle")
        for number, line in enumerate(label)
    ]
    shape = el("rect", x=x, y=y, width=wide, height=high, rx=8, class_="fi-d-box")
    spaces = _spaces(view.site.titles[concept.id], label)
    inside = [part for pair in zip(words, spaces, strict=True) for part in pair]
    href = view.href(CONCEPT.format(id=concept.id))
    locale = foreign(concept.title, view.site.locale)
    return el("a", shape, *inside, href=href, class_="fi-d-app", lang=tag(locale), data_concept=concept.id)


def _spaces(title: str, lines: tuple[str, ...]) -> Iterator[str]:
    """Yield what the title has after each of its lines, for those who hear them: a space, or nothing."""
    for line in lines:
        title = title.strip()[len(line) :]
        yield " " if title[:1].isspace() else ""
