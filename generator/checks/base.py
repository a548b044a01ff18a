"""What a check is: a function from a course to the faults it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from generator.errors import At, Fault, nearest
from generator.model.course import Course
from generator.text import place

Check = Callable[[Course], Iterable[Fault]]


def fault(
    value: object, code: str, message: str, hint: str = "", *, severity: str = "error", near: str = ""
) -> Fault:
    """Return a fault that points to where `value` was written, or to `near` in or after it."""
    return Fault(place(value) or At("content"), code, message, hint, severity=severity, near=near)


def unknown(value: str, names: Iterable[str], code: str, what: str) -> Iterator[Fault]:
    """Yield a fault if the reference `value` is none of `names`."""
    known = list(names)
    if value not in known:
        yield fault(value, code, f"“{value}” is no {what}", nearest(value, known))


def ids(values: Iterable[object]) -> list[str]:
    """Return the ids of named values."""
    return [str(getattr(value, "id", value)) for value in values]
