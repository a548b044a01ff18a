"""What the kinds share: from a scene to an accessible SVG element, and checks of references."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from generator.diagrams.scene import Frame, Scene
from generator.diagrams.svg import el
from generator.diagrams.wording import Wording
from generator.inline import tag
from generator.model.base import Named
from generator.model.diagram import Diagram
from generator.text import Text

PHONE = 324  # px; with its edge, what a page leaves on a phone of 360
WIDE = 680
PAD = 10
EDGE = 2  # px around a drawing, for the thickness of its outermost lines


class Drawn(Diagram):
    """A diagram whose kind says how it is laid out (`scene`) and told (`tell`)."""

    def scene(self, wording: Wording) -> Scene:
        """Return the layout, drawn from the edge where reading starts."""
        raise NotImplementedError

    def tell(self, wording: Wording) -> Iterable[str]:
        """Yield the sentences of the text alternative."""
        raise NotImplementedError

    def svg(
        self, locale: str, words: Mapping[str, Text], marks: Mapping[str, str] | None = None, prefix: str = ""
    ) -> str:
        """Return the drawing as an SVG element."""
        wording = Wording(locale, words, marks or {})
        scene = self.scene(wording)
        wide, high = round(scene.width), round(scene.height)
        frame = Frame(wide, wording.rtl)
        stem = prefix or self.id
        return el(
            "svg",
            el("title", wording.text(self.title), id=f"{stem}-title"),
            el("desc", wording.text(self.description), id=f"{stem}-desc"),
            *(shape.draw(frame) for shape in scene.shapes),
            xmlns="http://www.w3.org/2000/svg",
            class_=f"fi-d fi-d-{self.name}",
            viewBox=f"{-EDGE} {-EDGE} {wide + 2 * EDGE} {high + 2 * EDGE}",
            width=wide + 2 * EDGE,
            height=high + 2 * EDGE,
            role="img",
            aria_labelledby=f"{stem}-title {stem}-desc",
            lang=tag(self.title.locale or locale),
            # Without the style-sheet, a drawing is still legible: lines and words in the colour of the text.
            fill="none",
            stroke="currentColor",
            stroke_width=1.5,
            font_family="system-ui, sans-serif",
            font_size=14,
        )

    def steps(
        self, locale: str, words: Mapping[str, Text], marks: Mapping[str, str] | None = None
    ) -> tuple[str, ...]:
        """Return the sentences of the text alternative."""
        return tuple(self.tell(Wording(locale, words, marks or {})))


def unknown(name: str, known: Iterable[Named], path: str, noun: str) -> Iterable[tuple[str, str]]:
    """Yield a problem if `name` is the id of none of `known`."""
    ids = [entry.id for entry in known]
    if name not in ids:
        yield path, f"“{name}” is no {noun}: {', '.join(ids)}"


def repeated(**groups: Sequence[Named]) -> Iterable[tuple[str, str]]:
    """Yield a problem for each id that two groups share: it could not be labelled."""
    seen = Counter(entry.id for group in groups.values() for entry in group)
    last = list(groups)[-1]
    for entry in groups[last]:
        if seen[entry.id] > 1:
            yield f"{last}/{entry.id}", f"“{entry.id}” already names another part of this diagram"
