"""A quiz into a Common Cartridge 1.1: the questions that its profile of QTI 1.2 has, in one assessment."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.exporters.base import (
    Ask,
    Capabilities,
    Composed,
    Envelope,
    Exporter,
    Feature,
    Fragment,
    Loss,
)
from generator.exporters.fragments import each, exporting, mark, xml
from generator.exporters.kits import canvas, moodle, qti
from generator.exporters.kits import qti1 as one
from generator.exporters.kits.qti import number
from generator.exporters.quiz import Quiz
from generator.model.items import (
    ChoiceInteraction,
    FreeInteraction,
    Item,
    NumericInteraction,
    TextInteraction,
)
from generator.model.walk import texts
from generator.scoring import EPSILON

_SCHEMA = "http://www.imsglobal.org/profile/cc/ccv1p1/ccv1p1_qtiasiv1p2p1_v1p0.xsd"
_NAMESPACE = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
_LOM = "http://ltsc.ieee.org/xsd/imsccv1p1/LOM/manifest"
_PICTURES, _NEEDED = "pictures", "needed"
# Moodle looks for the right ones among several by this attribute.
_CASE = ' case="Yes"'
# Moodle decodes the entities of a text once too often, which would make tags and attributes of words.
_SIGNS = {"&amp;lt;": "‹", "&amp;gt;": "›", "&amp;amp;": "＆", "&amp;#34;": "”", "&amp;#39;": "’"}
# And it takes the bytes of a question's text for Latin letters, one by one.
_FOREIGN = re.compile("[^\x00-\x7f]")
# And `0` is no answer to it; this it decodes after it has looked.
_ZERO = "&#48;"
_BOOLEANS = {"true", "false"}
_MOST_POINTS = 99


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """What is particular to a profile of question; `text` is HTML below the prompt, `after` is for later."""

    profile: str
    asked: str
    conditions: str
    text: str = ""
    feedback: tuple[tuple[str, str], ...] = ()
    after: str = ""
    losses: tuple[Loss, ...] = ()


def envelope(quiz: Quiz) -> Envelope:
    """Return the cartridge without its items."""
    return Envelope(
        files={"imsmanifest.xml": _manifest(quiz), f"{mark('stem')}.xml": _assessment()},
        zipped=f"{mark('stem')}.imscc",
    )


def _manifest(quiz: Quiz) -> str:
    name, title = mark("stem"), mark("title", "xml")
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<manifest identifier="manifest-{name}" '
        f'xmlns="{_NAMESPACE}" xmlns:lomimscc="{_LOM}">\n<metadata><schema>IMS Common Cartridge</schema>'
        f"<schemaversion>1.1.0</schemaversion>\n{_about(quiz)}</metadata>\n<organizations>"
        '<organization identifier="organization" structure="rooted-hierarchy"><item identifier="root">'
        f'<item identifier="item-{name}" identifierref="{name}"><title>{title}</title></item>'
        "</item></organization></organizations>\n<resources>\n"
        f'<resource identifier="{name}" type="imsqti_xmlv1p2/imscc_xmlv1p1/assessment">'
        f'<file href="{name}.xml"/>{each(_NEEDED)}</resource>\n{each(_PICTURES)}</resources>\n</manifest>\n'
    )


def _about(quiz: Quiz) -> str:
    def said(name: str, text: str) -> str:
        return f"<lomimscc:{name}><lomimscc:string>{text}</lomimscc:string></lomimscc:{name}>"

    rights = xml(f"{', '.join(qti.authors(quiz))}. {qti.licence(quiz)}")
    return (
        f"<lomimscc:lom><lomimscc:general>{said('title', mark('title', 'xml'))}</lomimscc:general>"
        "<lomimscc:rights><lomimscc:copyrightAndOtherRestrictions><lomimscc:value>yes</lomimscc:value>"
        f"</lomimscc:copyrightAndOtherRestrictions>{said('description', rights)}</lomimscc:rights>"
        "</lomimscc:lom>"
    )


def _assessment() -> str:
    fields = {
        "cc_profile": "cc.exam.v0p1",
        "qmd_assessmenttype": "Examination",
        "qmd_scoretype": "Percentage",
        "cc_maxattempts": "unlimited",
    }
    return (
        f'{one.HEAD.format(schema=_SCHEMA)}<assessment ident="{mark("stem")}" '
        f'title="{mark("title", "xml")}">\n{one.metadata(fields)}<section ident="root_section">\n'
        f"{each()}</section>\n</assessment>\n</questestinterop>\n"
    )


def fragment(quiz: Quiz, item: Item) -> Fragment:
    """Return an item's question and its pictures."""
    made = _question(quiz, item)
    pictures = qti.pictures(quiz, item)
    fields = {"cc_profile": f"cc.{made.profile}.v0p1", "cc_weighting": mark("points")}
    if made.profile == "essay":
        fields["qmd_computerscored"] = "No"
    said = {one.GENERAL: qti.after(quiz, item, made.after), **dict(made.feedback)}
    prompt = _FOREIGN.sub(lambda sign: f"&amp;#{ord(sign[0])};", _inert(one.prompt(quiz, item, made.text)))
    asked = f"{prompt}\n{made.asked}"
    question = one.question(quiz, item, fields, asked, made.conditions, said)
    names = (path.rpartition("/")[2] for path in pictures)
    return Fragment(
        slots={
            "": _inert(question),
            _PICTURES: "".join(map(one.resource, pictures)),
            _NEEDED: "".join(f'<dependency identifierref="{name}"/>' for name in names),
        },
        files=pictures,
        losses=(*made.losses, *_replaced(quiz, item)),
    )


def _inert(xml_: str) -> str:
    for sign, other in _SIGNS.items():
        xml_ = xml_.replace(sign, other)
    return xml_


def _replaced(quiz: Quiz, item: Item) -> Iterator[Loss]:
    stimulus = quiz.stimulus(item)
    shown = "".join(map(quiz.plain, (*texts(item), *texts(stimulus)))) + ((stimulus and stimulus.code) or "")
    if any(sign in shown for sign in "<>&"):
        yield Loss(item.uid, Feature.MARKUP, "loss.signs-replaced")


def _question(quiz: Quiz, item: Item) -> _Question:
    asked = item.interaction
    match asked:
        case ChoiceInteraction(multiple=True):
            return _several(quiz, item, asked)
        case ChoiceInteraction():
            return _choice(quiz, asked)
        case TextInteraction():
            return _text(quiz, item, asked)
        case NumericInteraction():
            return _numeric(quiz, item, asked)
        case FreeInteraction():
            grid = qti.grid(quiz, asked)
            return _Question(profile="essay", asked=one.field(), conditions=one.always(), after=grid)
        case _:
            raise NotImplementedError(asked.kind)  # `losses.run` gives none of these


def _labels(quiz: Quiz, asked: ChoiceInteraction) -> list[tuple[str, str]]:
    """Return the choices as blocks: Moodle takes the bare text `0` for none."""
    texts = ((option.id, qti.paragraph(quiz.html(option.text))) for option in asked.options)
    return [(name, one.material(moodle.block(quiz, html))) for name, html in texts]


def _choice(quiz: Quiz, asked: ChoiceInteraction) -> _Question:
    """Return a question that says, and scores, each choice by a condition of its own.

    What is said goes by numbers: Canvas shows what is named `wrong` after any wrong answer.
    """
    best = max(asked.options, key=lambda option: option.credit)
    names = map(canvas.shown, canvas.names(len(asked.options)))
    said = [(name, qti.remark(quiz, option)) for name, option in zip(names, asked.options, strict=True)]
    conditions = (
        one.when(
            one.equal(option.id),
            score=one.ALL if option is best else "",
            shown=name if words else "",
        )
        for (name, words), option in zip(said, asked.options, strict=True)
        if option is best or words
    )
    return _Question(
        profile="true_false" if {option.id for option in asked.options} == _BOOLEANS else "multiple_choice",
        asked=one.choices(one.RESPONSE, _labels(quiz, asked)),
        conditions="".join(conditions),
        feedback=tuple((name, words) for name, words in said if words),
    )


def _several(quiz: Quiz, item: Item, asked: ChoiceInteraction) -> _Question:
    """Return a question that is right as a whole; Moodle gives each right choice its share."""
    tests = (
        one.equal(option.id, case=_CASE)
        if option.credit > 0
        else f"<not>{one.equal(option.id, case=_CASE)}</not>"
        for option in asked.options
    )
    after = qti.remarks(quiz, [(quiz.html(option.text), option) for option in asked.options])
    return _Question(
        profile="multiple_response",
        asked=one.choices(one.RESPONSE, _labels(quiz, asked), cardinality="Multiple"),
        conditions=one.when(f"<and>{''.join(tests)}</and>", score=one.ALL),
        after=after,
        losses=(Loss(item.uid, Feature.PARTIAL, "loss.unpunished"), *qti.later(item, after)),
    )


def _text(quiz: Quiz, item: Item, asked: TextInteraction) -> _Question:
    """Return a question whose conditions name right answers only: some readers take any other for right."""
    ways = qti.right(quiz, item, asked.answers)
    after = qti.remarks(quiz, qti.told(quiz, asked.answers))
    return _Question(
        profile="fib",
        asked=one.field(),
        conditions=one.when(_any(ways), score=one.ALL),
        after=after,
        losses=(Loss(item.uid, Ask.TEXT, "loss.typed-strictly"), *qti.later(item, after)),
    )


def _any(ways: Iterable[str]) -> str:
    """Return the tests whether one of some answers was typed."""
    return "".join(one.equal(way) + (one.equal(_ZERO) if way == "0" else "") for way in ways)


def _numeric(quiz: Quiz, item: Item, asked: NumericInteraction) -> _Question:
    right = [answer for answer in asked.answers if answer.credit >= 1 - EPSILON]
    ways = dict.fromkeys(way for answer in right for way in (number(answer.value), quiz.number(answer.value)))
    after = qti.remarks(quiz, [(xml(quiz.number(answer.value)), answer) for answer in asked.answers])
    return _Question(
        profile="fib",
        asked=one.field(),
        text=qti.entry(quiz, "export.unit", quiz.html(asked.unit)) if asked.unit else "",
        conditions=one.when(_any(ways), score=one.ALL),
        after=after,
        losses=qti.later(item, after),
    )


_COMPOSED = Composed(envelope, fragment)

EXPORTER = Exporter(
    name="cc11",
    title="Common Cartridge 1.1, for any LMS that reads cartridges",
    suffix=".imscc",
    capabilities=Capabilities(
        asks=frozenset({Ask.SINGLE, Ask.MULTIPLE, Ask.TEXT}),
        features=frozenset(Feature)
        - {Feature.HINTS, Feature.CREDIT, Feature.STRICT, Feature.DIFFICULTY, Feature.DIGITS},
        degraded={Ask.NUMERIC: "loss.numeric-as-text", Ask.FREE: "loss.free-as-essay"},
        notes={Feature.POINTS: "loss.whole-points"},
        most_points=_MOST_POINTS,
    ),
    export=exporting(_COMPOSED),
    composed=_COMPOSED,
)
