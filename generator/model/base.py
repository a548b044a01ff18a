"""What every value of the house is made of: frozen models, ids, and mappings keyed by id."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, GetCoreSchemaHandler, WithJsonSchema
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*\Z")
ID_PATTERN = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
MAX_ID = 64


class Model(BaseModel):
    """A frozen value that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


def _id(value: object) -> str:
    if not isinstance(value, str):
        raise PydanticCustomError("id", "an id is expected here")
    if not ID.match(value) or len(value) > MAX_ID:
        raise PydanticCustomError(
            "id",
            "“{value}” is not an id: use lower-case letters, digits and single hyphens",
            {"value": value},
        )
    return value


def _code(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise PydanticCustomError("text", "a text is expected here")
    return value.strip("\n")


def _flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    if value in ("true", "false"):
        return value == "true"
    raise PydanticCustomError("flag", "true or false is expected here")


@dataclass(frozen=True, slots=True)
class _Read:
    """An annotation: a value that `check` lets through, and that is written as what it is.

    pydantic's own `PlainValidator` would write each by a function of Python.
    """

    check: Callable[[object], object]

    def __get_pydantic_core_schema__(self, source: type, handler: GetCoreSchemaHandler) -> CoreSchema:
        written = core_schema.simple_ser_schema("any")
        return core_schema.no_info_plain_validator_function(self.check, serialization=written)


# `Id` keeps the scalar it was read from, so that a reference to nothing can be located.
Id = Annotated[str, _Read(_id), WithJsonSchema({"type": "string", "pattern": ID_PATTERN})]
# Machine text (protocol lines, English terms): shown as it is, never translated, left to right.
Code = Annotated[str, _Read(_code), WithJsonSchema({"type": "string", "minLength": 1})]
# YAML 1.2 has two booleans; `no`, `on` and `yes` are words.
Flag = Annotated[bool, _Read(_flag), WithJsonSchema({"type": "boolean"})]
Share = Annotated[float, Field(ge=0, le=1)]


class Named(Model):
    """A value that its file keys by id."""

    id: Id


class Quoting(Named):
    """What may quote machine text beside its own words."""

    code: Code | None = None


class Passage(Named):
    """A keyed text: one hint, one entry, one paragraph."""

    text: Text


def _from_mapping(value: object) -> object:
    """Turn `{id: fields}` into `({"id": id, **fields}, …)`; a bare string stands for its `text`."""
    if isinstance(value, tuple):
        return value
    if not isinstance(value, dict):
        raise PydanticCustomError("keyed", "a mapping from ids to values is expected here")
    return tuple(
        entry if isinstance(entry, BaseModel) else {**_fields(entry), "id": key}
        for key, entry in value.items()
    )


def _fields(value: object) -> dict[str, Any]:
    if isinstance(value, dict):
        if "id" in value:
            raise PydanticCustomError("keyed", "the key before these fields is their id; leave “id” out")
        return value
    return {"text": value}


T = TypeVar("T")

from generator.text import Text  # noqa: E402

if TYPE_CHECKING:
    Keyed = tuple[T, ...]
else:

    class _KeyedSchema:
        """Describes a keyed tuple, in JSON Schema, as the mapping that authors write."""

        def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:
            items = handler(schema)["items"]
            return {
                "type": "object",
                "propertyNames": {"pattern": ID_PATTERN, "maxLength": MAX_ID},
                "additionalProperties": items,
            }

    class Keyed:
        """`Keyed[T]` is a tuple of values that authors write as a mapping from ids."""

        def __class_getitem__(cls, item: Any) -> Any:
            return Annotated[tuple[item, ...], BeforeValidator(_from_mapping), _KeyedSchema()]
