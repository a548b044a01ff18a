"""How far each locale is, sheet by sheet: a pure table, for the command line and for the site's own page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.catalogs.messages import INTERFACE, Message, Progress, progress, state_of

# What the sheets do not hold, by the first id of its contexts.
_PARTS = {
    "course": "course",
    "terms": "glossary",
    "misconceptions": "misconceptions",
    "sources": "sources",
    INTERFACE.rstrip("/"): "interface",
}


@dataclass(frozen=True, slots=True)
class PartStatus:
    """One part of a catalog: a sheet, by its id, or what sheets share, such as `glossary` and `interface`.

    `missing` lists the contexts that readers still see in another language, in the catalog's order.
    """

    name: str
    sheet: bool
    progress: Progress
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LocaleStatus:
    """One locale; `reviewed` says that a native speaker has reviewed the translation."""

    locale: str
    reviewed: bool
    total: Progress
    parts: tuple[PartStatus, ...]


def status(
    template: Iterable[Message],
    catalogs: Mapping[str, Iterable[Message]],
    reviewed: Iterable[str] = (),
) -> tuple[LocaleStatus, ...]:
    """Compare each locale's catalog with what the course asks for today.

    The parts are the course, its sheets in reading order, as `template` is, and what sheets share;
    `reviewed` names the locales whose catalog says that a native speaker has read it.
    """
    wanted = tuple(template)
    found: dict[tuple[str, bool], list[Message]] = {}
    for message in wanted:
        found.setdefault(part(message.context), []).append(message)
    groups = dict(sorted(found.items(), key=lambda group: _rank(*group[0])))
    checked = set(reviewed)
    return tuple(
        _locale(locale, locale in checked, wanted, groups, {m.context: m for m in catalog})
        for locale, catalog in catalogs.items()
    )


def part(context: str) -> tuple[str, bool]:
    """Return the part that a context belongs to, and whether it is a sheet."""
    room, _, rest = context.partition("/")
    return (rest.split("/", 1)[0], True) if room == "concepts" else (_PARTS.get(room, room), False)


def _rank(name: str, sheet: bool) -> int:
    others = tuple(_PARTS.values())
    return 1 if sheet else 0 if name == others[0] else 2 + others.index(name) if name in others else 99


def _locale(
    locale: str,
    reviewed: bool,
    wanted: tuple[Message, ...],
    groups: Mapping[tuple[str, bool], list[Message]],
    catalog: Mapping[str, Message],
) -> LocaleStatus:
    parts = tuple(
        PartStatus(name, sheet, progress(group, catalog), _missing(group, catalog))
        for (name, sheet), group in groups.items()
    )
    return LocaleStatus(locale, reviewed, progress(wanted, catalog), parts)


def _missing(group: Iterable[Message], catalog: Mapping[str, Message]) -> tuple[str, ...]:
    return tuple(m.context for m in group if state_of(m, catalog.get(m.context)) != "translated")
