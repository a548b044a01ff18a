"""A course and the interface into messages, and back into another locale."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from generator.labels import LABELS
from generator.model.course import Course
from generator.model.walk import replaced, texts
from generator.text import Text

# The language of the interface's own words, and the contexts they have.
SOURCE = "fr"
INTERFACE = "interface/"


@dataclass(frozen=True, slots=True)
class Message:
    """One translatable text: its stable context, its source text, and its translation if there is one.

    `fuzzy` marks a translation that awaits review; `previous` is the source text it was made from;
    `line` is where the translation stands in its catalog.
    """

    context: str
    msgid: str
    msgstr: str = ""
    fuzzy: bool = False
    previous: str = ""
    comments: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    line: int = field(default=0, compare=False)

    @property
    def usable(self) -> bool:
        """Whether readers may see the translation."""
        return bool(self.msgstr) and not self.fuzzy


def messages(course: Course) -> tuple[Message, ...]:
    """Return the messages of a course in its source locale and of the interface, once each.

    A course that is not written in the interface's own language asks for its own texts only: one
    catalog has one source language.
    """
    own = course.source_locale == SOURCE
    found: dict[str, Message] = {}
    for text in (*texts(course), *(LABELS.values() if own else ())):
        if text.context and text.context not in found and (own or not text.context.startswith(INTERFACE)):
            found[text.context] = Message(text.context, text.value)
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class Translations:
    """The catalogs that serve one locale, from the nearest to the furthest, by context.

    `chain` holds those of the course, `shipped` those that come with the program, for the interface's
    own words: these are written in French whatever the course's source locale is.
    """

    chain: tuple[tuple[str, Mapping[str, Message]], ...]
    source: str
    shipped: tuple[tuple[str, Mapping[str, Message]], ...] = ()

    def text(self, text: Text) -> Text:
        """Return the text in the first locale that has it; the source text says that it is one."""
        interface = text.context.startswith(INTERFACE)
        for locale, catalog in (*self.chain, *self.shipped) if interface else self.chain:
            message = catalog.get(text.context)
            if message and message.usable and message.msgid == text.value:
                return Text(message.msgstr, text.context, locale, text.args, text.at)
        return Text(text.value, text.context, SOURCE if interface else self.source, text.args, text.at)

    @property
    def locale(self) -> str:
        """The locale served."""
        return self.chain[0][0] if self.chain else self.source


def localize(course: Course, translations: Translations) -> Course:
    """Return the same course in another locale: ids, keys, weights and points do not change."""
    translated = replaced(course, Text, translations.text)
    return translated.model_copy(update={"locale": translations.locale})


def words(translations: Translations) -> dict[str, Text]:
    """Return the interface's words in the locale that `translations` serves."""
    return {name: translations.text(word) for name, word in LABELS.items()}


def merge(
    template: Iterable[Message], old: Iterable[Message]
) -> tuple[tuple[Message, ...], tuple[Message, ...]]:
    """Bring a catalog up to date with the source; return its messages and the obsolete ones.

    A text that did not change keeps its translation; one that moved to another context keeps it too;
    one that changed in place keeps it as fuzzy, with the old source. Nothing is lost: what serves no
    more is returned as obsolete. Of two translations of one text the last given serves: give the
    obsolete ones first. Linear in the number of messages.
    """
    wanted = tuple(template)
    worth = (message for message in old if message.msgstr or message.comments)
    given = sorted(worth, key=lambda message: bool(message.msgstr))
    pairs = {_pair(message) for message in wanted}
    same = {_pair(message): message for message in given}
    moved = _queues(message for message in reversed(given) if _pair(message) not in pairs)
    merged: list[Message] = []
    kept: dict[int, Message] = {}  # by position, the translations that serve again as they are
    for rank, message in enumerate(wanted):
        found = same.get(_pair(message)) or next(moved.get(message.msgid, iter(())), None)
        if found:
            kept[rank] = found
    used = set(map(id, kept.values()))
    by_context = {message.context: message for message in given if id(message) not in used}
    for rank, message in enumerate(wanted):
        found = kept.get(rank) or by_context.get(message.context)
        if found:
            used.add(id(found))
        merged.append(_carried(message, found, changed=rank not in kept) if found else message)
    dropped = (message for message in given if message.msgstr and id(message) not in used)
    return tuple(merged), tuple(replace(message, notes=()) for message in dropped)


def _pair(message: Message) -> tuple[str, str]:
    return message.context, message.msgid


def _queues(found: Iterable[Message]) -> dict[str, Iterator[Message]]:
    """Return, by source text, the translations that lost their place."""
    groups: dict[str, list[Message]] = {}
    for message in found:
        groups.setdefault(message.msgid, []).append(message)
    return {msgid: iter(group) for msgid, group in groups.items()}


def _carried(new: Message, old: Message, changed: bool) -> Message:
    changed = changed and bool(old.msgstr)
    previous = (old.previous or old.msgid) if changed else old.previous
    return replace(
        new,
        msgstr=old.msgstr,
        fuzzy=changed or old.fuzzy,
        previous="" if previous == new.msgid else previous,
        comments=old.comments,
    )


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a catalog is: counts of messages, and of source words left to translate."""

    translated: int
    fuzzy: int
    untranslated: int
    words_left: int

    @property
    def total(self) -> int:
        """All messages."""
        return self.translated + self.fuzzy + self.untranslated


def progress(template: Iterable[Message], catalog: Mapping[str, Message]) -> Progress:
    """Compare a catalog with what the source needs today."""
    counts = {"translated": 0, "fuzzy": 0, "untranslated": 0}
    left = 0
    for message in template:
        state = state_of(message, catalog.get(message.context))
        counts[state] += 1
        left += 0 if state == "translated" else len(message.msgid.split())
    return Progress(counts["translated"], counts["fuzzy"], counts["untranslated"], left)


def state_of(message: Message, found: Message | None) -> str:
    """Return how far a message of the template is in a catalog: translated, fuzzy or untranslated."""
    if found is None or not found.msgstr:
        return "untranslated"
    return "translated" if found.usable and found.msgid == message.msgid else "fuzzy"


def fallbacks(locale: str, source: str, known: Iterable[str]) -> Iterator[str]:
    """Yield the locales to look a text up in: `pt_BR`, then `pt`; the source comes by itself."""
    available = set(known)
    parts = locale.split("_")
    for length in range(len(parts), 0, -1):
        candidate = "_".join(parts[:length])
        if candidate in available and candidate != source:
            yield candidate
