"""A course in which every question type and every need of a format occurs, and its texts replaced."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

import container_readers
import lxml.html
import paper_readers
import qti_readers
from helpers import read, write_course
from lxml import etree

from generator import pipeline
from generator.exporters.base import Feature
from generator.exporters.losses import reactions
from generator.exporters.quiz import Quiz, quizzes
from generator.model.items import Item
from generator.model.walk import replaced
from generator.text import Text

# What breaks formulas, HTML, XML, TeX, GIFT and terminals, and characters that no file should hold.
HOSTILE = (
    '=HYPERLINK("http://x")<script>alert(1)</script> ]]> & &amp; ; " \' </p> \\ ~ # $x$ \\(y\\) '
    "\u202e %TEX{%} <!-- \x07 \ud800 "
)
_FULL = (Path(__file__).parent / "full.yaml").read_text("utf-8")


def project(root: Path) -> pipeline.Project:
    """Write the small course and the full sheet."""
    course = read("content/course.yaml").replace("second]", "second, full]")
    assert "full]" in course
    return write_course(root, {"content/course.yaml": course, "content/concepts/full.yaml": _FULL})


@cache
def whole(locale: str = "fr") -> Quiz:
    """Return the quiz of the whole course."""
    with TemporaryDirectory() as folder:
        made = project(Path(folder))
        edition = pipeline.edition(made, pipeline.load(made), locale)
    return quizzes(edition.course, edition.words)[-1]


def rewritten(quiz: Quiz, change: Callable[[str], str]) -> Quiz:
    """Return the quiz with every text changed, the interface's included."""

    def changed(text: Text) -> Text:
        return replace(text, value=change(text.value))

    course = replaced(quiz.course, Text, changed)
    words = {name: changed(word) for name, word in quiz.words.items()}
    return Quiz(quiz.id, course.title, course, words, course.items)


def normal(text: str) -> str:
    """Return characters that formats may write otherwise in one way."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip()


def promised(quiz: Quiz, item: Item) -> dict[Feature, list[str]]:
    """Return the words that must be found in the export of a format that claims to carry a feature."""
    stimulus, objective = quiz.stimulus(item), quiz.objective(item)
    misconceptions = [quiz.course.misconception[r.misconception] for r in reactions(item) if r.misconception]
    texts: dict[Feature, list[Text | None]] = {
        Feature.FEEDBACK: [answer.feedback for answer in reactions(item)],
        Feature.HINTS: [hint.text for hint in item.hints],
        Feature.EXPLANATION: [item.explanation],
        Feature.SOURCES: [claim.text for claim in quiz.evidence(item)],
        Feature.MISCONCEPTIONS: [entry.statement for entry in misconceptions],
        Feature.STIMULUS: [stimulus.title, stimulus.text] if stimulus else [],
        Feature.OBJECTIVES: [objective.text] if objective else [],
    }
    found = {feature: [quiz.plain(text) for text in wanted if text] for feature, wanted in texts.items()}
    found[Feature.STIMULUS] += (stimulus.code or "").splitlines() if stimulus else []
    found[Feature.IDS] = [quiz.identify(item)]
    found[Feature.LICENCE] = [*quiz.course.authors, quiz.course.licence.name]
    return found


def _leaves(value: object, machine: frozenset[str]) -> Iterator[str]:
    match value:
        case str():
            yield value
        case list():
            for member in value:
                yield from _leaves(member, machine)
        case dict():
            for name, member in value.items():
                if name not in machine:
                    yield from _leaves(member, machine)


# What is not said to a learner: ids, names of kinds, and drawings, whose texts are broken into lines.
_MACHINE = frozenset(
    {
        "$schema", "id", "uid", "locale", "direction", "source_locale", "url", "svg", "kind", "layout",
        "target", "diagram", "bloom", "type", "difficulty", "key", "shown", "misconceptions", "source",
    }
)  # fmt: skip


def _json(files: dict[str, bytes], *, ids: bool) -> Iterator[str]:
    for name, content in files.items():
        if not name.endswith(".schema.json"):
            hidden = frozenset({"svg"}) if ids else _MACHINE
            yield from _leaves(json.loads(content), hidden)


def _csv(files: dict[str, bytes], *, ids: bool) -> Iterator[str]:
    for content in files.values():
        for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"):
            yield from row if ids else row[1:]


def _package(files: dict[str, bytes], *, ids: bool) -> Iterator[str]:
    for content in files.values():
        with ZipFile(io.BytesIO(content)) as zipped:
            page = lxml.html.document_fromstring(zipped.read("index.html").decode())
            manifest = next(name for name in zipped.namelist() if name.endswith(".xml"))
            yield from (text.strip() for text in etree.fromstring(zipped.read(manifest)).itertext(_TITLES))
        yield from page.xpath("//@aria-label | //@id | //script/text()" if ids else "//@aria-label")
        for hidden in page.xpath("//head | //script | //svg | //style"):
            hidden.drop_tree()
        yield re.sub(r"[\n\xa0\u202f ]+", " ", page.text_content())


def _gift(files: dict[str, bytes], *, ids: bool) -> Iterator[str]:
    for line in (line for content in files.values() for line in content.decode().splitlines()):
        if line.startswith("//"):
            yield from [line] if ids or "[id:" not in line else ()
            continue
        shown = line.removeprefix("$CATEGORY: $course$/top/")
        for raw in re.findall(r"(?:\\.|[^\\#={}~:])+", re.sub(r"%-?[\d.]+%|\[html\]", " ", shown)):
            yield unescape(
                re.sub(r"<[^<>]*>", " ", re.sub(r"\\(.)", lambda c: "\n" if c[1] == "n" else c[1], raw))
            )


def _aiken(files: dict[str, bytes], *, ids: bool) -> Iterator[str]:
    for content in files.values():
        yield from (line for line in content.decode().splitlines() if not line.startswith("ANSWER: "))


# A gap of Moodle's: what stands inside is HTML whose signs are written as entities.
_GAP = re.compile(r"\{1?:[A-Z]+:(.*?)\}")


def _moodle(files: dict[str, bytes], *, ids: bool) -> Iterator[str]:
    for content in files.values():
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False))
        yield from (element.text or "" for element in root.iter("idnumber") if ids)
        for element in root.iter("text"):
            above, text = element.getparent(), element.text or ""
            machine = above.tag == "tag" or (above.tag == "answer" and text in {"true", "false"})
            if ids or not machine:
                gaps = [re.split(r"[~#](?!\d+;)|%\d+%", gap) for gap in _GAP.findall(text)]
                yield from (_bare(unescape(part)) for gap in gaps for part in gap)
                shown = re.sub(r" \(v[0-9a-f]{8}\)\Z", "", text.removeprefix("$course$/top/"))
                yield _bare(_GAP.sub(" ", shown))


def _bare(html: str) -> str:
    return unescape(re.sub(r"</?[a-z][^<>]*>", "", html))


# Where the manifests of SCORM and cmi5 hold words.
_TITLES = ("{*}title", "{*}langstring")

Reader = Callable[..., Iterable[str]]

# How each format is read back: the strings of its files, with or without those of machines.
READERS: dict[str, Reader] = {
    "qti12": qti_readers.packages,
    "qti21": qti_readers.packages,
    "qti30": qti_readers.packages,
    "cc11": qti_readers.cartridges,
    "anki": container_readers.anki,
    "amc": container_readers.amc,
    "xlsx": container_readers.xlsx,
    "kahoot": container_readers.kahoot,
    "h5p": container_readers.h5p,
    "json": _json,
    "csv": _csv,
    "pdf": paper_readers.pdf,
    "html": paper_readers.html,
    "moodle-xml": _moodle,
    "pronote": _moodle,
    "scorm12": _package,
    "scorm2004": _package,
    "cmi5": _package,
    "gift": _gift,
    "aiken": _aiken,
}
