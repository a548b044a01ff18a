"""Text: every word a reader sees, as a value that knows its context, its locale and its place."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import PydanticCustomError, core_schema

from generator.errors import At

# C0/C1 controls and the bidirectional overrides that can make a text read otherwise than it is written.
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_-]*)\}")


class Scalar(str):
    """A YAML scalar: its characters, the path of ids that leads to it, and where it stands."""

    __slots__ = ("at", "path")
    at: At
    path: str

    @classmethod
    def make(cls, value: str, path: str, at: At) -> Scalar:
        """Return `value` bound to its path of ids and its place."""
        scalar = cls(value)
        scalar.path, scalar.at = path, at
        return scalar


def place(value: object) -> At | None:
    """Return where a value read from a file stands, if it is known."""
    found = getattr(value, "at", None)
    return found if isinstance(found, At) else None


@dataclass(frozen=True, slots=True)
class Text:
    """A translatable string.

    `value` is the text in `locale` ("" stands for the course's source locale), with its `{name}`
    placeholders; `context` is the stable path of ids that becomes its msgctxt; `args` fills the
    placeholders when the text is shown, which is why it survives translation.
    """

    value: str
    context: str = ""
    locale: str = ""
    args: tuple[tuple[str, str | float], ...] = ()
    at: At | None = field(default=None, compare=False)

    def __hash__(self) -> int:
        return hash((self.context, self.value, self.args))  # not by locale: quicker, and as good

    def __str__(self) -> str:
        return self.filled(str) if self.args else self.value

    def filled(self, number: Callable[[float], str]) -> str:
        """Return the text with its placeholders filled, counts written by `number`."""
        if not self.args:
            return self.value
        names = {
            name: number(value) if isinstance(value, int | float) else value for name, value in self.args
        }
        return PLACEHOLDER.sub(lambda m: names.get(m[1], m[0]), self.value)

    def format(self, **values: object) -> Text:
        """Return this text with more placeholders filled; unknown ones stay as they are.

        A whole number is written as the reader's locale does.
        """
        added = tuple(
            (name, value if isinstance(value, int | float) else str(value)) for name, value in values.items()
        )
        return Text(self.value, self.context, self.locale, (*self.args, *added), self.at)

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(
            _as_text, serialization=core_schema.to_string_ser_schema()
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"type": ["string", "number"], "minLength": 1}  # an editor takes `250` for a number


def _as_text(value: object) -> Text:
    if isinstance(value, Text):
        return value
    if not isinstance(value, str):
        raise PydanticCustomError("text", "a text is expected here")
    if not value.strip():
        raise PydanticCustomError("empty_text", "this text is empty")
    return Text(value.strip(), context=getattr(value, "path", ""), at=place(value))


def label(context: str, value: str) -> Text:
    """Return an interface word: a Text whose context is given, because no sheet holds it."""
    return Text(value, context=f"interface/{context}")
