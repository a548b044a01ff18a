"""The parts of one kind inside a value, such as its texts, and the same value with each of them replaced."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from operator import is_
from typing import Any, TypeVar

from pydantic import BaseModel

from generator.text import Text

V = TypeVar("V")
K = TypeVar("K")


def each(value: object, kind: type[K]) -> Iterator[K]:
    """Yield the parts of type `kind` inside a value of the model, in the order of its fields."""
    found: list[K] = []
    _gather(value, kind, found)
    return iter(found)


def _gather(value: object, kind: type[K], found: list[K]) -> None:
    if isinstance(value, kind):
        found.append(value)
    elif members := _members(type(value)):  # type: ignore[arg-type]  # a type has a hash
        for member in members(value):
            _gather(member, kind, found)


@cache
def _members(kind: type) -> Callable[[Any], Iterable[object]] | None:
    """Return what tells the members of a value of a type, or None if it has none."""
    if names := _names(kind):
        return lambda model: [getattr(model, name) for name in names]
    if issubclass(kind, tuple):
        return iter
    if issubclass(kind, Mapping):
        return lambda mapping: mapping.values()
    return None


def texts(value: object) -> Iterator[Text]:
    """Yield the texts inside a value of the model."""
    return each(value, Text)


def replaced(value: V, kind: type[K], change: Callable[[K], object]) -> V:
    """Return `value` with each part of type `kind` changed; parts without any are shared, not copied.

    What is inside a changed part is left to `change`.
    """
    return _replaced(value, kind, change)  # type: ignore[return-value]  # the same shape comes out


def _replaced(value: object, kind: type[K], change: Callable[[K], object]) -> object:
    if isinstance(value, kind):
        return change(value)
    if isinstance(value, tuple):
        members = tuple([_replaced(member, kind, change) for member in value])
        return value if all(map(is_, members, value)) else members
    names = _names(type(value))  # type: ignore[arg-type]  # a type has a hash
    return _model(value, names, kind, change) if names and isinstance(value, BaseModel) else value


def _model(
    model: BaseModel, names: tuple[str, ...], kind: type[K], change: Callable[[K], object]
) -> BaseModel:
    changes = {}
    for name in names:
        old = getattr(model, name)
        if (new := _replaced(old, kind, change)) is not old:
            changes[name] = new
    if not changes:
        return model
    copied = model.model_copy(update=changes)
    for name in set(copied.__dict__).difference(names):
        del copied.__dict__[name]  # cached lookups belong to the old value
    return copied


@cache
def _names(kind: type) -> tuple[str, ...]:
    """Return the fields of a model; nothing else has any. Looked up once for a type, not for each value."""
    return tuple(kind.model_fields) if issubclass(kind, BaseModel) else ()
