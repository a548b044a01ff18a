"""What a teacher can take away: the packages of each quiz, as values that pages are made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from babel import Locale
from babel.units import format_unit

_KILO = 1000


@dataclass(frozen=True, slots=True)
class File:
    """A file below the locale's root, and its size in bytes."""

    path: str
    size: int

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Missing:
    """What a package does not hold and why, in words, and how many items it concerns."""

    what: str
    why: str
    items: int


@dataclass(frozen=True, slots=True)
class Download:
    """A quiz in one format; it has no file if the format could carry none of its items."""

    format: str
    files: tuple[File, ...]
    losses: tuple[Missing, ...]


@dataclass(frozen=True, slots=True)
class Format:
    """A format, and how it carries what quizzes need, by name of interface word: `yes`, `partly` or `no`."""

    name: str
    carries: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Downloads:
    """The packages of a locale, by id of quiz; their formats, and those that the composer makes."""

    by_quiz: Mapping[str, tuple[Download, ...]] = field(default_factory=dict)
    formats: tuple[Format, ...] = ()
    composed: tuple[str, ...] = ()


def shown_size(size: int, locale: Locale) -> str:
    """Return a size in bytes as a locale writes it: `12 ko`, `1.4 MB`."""
    kilobytes = max(1, round(size / _KILO))
    if kilobytes < _KILO:
        return str(format_unit(kilobytes, "digital-kilobyte", "short", locale=locale))
    return str(format_unit(kilobytes / _KILO, "digital-megabyte", "short", format="0.0", locale=locale))
