"""The parts of one kind inside a value, such as its texts, and the same value with each of them replaced."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from pydantic import BaseModel

from generator.text import Text

V = TypeVar("V")
K = TypeVar("K")


def each(value: object, kind: type[K]) -> Iterator[K]:
    """Yield the parts of type `kind` inside a value of the model, in the order of its fields."""
    if isinstance(value, kind):
        yield value
        return
    match value:
        case BaseModel():
            for name in type(value).model_fields:
                yield from each(getattr(value, name), kind)
        case tuple():
            for member in value:
                yield from each(member, kind)
        case Mapping():
            for member in value.values():
                yield from each(member, kind)


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
    match value:
        case BaseModel():
            return _model(value, kind, change)
        case tuple():
            members = tuple(_replaced(member, kind, change) for member in value)
            same = all(new is old for new, old in zip(members, value, strict=True))
            return value if same else members
        case _:
            return value


def _model(model: BaseModel, kind: type[K], change: Callable[[K], object]) -> BaseModel:
    changes = {}
    for name in type(model).model_fields:
        old = getattr(model, name)
        if (new := _replaced(old, kind, change)) is not old:
            changes[name] = new
    if not changes:
        return model
    copied = model.model_copy(update=changes)
    for name in set(copied.__dict__) - set(type(model).model_fields):
        del copied.__dict__[name]  # cached lookups belong to the old value
    return copied
