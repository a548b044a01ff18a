"""What Moodle's XML and its dialects share: questions and texts with gaps, escapes, typed answers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256

from generator.exporters.base import Ask, Loss
from generator.exporters.fragments import xml
from generator.exporters.multilang import Multilingual
from generator.exporters.quiz import Drawing, Quiz, clean, once
from generator.inline import direction, tag
from generator.model.course import Claim
from generator.model.items import Answer, GapInteraction, Item, Reaction
from generator.model.walk import texts
from generator.text import Text

NAME = 80
# The characters for which Moodle's database has room: in an id number, and in a target of a matching.
LONGEST_ID, LONGEST_TARGET = 100, 255
_SLOT = 0xE000
_MARKS = re.compile("[\u0300-\u036f\u064b-\u0652]")
_APOSTROPHES = re.compile("['\u2018\u2019\u02bc]")
_SPAN = re.compile(r"</?span\b[^>]*>")
_SIGNS = str.maketrans({sign: f"&#{ord(sign)};" for sign in "&<>{}#~\\=%\"'"})
_BEFORE = re.compile(r"\\(?=[}#])")
# What PHP takes for a number, and the only way of writing each that is left as it is.
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_PLAIN_NUMBER = re.compile(r"0|-?(?:[1-9][0-9]*(?:\.[0-9]*[1-9])?|0\.[0-9]*[1-9])")

# How a target is written, so that Moodle shows its signs as they are.
Written = Callable[[str], str]


def inert(html: str) -> str:
    """Return HTML in which Moodle's TeX filters find nothing, nor XML the end of a CDATA section."""
    html = html.replace("\\(", "&#92;(").replace("\\[", "&#92;[")
    return html.replace("$$", "&#36;&#36;").replace("]]>", "]]&gt;")


def cdata(html: str) -> str:
    """Return HTML as the content of an XML element."""
    return f"<![CDATA[{inert(html)}]]>" if html else ""


def block(quiz: Quiz, html: str) -> str:
    """Return HTML that reads in the direction of the quiz's locale, whatever page holds it."""
    return f'<div dir="rtl">{html}</div>' if html and direction(quiz.locale) == "rtl" else html


def element(name: str, html: str, files: str = "") -> str:
    """Return an element that holds HTML and the files that the HTML names."""
    return f'<{name} format="html"><text>{cdata(html)}</text>{files}</{name}>\n'


def entry(quiz: Quiz, word: str, html: str) -> str:
    """Return a paragraph under a heading, an interface word."""
    return f"<p><strong>{quiz.html(quiz.words[word])}</strong>{html and f'<br>{html}'}</p>"


def listed(entries: Iterable[str]) -> str:
    """Return a list of HTML entries."""
    return f"<ul>{''.join(f'<li>{entry}</li>' for entry in entries)}</ul>"


@once
def remark(quiz: Quiz, reaction: Reaction) -> str:
    """Return the HTML of what is said to an answer: its feedback, and the misconception that it betrays."""
    said = f"<p>{quiz.html(reaction.feedback)}</p>" if reaction.feedback else ""
    found = quiz.course.misconception.get(reaction.misconception or "")
    return said + (entry(quiz, "site.misconception", quiz.html(found.statement)) if found else "")


@once
def cited(quiz: Quiz, claim: Claim) -> str:
    """Return the HTML of a claim, and of where it is taken from."""
    sources = []
    for citation in claim.sources:
        url, words = quiz.address(citation.source), xml(quiz.citation(citation))
        sources.append(f'<a href="{xml(url)}">{words}</a>' if url else words)
    return f"{quiz.html(claim.text)} ({' ; '.join(sources)})" if sources else quiz.html(claim.text)


@once
def named(quiz: Quiz, item: Item) -> str:
    """Return the beginning of an item's question as a name: one short line, without `<`."""
    name = quiz.plain(item.prompt).replace("<", "‹").replace(">", "›")
    if len(name) <= NAME:
        return name
    return f"{name[: NAME - 1].rpartition(' ')[0] or name[: NAME - 1]}…"


def identify(quiz: Quiz, item: Item) -> str:
    """Return the id number of a question: its id, as far as there is room for it."""
    name = quiz.identify(item)
    if len(name) <= LONGEST_ID:
        return name
    return f"{name[: LONGEST_ID - 9]}-{sha256(name.encode()).hexdigest()[:8]}"


def asked(quiz: Quiz, item: Item, drawn: Callable[[Drawing], str]) -> str:
    """Return the HTML of what an item is about, and of its question; `drawn` shows a diagram."""
    before = (*_stimulus(quiz, item), *map(drawn, quiz.drawings(item)))
    return f"{''.join(before)}<p>{quiz.html(item.prompt)}</p>"


def _stimulus(quiz: Quiz, item: Item) -> Iterator[str]:
    found = quiz.stimulus(item)
    if found is None:
        return
    if found.title:
        yield f"<p><strong>{quiz.html(found.title)}</strong></p>"
    if found.text:
        yield f"<p>{quiz.html(found.text)}</p>"
    if found.code:
        yield f'<pre dir="ltr"><code>{xml(clean(found.code))}</code></pre>'


def told(drawing: Drawing) -> str:
    """Return a diagram in sentences, as HTML."""
    return f"<ol>{''.join(f'<li>{xml(step)}</li>' for step in drawing.steps)}</ol>"


def said(quiz: Quiz, item: Item, text: Text) -> str:
    """Return a text of an item in plain characters; in each locale of the quiz, where they differ."""
    others = (other.plain(found) for other, found in _translations(quiz, item, text))
    return " / ".join(dict.fromkeys((quiz.plain(text), *others)))


def target(quiz: Quiz, item: Item, text: Text, written: Written) -> str:
    """Return a text to be matched with, as Moodle stores it: in every locale if they fit, or in the first."""
    whole = said(quiz, item, text)
    return fitted(whole if _fits(whole, written) else quiz.plain(text), written)


def unfit(quiz: Quiz, item: Item, targets: Iterable[Text], written: Written) -> Iterator[Loss]:
    """Yield what `target` leaves out of texts of an item."""
    long = [text for text in targets if not _fits(said(quiz, item, text), written)]
    short = {_fits(quiz.plain(text), written) for text in long}
    if True in short:
        yield Loss(item.uid, Ask.MATCH, "loss.first-language")
    if False in short:
        yield Loss(item.uid, "cell", "loss.text-cut", (("n", LONGEST_TARGET),))


def fitted(text: str, written: Written) -> str:
    """Return plain characters to be matched with, as Moodle stores them; those without room are cut."""
    kept = text
    while not _fits(kept, written):
        kept = f"{kept.removesuffix('…')[:-1]}…"
    return _apart(kept, written)


def _fits(text: str, written: Written) -> bool:
    return len(_apart(text, written)) <= LONGEST_TARGET


def _apart(text: str, written: Written) -> str:
    """Return a target with an unseen sign where PHP would take it for another's number, as `01` for `1`."""
    odd = _NUMBER.fullmatch(text) and not _PLAIN_NUMBER.fullmatch(text)
    return written(text) + ("\u200b" if odd else "")


def typed(quiz: Quiz, item: Item, answers: Iterable[Answer]) -> list[tuple[str, Answer]]:
    """Return each way of typing the foreseen answers that Moodle would not find by itself, the first first.

    Moodle forgives case, but neither accents nor the other apostrophe.
    """
    found: dict[str, tuple[str, Answer]] = {}
    for answer in answers:
        translated = (clean(str(text)) for _, text in _translations(quiz, item, answer.text))
        for value in (quiz.typed(answer), *translated):
            for form in _forms(value):
                found.setdefault(form.casefold(), (form, answer))
    return list(found.values())


@lru_cache(maxsize=20_000)
def _forms(value: str) -> tuple[str, ...]:
    bare = unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFD", value)))
    each = ((form, _APOSTROPHES.sub("'", form), _APOSTROPHES.sub("’", form)) for form in (value, bare))
    return tuple(dict.fromkeys(form for forms in each for form in forms))


def _translations(quiz: Quiz, item: Item, text: Text) -> Iterator[tuple[Quiz, Text]]:
    if not isinstance(quiz, Multilingual):
        return
    for other in quiz.others:
        for twin in (entry for entry in other.items if entry.uid == item.uid):
            for found in texts(twin):
                if found.context == text.context:
                    yield other, replace(found, args=text.args)
                    break


def gapped(quiz: Quiz, item: Item, asked: GapInteraction, gaps: Iterable[str]) -> str:
    """Return the HTML of a text with its gaps, each of which is already written as Moodle reads it.

    Gaps can stand in one sentence only: those of other locales show numbers at their places.
    """
    slots = {str(gap.id): chr(_SLOT + place) for place, gap in enumerate(asked.gaps)}
    sentence = unbraced(Quiz.html(quiz, asked.text.format(**slots)))
    for slot, gap in zip(slots.values(), gaps, strict=True):
        sentence = sentence.replace(slot, gap)
    return f"<p>{sentence}</p>{_readings(quiz, item, asked)}"


def _readings(quiz: Quiz, item: Item, asked: GapInteraction) -> str:
    found = list(_translations(quiz, item, asked.text))
    if not found:
        return ""
    numbers = {str(gap.id): f"[{place}]" for place, gap in enumerate(asked.gaps, start=1)}
    shown = ((other.locale, _SPAN.sub("", other.html(text.format(**numbers)))) for other, text in found)
    spans = (
        f'<span lang="{tag(locale)}" class="multilang">{html}</span>'
        for locale, html in ((quiz.locale, ""), *shown)
    )
    return f"<p>{unbraced(''.join(spans))}</p>"


def unbraced(html: str) -> str:
    """Return HTML in which Moodle finds no gap."""
    return html.replace("{", "&#123;")


def gap_text(value: str) -> str:
    """Return what stands inside a gap, so that Moodle finds none of its own signs there."""
    return _BEFORE.sub(r"\\\\", value).translate(_SIGNS)


def literal(value: str) -> str:
    """Return a typed answer in which `*` stands for itself, as Moodle expects it."""
    return value.replace("*", "\\*")
