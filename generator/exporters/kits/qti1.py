"""The elements of QTI 1.2 that Canvas and Common Cartridge read: strings of XML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from generator.exporters.fragments import xml
from generator.exporters.kits import moodle, qti
from generator.exporters.quiz import Quiz
from generator.inline import direction
from generator.model.items import Item

RESPONSE = "response1"
GENERAL = "general_fb"
ALL = "100"
# Where both look for the files of a package.
FILES = "$IMS-CC-FILEBASE$/"
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xsi:schemaLocation="http://www.imsglobal.org/xsd/ims_qtiasiv1p2 {schema}">\n'
)


def question(
    quiz: Quiz, item: Item, fields: Mapping[str, str], asked: str, conditions: str, said: Mapping[str, str]
) -> str:
    """Return an item: `asked` are its material and what is to be answered, `said` HTML that conditions show.

    What is `GENERAL` among the latter is shown after any response.
    """
    general = always(GENERAL) if said.get(GENERAL) else ""
    shown = "".join(feedback(name, block(quiz, words)) for name, words in said.items() if words)
    return (
        f'<item ident="{quiz.identify(item)}" title="{xml(moodle.named(quiz, item))}">\n<itemmetadata>\n'
        f"{metadata(fields)}</itemmetadata>\n<presentation>\n{asked}</presentation>\n"
        f"{_processing(general + conditions)}{shown}</item>\n"
    )


def prompt(quiz: Quiz, item: Item, rest: str = "") -> str:
    """Return what an item is about and its question, as material, with `rest` below."""
    html = qti.about(quiz, item, FILES) + qti.paragraph(quiz.html(item.prompt)) + rest
    return material(block(quiz, html))


def block(quiz: Quiz, html: str) -> str:
    """Return HTML that reads in the direction of the quiz's locale."""
    return f'<div dir="{direction(quiz.locale)}">{html}</div>'


def resource(path: str) -> str:
    """Return what a manifest says of a picture, which it names after its file."""
    name = path.rpartition("/")[2]
    return f'<resource identifier="{name}" type="webcontent" href="{path}"><file href="{path}"/></resource>\n'


def metadata(fields: Mapping[str, str]) -> str:
    """Return metadata, by the labels that the reader of a package looks for."""
    shown = (
        f"<qtimetadatafield><fieldlabel>{label}</fieldlabel><fieldentry>{entry}</fieldentry></qtimetadatafield>\n"
        for label, entry in fields.items()
    )
    return f"<qtimetadata>\n{''.join(shown)}</qtimetadata>\n"


def material(content: str) -> str:
    """Return HTML as material."""
    return f'<material><mattext texttype="text/html">{xml(content)}</mattext></material>'


def plain(text: str) -> str:
    """Return plain characters as material."""
    return f'<material><mattext texttype="text/plain">{xml(text)}</mattext></material>'


def choices(
    name: str, labels: Iterable[tuple[str, str]], before: str = "", cardinality: str = "Single"
) -> str:
    """Return something to be chosen: `labels` are the name and the material of each choice."""
    shown = "".join(f'<response_label ident="{ident}">{text}</response_label>\n' for ident, text in labels)
    return (
        f'<response_lid ident="{name}" rcardinality="{cardinality}">{before}\n'
        f"<render_choice>\n{shown}</render_choice>\n</response_lid>\n"
    )


def field(kind: str = "String") -> str:
    """Return something to be typed."""
    label = '<response_label ident="answer1" rshuffle="No"/>'
    return (
        f'<response_str ident="{RESPONSE}" rcardinality="Single">'
        f'<render_fib fibtype="{kind}">{label}</render_fib></response_str>\n'
    )


def equal(value: str, name: str = RESPONSE, case: str = "") -> str:
    """Return the test whether a response is, or holds, a value."""
    return f'<varequal respident="{name}"{case}>{xml(value)}</varequal>'


def when(test: str, *, score: str = "", shown: str = "", go_on: bool = False, action: str = "Set") -> str:
    """Return what follows from a test: a score out of 100, a feedback, and whether more tests are made."""
    points = f'<setvar action="{action}" varname="SCORE">{score}</setvar>' if score else ""
    said = f'<displayfeedback feedbacktype="Response" linkrefid="{shown}"/>' if shown else ""
    return (
        f'<respcondition continue="{"Yes" if go_on else "No"}"><conditionvar>{test}</conditionvar>'
        f"{points}{said}</respcondition>\n"
    )


def always(shown: str = "") -> str:
    """Return what follows from any response."""
    return when("<other/>", shown=shown, go_on=bool(shown))


def _processing(conditions: str) -> str:
    """Return the conditions of an item, which score it out of 100."""
    outcome = '<decvar maxvalue="100" minvalue="0" varname="SCORE" vartype="Decimal"/>'
    return f"<resprocessing>\n<outcomes>{outcome}</outcomes>\n{conditions}</resprocessing>\n"


def feedback(name: str, content: str) -> str:
    """Return HTML that a condition may show."""
    return f'<itemfeedback ident="{name}"><flow_mat>{material(content)}</flow_mat></itemfeedback>\n'
