"""A quiz into a package of QTI 1.2 as Canvas itself writes them, for its classic and new quizzes."""

from __future__ import annotations

from generator.exporters.base import Ask, Capabilities, Composed, Envelope, Exporter, Feature, Fragment
from generator.exporters.fragments import each, exporting, mark, xml
from generator.exporters.kits import qti
from generator.exporters.kits import qti1 as one
from generator.exporters.kits.canvas_questions import question
from generator.exporters.quiz import Quiz
from generator.model.items import Item

_SCHEMA = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2p1.xsd"
_CANVAS = "http://canvas.instructure.com/xsd/cccv1p0"
_META = "assessment_meta.xml"
_MANIFEST_NAMESPACE = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
_APPLICATION = "associatedcontent/imscc_xmlv1p1/learning-application-resource"
_PICTURES = "pictures"


def envelope(quiz: Quiz) -> Envelope:
    """Return the package without its items."""
    folder = mark("stem")
    return Envelope(
        files={
            "imsmanifest.xml": _manifest(),
            f"{folder}/{folder}.xml": _assessment(),
            f"{folder}/{_META}": _settings(quiz),
        },
        zipped=f"{folder}.zip",
    )


def _manifest() -> str:
    folder = mark("stem")
    assessment, settings = f"{folder}/{folder}.xml", f"{folder}/{_META}"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<manifest identifier="manifest-{folder}" '
        f'xmlns="{_MANIFEST_NAMESPACE}">\n<metadata><schema>IMS Content</schema>'
        "<schemaversion>1.1.3</schemaversion></metadata>\n<organizations/>\n<resources>\n"
        f'<resource identifier="{folder}" type="imsqti_xmlv1p2"><file href="{assessment}"/>'
        f'<dependency identifierref="settings-{folder}"/></resource>\n'
        f'<resource identifier="settings-{folder}" type="{_APPLICATION}" href="{settings}">'
        f'<file href="{settings}"/></resource>\n{each(_PICTURES)}</resources>\n</manifest>\n'
    )


def _assessment() -> str:
    return (
        f'{one.HEAD.format(schema=_SCHEMA)}<assessment ident="{mark("stem")}" '
        f'title="{mark("title", "xml")}">\n{one.metadata({"cc_maxattempts": "unlimited"})}'
        f'<section ident="root_section">\n{each()}</section>\n</assessment>\n</questestinterop>\n'
    )


def _settings(quiz: Quiz) -> str:
    """Return what Canvas wants to know of a quiz besides its questions; a teacher publishes it."""
    settings = {
        "title": mark("title", "xml"),
        "description": xml(qti.imprint(quiz)),
        "shuffle_answers": "false",
        "scoring_policy": "keep_highest",
        "quiz_type": "assignment",
        "points_possible": mark("total"),
        "show_correct_answers": "true",
        "allowed_attempts": "-1",
        "available": "false",
    }
    shown = "".join(f"<{name}>{value}</{name}>\n" for name, value in settings.items())
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<quiz identifier="{mark("stem")}" xmlns="{_CANVAS}">\n'
        f"{shown}</quiz>\n"
    )


def fragment(quiz: Quiz, item: Item) -> Fragment:
    """Return an item's question and its pictures."""
    made = question(quiz, item)
    pictures = qti.pictures(quiz, item)
    fields = {
        "question_type": f"{made.type}_question",
        "points_possible": mark("points"),
        "assessment_question_identifierref": f"question-{quiz.identify(item)}",
    }
    said = {one.GENERAL: qti.after(quiz, item, made.after), **dict(made.feedback)}
    asked = f"{one.prompt(quiz, item, made.text)}\n{made.asked}"
    return Fragment(
        slots={
            "": one.question(quiz, item, fields, asked, made.conditions, said),
            _PICTURES: "".join(map(one.resource, pictures)),
        },
        files=pictures,
        losses=made.losses,
    )


_COMPOSED = Composed(envelope, fragment)

EXPORTER = Exporter(
    name="qti12",
    title="QTI 1.2 as Canvas reads it",
    suffix=".zip",
    capabilities=Capabilities(
        asks=frozenset(Ask) - {Ask.ORDER, Ask.FREE},
        features=frozenset(Feature)
        - {Feature.HINTS, Feature.CREDIT, Feature.STRICT, Feature.DIFFICULTY, Feature.DIGITS},
        degraded={Ask.ORDER: "loss.order-as-match", Ask.FREE: "loss.free-as-essay"},
    ),
    export=exporting(_COMPOSED),
    composed=_COMPOSED,
)
