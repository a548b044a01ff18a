"""What every diagram kind offers: a title, a description, steps in words, and an SVG drawing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar, Literal

from generator.model.base import Named
from generator.text import Text

# What a shape stands for; each has one colour everywhere (look.css).
Role = Literal["app", "transport", "network", "person"]
# How something ends: told by colour and by a second sign (cross, dashes, tick).
State = Literal["done", "waiting", "lost", "info"]


class Diagram(Named):
    """A diagram as structured data. Kinds live in `generator/diagrams`; they are drawn after translation.

    `words` is the table of the interface words (`labels.DIAGRAMS`) in the same locale; `marks` replaces
    the text of the parts whose id it holds, for a learner to label them.
    """

    name: ClassVar[str]

    title: Text
    description: Text

    def svg(
        self, locale: str, words: Mapping[str, Text], marks: Mapping[str, str] | None = None, prefix: str = ""
    ) -> str:
        """Return the drawing as an SVG element for `locale`.

        The ids inside start with `prefix`, or with the diagram's id, so that a page can hold several.
        """
        raise NotImplementedError

    def steps(
        self, locale: str, words: Mapping[str, Text], marks: Mapping[str, str] | None = None
    ) -> tuple[str, ...]:
        """Return the full text alternative: one sentence for each thing the drawing shows."""
        raise NotImplementedError

    def parts(self) -> tuple[str, ...]:
        """Return the ids of the parts that a learner can be asked to label."""
        raise NotImplementedError

    def problems(self) -> Iterable[tuple[str, str]]:
        """Yield (path below this diagram, message) for what a kind alone can know to be wrong."""
        return ()
