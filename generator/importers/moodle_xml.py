"""Moodle's XML into questions (question/format/xml/format.php): nothing outside of the file is ever read."""

from __future__ import annotations

import binascii
import re
from base64 import b64decode
from collections.abc import Iterator
from math import isfinite

from lxml import etree

from generator.importers.base import Asked, Hole, Kind, Pair, Reading, Reply, Words
from generator.importers.cloze import holes
from generator.importers.page import plain

_FORMS = {"html": "html", "moodle_auto_format": "html", "plain_text": "plain", "markdown": "markdown"}
# The place that libxml2 tells again, after ours.
_PLACE = re.compile(r", line \d+, column \d+\Z")
_OTHERS = frozenset({"category"})
_MAX_FILE = 5_000_000
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")
# What else Moodle says, to any answer at all.
_COMBINED = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")


def read(path: str, content: bytes) -> Reading:
    """Return the questions of a Moodle XML file; `path` is how faults name it."""
    reading = Reading(path)
    root = _root(reading, content)
    if root is None:
        return reading
    if root.tag != "quiz":
        reading.fault(
            _line(root),
            "xml-quiz",
            f"this is no Moodle XML: it begins with <{root.tag}>",
            "export “Moodle XML” from the question bank",
        )
        return reading
    for question in root.iterchildren("question"):
        _Question(reading, question).read()
    return reading


def _root(reading: Reading, content: bytes) -> etree._Element | None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        line = error.position[0] or 1
        reading.fault(
            line, "xml-syntax", f"this is not XML: {_PLACE.sub('', error.msg)}", "export the file again"
        )
        return None
    except ValueError as error:
        reading.fault(1, "xml-syntax", f"this is not XML: {error}", "export the file again")
        return None
    if _typed(root):
        reading.fault(1, "xml-doctype", "a document type is not allowed here", "remove “<!DOCTYPE …>”")
        return None
    return root


def _typed(root: etree._Element) -> bool:
    """Tell whether a document declares its type, and with it entities."""
    found = root.getroottree().docinfo
    return bool(getattr(found, "doctype", "")) or getattr(found, "internalDTD", None) is not None


def _line(element: etree._Element) -> int:
    found = element.sourceline
    return found if isinstance(found, int) else 1


def _texts(element: etree._Element) -> str:
    """Return the characters of an element; an entity that was not resolved is none."""
    return "".join(part for part in element.itertext() if isinstance(part, str))


def _value(element: etree._Element | None, name: str = "text") -> str:
    found = element.find(name) if element is not None else None
    return _texts(found) if found is not None else ""


def _words(element: etree._Element | None) -> Words:
    """Return the text of an element, in the format that it names."""
    if element is None:
        return Words()
    form = _FORMS.get(element.get("format", "html"), "html")
    return Words(text=_value(element), form=form)


class _Question:
    """One question element, taken apart."""

    def __init__(self, reading: Reading, element: etree._Element) -> None:
        self.reading, self.element = reading, element
        self.line = _line(element)
        self.name = " ".join(_value(element.find("name")).split())

    def fault(self, element: etree._Element, code: str, message: str, hint: str = "") -> None:
        self.reading.fault(_line(element), code, message, hint)

    def lose(self, what: str, why: str) -> None:
        self.reading.lose(self.line, self.name, what, why)

    def read(self) -> None:
        """Note this question, or what is wrong with it."""
        named = self.element.get("type", "")
        if named in _OTHERS:
            return
        kind = next((kind for kind in Kind if kind.value == named), None)
        if kind is None:
            self.lose("question", f"left out: a sheet has no question of the type “{named}”")
            return
        faults = len(self.reading.faults)
        self._files()
        asked = self._asked(kind)
        if len(self.reading.faults) == faults and asked is not None:
            self._settings(kind)
            self.reading.asked.append(asked)

    def _asked(self, kind: Kind) -> Asked | None:
        element = self.element
        text = _words(element.find("questiontext"))
        gaps: tuple[Hole, ...] = ()
        if kind is Kind.CLOZE:
            shown, gaps, problem = holes(text.text)
            if problem or not gaps:
                self.lose("question", f"left out: {problem or 'its text has no gap'}")
                return None
            text = Words(text=shown, form=text.form)
        return Asked(
            at=self.reading.at(self.line),
            kind=kind,
            name=self.name,
            text=text,
            single=(element.findtext("single") or "true").strip() in ("true", "1"),
            replies=tuple(self._replies(kind)),
            pairs=tuple(self._pairs()) if kind is Kind.MATCH else (),
            holes=gaps,
            unit=self._unit(),
            after=_words(element.find("generalfeedback")),
            model=_words(element.find("graderinfo")),
            hints=tuple(_words(hint) for hint in element.iterchildren("hint")),
            tags=tuple(" ".join(_value(tag).split()) for tag in element.iterfind("tags/tag")),
            idnumber=(element.findtext("idnumber") or "").strip(),
            points=self._number(element.find("defaultgrade"), 1.0),
        )

    def _number(self, element: etree._Element | None, missing: float) -> float:
        text = _texts(element).strip() if element is not None else ""
        if not text or element is None:
            return missing
        try:
            found = float(text)
        except ValueError:
            found = float("nan")
        if not isfinite(found):
            self.fault(element, "xml-number", f"“{text[:40]}” is no number", "write it as in 2.5")
            return missing
        return found

    def _replies(self, kind: Kind) -> Iterator[Reply]:
        found = list(self.element.iterchildren("answer"))
        replies = [self._reply(answer, kind) for answer in found]
        if kind is Kind.TRUTH and sorted(plain(reply.words).lower() for reply in replies) != [
            "false",
            "true",
        ]:
            self.fault(self.element, "xml-truefalse", "this question needs the answers “true” and “false”")
        elif kind in (Kind.CHOICE, Kind.SHORT, Kind.NUMBER, Kind.ORDER) and not replies:
            self.fault(self.element, "xml-answers", "this question has no answer", "add “<answer>”")
        # The order of an `ordering` is that of its fractions, where they tell.
        places = [reply.share for reply in replies]
        if kind is Kind.ORDER and len({*places}) == len(places):
            replies.sort(key=lambda reply: reply.share)
        yield from replies

    def _reply(self, answer: etree._Element, kind: Kind) -> Reply:
        words = _words(answer)
        share = self._fraction(answer, kind)
        if kind in (Kind.SHORT, Kind.NUMBER):
            words = Words(text=words.text.strip(), form="plain")
        if kind is Kind.NUMBER and words.text != "*":
            words = Words(text=self._figure(answer, words.text), form="plain")
        tolerance = abs(self._number(answer.find("tolerance"), 0.0)) if kind is Kind.NUMBER else 0.0
        return Reply(words=words, share=share, feedback=_words(answer.find("feedback")), tolerance=tolerance)

    def _figure(self, answer: etree._Element, text: str) -> str:
        try:
            return repr(float(text.replace(",", ".")))
        except ValueError:
            self.fault(answer, "xml-number", f"“{text[:40]}” is no number", "write it as in 2.5")
            return "0"

    def _fraction(self, answer: etree._Element, kind: Kind) -> float:
        text = answer.get("fraction", "0").strip() or "0"
        try:
            share = float(text)
        except ValueError:
            self.fault(
                answer, "xml-fraction", f"the fraction “{text[:40]}” is no number", "write it as in 33.33333"
            )
            return 0.0
        if kind is not Kind.ORDER and not abs(share) <= 100:
            self.fault(answer, "xml-fraction", f"the fraction {text[:40]} is not between -100 and 100")
        return share / 100

    def _pairs(self) -> Iterator[Pair]:
        found = list(self.element.iterchildren("subquestion"))
        if len(found) < 2:
            self.fault(self.element, "xml-match", "a matching needs two pairs or more", "add “<subquestion>”")
        for entry in found:
            yield Pair(source=_words(entry), target=Words(text=_value(entry.find("answer"))))

    def _unit(self) -> str:
        units = [_value(unit, "unit_name").strip() for unit in self.element.iterfind("units/unit")]
        if len(units) > 1:
            self.lose("units", f"only the first is kept: {', '.join(units)}")
        return units[0] if units else ""

    def _settings(self, kind: Kind) -> None:
        """Tell what else Moodle knows of this question and a sheet does not."""
        if (self.element.findtext("usecase") or "0").strip() == "1" and kind is Kind.SHORT:
            self.lose("case", "capitals are never judged")
        for name in _COMBINED:
            if plain(_words(self.element.find(name))):
                self.lose(name, "what is said to any answer has no place; each answer has its own feedback")
        if plain(_words(self.element.find("responsetemplate"))):
            self.lose("responsetemplate", "a free answer begins empty")

    def _files(self) -> None:
        """Look at embedded files, none of which is ever written."""
        for file in self.element.iter("file"):
            name = file.get("name", "")[:60]
            try:
                content = b64decode("".join((file.text or "").split()), validate=True)
            except (binascii.Error, ValueError):
                self.fault(
                    file, "xml-base64", f"the embedded file “{name}” is not base64", "export the file again"
                )
                continue
            self.lose("image", f"“{name}” is left out: {_described(content)}")


def _described(content: bytes) -> str:
    if len(content) > _MAX_FILE:
        return f"it is larger than {_MAX_FILE:,} bytes"
    if content.startswith(_IMAGES) or re.match(
        rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<svg\b", content, re.S
    ):
        return "an item shows no image of its own; draw a diagram in the sheet"
    return "it is no PNG, JPEG, GIF or SVG image"
