"""One quiz in several locales at once, for tools that choose the reader's among marked spans of one text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from generator.exporters.fragments import xml
from generator.exporters.quiz import Quiz
from generator.inline import tag
from generator.model.walk import texts
from generator.text import Text

_SPAN = re.compile(r"</?span\b[^>]*>")


@dataclass(frozen=True)
class Multilingual(Quiz):
    """A quiz whose HTML holds each text in each locale; titles, ids and typed answers are the first's."""

    others: Sequence[Quiz] = field(default=())

    @property
    def stem(self) -> str:
        """The name of this quiz's files, with each of its locales."""
        return "-".join((super().stem, *(quiz.locale for quiz in self.others)))

    @cached_property
    def _translated(self) -> list[dict[str, Text]]:
        return [
            {text.context: text for text in (*texts(quiz.course), *quiz.words.values())}
            for quiz in self.others
        ]

    def html(self, text: Text) -> str:
        """Return a text in each locale, as Moodle's “multilang” filter expects it.

        The filter ends a translation at the first `</span>`, so none stands inside.
        """
        shown = {self.locale: super().html(text)}
        for quiz, translated in zip(self.others, self._translated, strict=True):
            found = translated.get(text.context, text)
            shown[quiz.locale] = quiz.html(replace(found, args=text.args))
        bare = {locale: _SPAN.sub("", html) for locale, html in shown.items()}
        if len(set(bare.values())) == 1:
            return shown[self.locale]
        return "".join(
            f'<span lang="{xml(tag(locale))}" class="multilang">{html}</span>'
            for locale, html in bare.items()
        )


def multilingual(quizzes: Sequence[Quiz]) -> Quiz:
    """Return one quiz of the same items in several locales, the first of which names it."""
    first, *others = quizzes
    if not others:
        return first
    return Multilingual(
        first.id, first.title, first.course, first.words, first.items, first.label, others=tuple(others)
    )
