"""What a catalog tells its translator of each message: place, longest length, terms, and the English text.

Notes are made anew at each update from the sheets and from the catalogs' own messages, so that they
change only when what they quote does; a translator's own remarks are comments, which stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from generator.catalogs.glossary import Glossary, agreed
from generator.catalogs.messages import INTERFACE, Message
from generator.catalogs.places import Place, places
from generator.catalogs.style import names
from generator.inline import tag
from generator.model.course import Course, Term

REFERENCE = "en"


@dataclass(frozen=True)
class Help:
    """What is the same in every catalog: places, terms, and names that nobody translates."""

    places: Mapping[str, Place]
    terms: Mapping[str, Term]
    contained: Mapping[str, tuple[str, ...]]
    names: frozenset[str] = frozenset()


def gather(course: Course, template: Iterable[Message]) -> Help:
    """Return what helps to translate a course: made once, for all its catalogs."""
    wanted, glossary = tuple(template), Glossary(course.terms)
    contained = {m.context: glossary.find(m.msgid) for m in wanted if not m.context.startswith("terms/")}
    kept = names(m.msgid for m in wanted if not m.context.startswith(INTERFACE))
    return Help(places(course), {str(term.id): term for term in course.terms}, contained, kept)


def annotate(
    found: Iterable[Message],
    helping: Help,
    locale: str | None = None,
    reference: Mapping[str, Message] | None = None,
) -> tuple[Message, ...]:
    """Return the messages of a locale's catalog, or of the template, with their notes.

    `reference` holds the English messages, for translators who read no French.
    """
    messages = tuple(found)
    own = {message.context: message.msgstr for message in messages if message.usable} if locale else {}
    named = {name: _named(term, own) for name, term in helping.terms.items()}
    english = reference or {} if locale and locale.split("_")[0] != REFERENCE else {}
    return tuple(replace(m, notes=tuple(_notes(m, helping, locale, named, english))) for m in messages)


def _notes(
    message: Message,
    helping: Help,
    locale: str | None,
    named: Mapping[str, str],
    english: Mapping[str, Message],
) -> Iterator[str]:
    place = helping.places.get(message.context)
    if place:
        yield place.where[0].upper() + place.where[1:]
        if place.page:
            yield f"page: /{tag(locale)}/{place.page}" if locale else f"page: /{place.page}"
        if place.limit:
            yield f"length: up to {place.limit} characters"
    if terms := "; ".join(
        word for name in helping.contained.get(message.context, ()) if (word := named[name])
    ):
        yield f"terms: {terms}"
    known = english.get(message.context)
    if known and known.msgstr:
        stale = known.fuzzy or known.msgid != message.msgid
        yield f"en{' (of the former text)' if stale else ''}: {' '.join(known.msgstr.split())}"


def _named(term: Term, catalog: Mapping[str, str]) -> str:
    """Return how a term is to be translated; nothing where there is nothing to translate."""
    source, (wanted, _) = term.term.value, agreed(term, catalog)
    if wanted:
        return "" if wanted == source else f"{source} → {wanted}"
    return "" if term.english == source else f"{source} ({term.english})"
