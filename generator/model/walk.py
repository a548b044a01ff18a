"""Every text of a value, and the same value with every text replaced."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from pydantic import BaseModel

from generator.text import Text

V = TypeVar("V")
K = TypeVar("K")


def texts(value: object) -> Iterator[Text]:
    """Yield the texts inside a value of the model, in the order of its fields."""
    match value:
        case Text():
            yield value
        case BaseModel():
            for name in type(value).model_fields:
                yield from texts(getattr(value, name))
        case tuple():
            for member in value:
                yield from texts(member)
        case Mapping():
            for member in value.values():
                yield from texts(member)


def replaced(value: V, kind: type[K], change: Callable[[K], object]) -> V:
    """Return `value` with each part of type `kind` changed; parts without any are shared, not copied."""
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
