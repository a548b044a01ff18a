"""Packages of QTI 2.1 and 3.0: a manifest, a test, and a file for each item."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from generator.exporters.base import Ask, Capabilities, Envelope, Feature, Fragment
from generator.exporters.fragments import each, mark, xml
from generator.exporters.kits import moodle, qti
from generator.exporters.kits.qti import LEVELS
from generator.exporters.kits.qti_fields import Question
from generator.exporters.kits.qti_items import content, question
from generator.exporters.losses import ask
from generator.exporters.quiz import Quiz, once
from generator.inline import direction, tag
from generator.model.items import GapInteraction, Item

# Attributes of a link that QTI has no place for: no text can hold their quotes.
_UNKNOWN = re.compile(r' (?:rel|title)="[^"]*"')
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
_LOM = 'xmlns:imsmd="http://www.imsglobal.org/xsd/imsmd_v1p2"'
_TEST = "test.xml"
_MANIFEST, _REFERENCES = "resources", "references"
# The interactions of the standard, by what an item asks; a text with gaps may have either of two.
_INTERACTIONS = {
    Ask.SINGLE: "choiceInteraction", Ask.MULTIPLE: "choiceInteraction", Ask.MATCH: "matchInteraction",
    Ask.ORDER: "orderInteraction", Ask.TEXT: "textEntryInteraction", Ask.NUMERIC: "textEntryInteraction",
    Ask.FREE: "extendedTextInteraction",
}  # fmt: skip

CAPABILITIES = Capabilities(
    asks=frozenset(Ask) - {Ask.FREE},
    features=frozenset(Feature) - {Feature.HINTS, Feature.DIGITS},
    degraded={Ask.FREE: "loss.free-as-essay"},
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What tells one version from another: names of schemas and types, and the `spelling` of elements."""

    schema: str
    number: str
    manifest: str
    metadata: str
    items: str
    schemas: str
    item_type: str
    test_type: str
    spelling: Callable[[str], str]


def envelope(version: Version, quiz: Quiz) -> Envelope:
    """Return the package without its items."""
    return Envelope(
        files={"imsmanifest.xml": _manifest(version, quiz), _TEST: _test(version)},
        zipped=f"{mark('stem')}.zip",
    )


def fragment(version: Version, quiz: Quiz, item: Item) -> Fragment:
    """Return an item's file, its pictures, and what the manifest and the test say of it."""
    made, inside = _asked(quiz, item)
    name = quiz.identify(item)
    pictures = qti.pictures(quiz, item)
    return Fragment(
        slots={
            _MANIFEST: _resource(version, quiz, item, pictures),
            f"{_MANIFEST}-names": f'<dependency identifierref="{name}"/>\n',
            _REFERENCES: version.spelling(_reference(name)),
        },
        files={f"items/{name}.xml": _item(version, quiz, item, inside), **pictures},
        losses=made.losses,
    )


@once
def _asked(quiz: Quiz, item: Item) -> tuple[Question, str]:
    """Return the question of an item, and what its file holds in the spelling of 2.1."""
    made = question(quiz, item)
    inside = _UNKNOWN.sub("", content(quiz, item, made)).replace(' lang="', ' xml:lang="')
    if direction(quiz.locale) == "rtl":
        inside = inside.replace("<itemBody>", '<itemBody dir="rtl">')
    return made, inside


def _namespaces(version: Version) -> str:
    return f'xmlns="{version.items}" {_XSI} xsi:schemaLocation="{version.items} {version.schemas}"'


def _item(version: Version, quiz: Quiz, item: Item, inside: str) -> str:
    head = (
        f'<assessmentItem {_namespaces(version)} identifier="{quiz.identify(item)}" '
        f'title="{xml(moodle.named(quiz, item))}" xml:lang="{tag(quiz.locale)}" adaptive="false" '
        'timeDependent="false">'
    )
    return _HEAD + version.spelling(f"{head}{inside}</assessmentItem>\n")


def _test(version: Version) -> str:
    """Return the test, which adds up the points of its items: score times weight."""
    title = f'title="{mark("title", "xml")}"'
    # Marks are spelled last: what stands in their place is no name of an element.
    return _HEAD + version.spelling(
        f'<assessmentTest {_namespaces(version)} identifier="{mark("stem")}" {title}>\n'
        '<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float">'
        "<defaultValue><value>0</value></defaultValue></outcomeDeclaration>\n"
        '<testPart identifier="part" navigationMode="nonlinear" submissionMode="individual">\n'
        '<itemSessionControl maxAttempts="0" showFeedback="true"/>\n'
        f'<assessmentSection identifier="section" {title} visible="true">\n{each(_REFERENCES)}'
        "</assessmentSection>\n</testPart>\n"
        '<outcomeProcessing><setOutcomeValue identifier="SCORE"><sum>'
        '<testVariables variableIdentifier="SCORE" weightIdentifier="WEIGHT"/></sum></setOutcomeValue>'
        "</outcomeProcessing>\n</assessmentTest>\n"
    )


def _reference(name: str) -> str:
    weight = f'<weight identifier="WEIGHT" value="{mark("points")}"/>'
    return f'<assessmentItemRef identifier="{name}" href="items/{name}.xml">{weight}</assessmentItemRef>\n'


def _manifest(version: Version, quiz: Quiz) -> str:
    return (
        f'{_HEAD}<manifest xmlns="{version.manifest}" {_LOM} xmlns:imsqti="{version.metadata}" '
        f'identifier="manifest-{mark("stem")}">\n<metadata><schema>{version.schema}</schema>'
        f"<schemaversion>{version.number}</schemaversion>\n{_about(quiz)}</metadata>\n<organizations/>\n"
        f'<resources>\n<resource identifier="test-{mark("stem")}" type="{version.test_type}" '
        f'href="{_TEST}"><file href="{_TEST}"/>\n{each(f"{_MANIFEST}-names")}</resource>\n'
        f"{each(_MANIFEST)}</resources>\n</manifest>\n"
    )


def _said(quiz: Quiz, text: str) -> str:
    return f'<imsmd:langstring xml:lang="{tag(quiz.locale)}">{text}</imsmd:langstring>'


def _word(text: str) -> str:
    """Return a word that is the same in every language."""
    return f'<imsmd:langstring xml:lang="x-none">{text}</imsmd:langstring>'


def _known(name: str, value: str) -> str:
    """Return a word of a vocabulary of LOM."""
    source, word = _word("LOMv1.0"), _word(value)
    return (
        f"<imsmd:{name}><imsmd:source>{source}</imsmd:source><imsmd:value>{word}</imsmd:value></imsmd:{name}>"
    )


def _about(quiz: Quiz) -> str:
    """Return what the package is, by whom, and under which licence."""
    cards = "".join(
        f"<imsmd:centity><imsmd:vcard>BEGIN:VCARD\nVERSION:3.0\nFN:{xml(author)}\nEND:VCARD</imsmd:vcard>"
        "</imsmd:centity>"
        for author in qti.authors(quiz)
    )
    rights = _said(quiz, xml(qti.licence(quiz)))
    return (
        f"<imsmd:lom><imsmd:general><imsmd:title>{_said(quiz, mark('title', 'xml'))}</imsmd:title>"
        f"</imsmd:general><imsmd:lifecycle><imsmd:contribute>{_known('role', 'author')}{cards}"
        f"</imsmd:contribute></imsmd:lifecycle><imsmd:rights>"
        f"{_known('copyrightandotherrestrictions', 'yes')}<imsmd:description>{rights}</imsmd:description>"
        "</imsmd:rights></imsmd:lom>"
    )


def _resource(version: Version, quiz: Quiz, item: Item, pictures: dict[str, str]) -> str:
    name = quiz.identify(item)
    files = "".join(f'<file href="{path}"/>' for path in (f"items/{name}.xml", *pictures))
    return (
        f'<resource identifier="{name}" type="{version.item_type}" href="items/{name}.xml">\n'
        f"<metadata>{_described(quiz, item)}{_sort(item)}</metadata>\n{files}</resource>\n"
    )


@once
def _described(quiz: Quiz, item: Item) -> str:
    words = "".join(f"<imsmd:keyword>{_word(xml(word))}</imsmd:keyword>" for word in quiz.tags(item))
    objective = quiz.objective(item)
    aim = _said(quiz, xml(quiz.plain(objective.text))) if objective else ""
    purpose = f"{_known('purpose', 'educational objective')}<imsmd:description>{aim}</imsmd:description>"
    title = _said(quiz, xml(moodle.named(quiz, item)))
    return (
        f"<imsmd:lom><imsmd:general><imsmd:identifier>{quiz.identify(item)}</imsmd:identifier>"
        f"<imsmd:title>{title}</imsmd:title>{words}</imsmd:general><imsmd:educational>"
        f"{_known('difficulty', LEVELS[item.difficulty])}</imsmd:educational>"
        f"{aim and f'<imsmd:classification>{purpose}</imsmd:classification>'}</imsmd:lom>"
    )


def _sort(item: Item) -> str:
    """Return what the metadata of QTI itself says: which interactions an item has."""
    asked = item.interaction
    if isinstance(asked, GapInteraction):
        gaps = asked.gaps
        kinds = {"inlineChoiceInteraction" if gap.options else "textEntryInteraction" for gap in gaps}
    else:
        kinds = {_INTERACTIONS[ask(item)]}
    named = "".join(f"<imsqti:interactionType>{kind}</imsqti:interactionType>" for kind in sorted(kinds))
    return (
        f"<imsqti:qtiMetadata><imsqti:timeDependent>false</imsqti:timeDependent>{named}"
        "<imsqti:feedbackType>nonadaptive</imsqti:feedbackType></imsqti:qtiMetadata>"
    )
