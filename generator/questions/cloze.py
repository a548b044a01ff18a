"""Cloze: a text with gaps, filled from lists or typed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import ClassVar, Literal

from generator.model.base import Keyed, Named
from generator.model.items import Gap, GapInteraction
from generator.questions.base import Question
from generator.questions.choices import Choice, TypedAnswer
from generator.text import Text

GAP = re.compile(r"\{([a-z0-9-]+)\}")


class ClozeGap(Named):
    """One gap: `choices` makes it a drop-down list, `accept` a field to type in."""

    choices: Keyed[Choice] = ()
    accept: Keyed[TypedAnswer] = ()


class Cloze(Question):
    """`text` names its gaps between braces, as in `un service {mode} connexion`."""

    name: ClassVar[str] = "cloze"
    type: Literal["cloze"]
    text: Text
    gaps: Keyed[ClozeGap]

    def interaction(self) -> GapInteraction:
        """Return a gap interaction."""
        gaps = tuple(
            Gap(
                id=gap.id,
                options=tuple(choice.option() for choice in gap.choices),
                answers=tuple(answer.answer() for answer in gap.accept),
            )
            for gap in self.gaps
        )
        return GapInteraction(text=self.text, gaps=gaps)

    def problems(self) -> Iterable[tuple[str, str]]:
        """Yield gaps that the text does not name, names without a gap, and gaps that cannot be right."""
        named = GAP.findall(self.text.value)
        known = [gap.id for gap in self.gaps]
        if sorted(named) != sorted(known):
            yield (
                "text",
                f"the text names the gaps {{{', '.join(named)}}}, “gaps” defines {{{', '.join(known)}}}",
            )
        for gap in self.gaps:
            if bool(gap.choices) == bool(gap.accept):
                yield f"gaps/{gap.id}", "a gap needs either “choices” or “accept”"
            elif gap.choices and sum(choice.correct for choice in gap.choices) != 1:
                yield f"gaps/{gap.id}/choices", "a gap needs exactly one choice with “correct: true”"
            elif gap.accept and not any(answer.credit == 1 for answer in gap.accept):
                yield f"gaps/{gap.id}/accept", "a gap needs an answer worth all its points"
