"""What `fiches locale update` writes: each catalog brought up to date with the sheets, with its notes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from generator.catalogs import po
from generator.catalogs.messages import Message, merge
from generator.catalogs.notes import Help, annotate, gather
from generator.model.course import Course


@dataclass(frozen=True)
class Renewal:
    """A course and the messages that it asks for; `english` is what its English catalog holds."""

    course: Course
    template: tuple[Message, ...]
    english: tuple[Message, ...] = ()

    @cached_property
    def _help(self) -> Help:
        return gather(self.course, self.template)

    @cached_property
    def _reference(self) -> dict[str, Message]:
        return {message.context: message for message in merge(self.template, self.english)[0]}

    def pot(self) -> bytes:
        """Return the template file, which tools start new catalogs from."""
        return po.dump(annotate(self.template, self._help), self.course.source_locale)

    def catalog(
        self,
        locale: str,
        messages: Iterable[Message],
        obsolete: Iterable[Message] = (),
        headers: dict[str, str] | None = None,
    ) -> tuple[tuple[Message, ...], bytes]:
        """Return the messages of a catalog, brought up to date, and its file.

        Its translations, remarks and header are kept; its notes are made anew.
        """
        merged, dropped = merge(self.template, (*obsolete, *messages))
        noted = annotate(merged, self._help, locale, self._reference)
        return noted, po.dump(noted, self.course.source_locale, locale, dropped, headers)
