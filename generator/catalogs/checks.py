"""Translations against the texts they translate: what a translator's slip would break, as located faults."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from generator.catalogs.glossary import astray
from generator.catalogs.messages import Message
from generator.catalogs.notes import Help, gather
from generator.catalogs.places import Place
from generator.catalogs.style import slips, tags
from generator.errors import At, Fault
from generator.inline import bare, tokens
from generator.model.course import Course
from generator.model.items import (
    ChoiceInteraction,
    GapInteraction,
    Item,
    MatchInteraction,
    OrderInteraction,
)
from generator.text import FORBIDDEN, PLACEHOLDER, Text

_UPDATE = "run “fiches locale update”"
_SHOWN = {"em_open": "*emphasis*", "strong_open": "**strong**"}


def check(
    path: str,
    course: Course,
    template: Iterable[Message],
    catalog: Iterable[Message],
    locale: str = "",
    allowed: Mapping[str, Iterable[str]] | None = None,
    helping: Help | None = None,
) -> Iterator[Fault]:
    """Yield what is wrong with the catalog at `path`: errors, and warnings for what reads badly.

    Fuzzy and empty messages are not judged: no reader sees them. `allowed` is the locale's own list of
    terms (`termlist`); `helping` is made from the course when it is not given.
    """
    wanted = {message.context: message for message in template}
    good: dict[str, Message] = {}
    seen: dict[str, Message] = {}
    for message in catalog:
        at = At(path, max(message.line, 1))
        if message.context in seen:
            told = f"“{message.context}” is already translated on line {seen[message.context].line}"
            yield Fault(at, "po-duplicate", told, "remove one")
        seen.setdefault(message.context, message)
        if not message.usable:
            continue
        if stale := _stale(at, message, wanted.get(message.context)):
            yield stale
        else:
            good[message.context] = message
            yield from _message(at, message)
    for item in course.items:
        yield from _alike(path, item, good)
    if locale:
        yield from _reading(path, good, locale, allowed or {}, helping or gather(course, wanted.values()))


def _reading(
    path: str, good: Mapping[str, Message], locale: str, allowed: Mapping[str, Iterable[str]], helping: Help
) -> Iterator[Fault]:
    """Yield what reads badly: style, length, and terms that are not the agreed ones."""
    language = locale.split("_", maxsplit=1)[0]
    catalog = {context: message.msgstr for context, message in good.items()}
    for context, message in good.items():
        at = At(path, max(message.line, 1))
        place = helping.places.get(context, Place(""))
        if place.typed:  # what learners type is not prose
            continue
        found = slips(message.msgid, message.msgstr, language, place.limit, helping.names)
        yield from (Fault(at, code, told, hint, severity="warning") for code, told, hint in found)
        texts = (message.msgid, message.msgstr)
        terms = astray(helping.terms, helping.contained.get(context, ()), texts, catalog, allowed)
        for name, term in terms:
            told = f"the term “{name}” is translated as “{term}” in the glossary, and otherwise here"
            hint = f"use it, or allow another form in locales/{locale}/glossary.yaml"
            yield Fault(at, "po-term", told, hint, severity="warning")


def _stale(at: At, message: Message, source: Message | None) -> Fault | None:
    if source is None:
        told = f"no text has the context “{message.context}”"
        return Fault(at, "po-unknown", told, _UPDATE, severity="warning")
    if source.msgid != message.msgid:
        told = f"the source text of “{message.context}” has changed"
        return Fault(at, "po-stale", told, _UPDATE, severity="warning")
    return None


def _message(at: At, message: Message) -> Iterator[Fault]:
    """Yield what one translation loses, adds or hides."""
    source, found = message.msgid, message.msgstr
    if bad := FORBIDDEN.search(found):
        name = f"U+{ord(bad[0]):04X}"
        yield Fault(at, "control-character", f"the invisible character {name} is not allowed", "remove it")
    if _edges(source) != _edges(found):
        yield Fault(at, "po-space", "the spaces around this translation are not those of the source")
    if added := tags(source, found):
        yield Fault(at, "po-html", f"this translation adds HTML: {', '.join(added)}", "texts hold no HTML")
    yield from _differ(at, "po-placeholder", _names(source), _names(found))
    yield from _differ(at, "po-markup", _marks(source), _marks(found))


def _names(text: str) -> list[str]:
    return [match[0] for match in PLACEHOLDER.finditer(text)]


def _edges(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def _marks(text: str) -> list[str]:
    """Return the markup of a text as an author would write it, its translatable words aside."""
    marks: list[str] = []
    if bare(text):
        return marks
    for token in tokens(text):
        match token.type:
            case "code_inline":
                marks.append(f"`{token.content}`")
            case "claim":
                marks.append(f"[^{token.content}]")
            case "key":
                marks.append(f"++{token.content}++")
            case "link_open":
                marks.append(f"[…]({token.attrs.get('href', '')})")
            case _ if token.type in _SHOWN:
                marks.append(_SHOWN[token.type])
    return marks


def _differ(at: At, code: str, source: list[str], found: list[str]) -> Iterator[Fault]:
    if source == found:
        return
    lost, added = Counter(source) - Counter(found), Counter(found) - Counter(source)
    said = [f"{word} {', '.join(part)}" for word, part in (("lacks", lost), ("adds", added)) if part]
    if said:
        hint = "keep what the source has, as often as it has it"
        yield Fault(at, code, f"this translation {' and '.join(said)}", hint)


def _alike(path: str, item: Item, good: Mapping[str, Message]) -> Iterator[Fault]:
    """Yield the choices of an item that a translation made the same."""
    for group in _groups(item):
        seen: dict[str, Text] = {}
        for text in group:
            message = good.get(text.context)
            if message is None:
                continue
            shown = " ".join(message.msgstr.casefold().split())
            other = seen.setdefault(shown, text)
            if other.value.casefold() != text.value.casefold():
                at = At(path, max(message.line, 1))
                told = f"two choices of the question “{item.uid}” are both “{message.msgstr}”"
                yield Fault(at, "po-same-choice", told, f"the source says “{other.value}” and “{text.value}”")


def _groups(item: Item) -> Iterator[list[Text]]:
    """Yield the texts that a learner must tell apart."""
    match item.interaction:
        case ChoiceInteraction(options=options):
            yield [option.text for option in options]
        case MatchInteraction(sources=sources, targets=targets):
            yield [source.text for source in sources if not source.text.args]
            yield [target.text for target in targets]
        case OrderInteraction(entries=steps):
            yield [step.text for step in steps]
        case GapInteraction(gaps=gaps):
            yield from ([option.text for option in gap.options] for gap in gaps)
        case _:
            return
