"""The elements of QTI 2.1 that declare a response and turn it into a score: strings of XML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from generator.exporters.fragments import xml
from generator.scoring import EPSILON

RESPONSE = "RESPONSE"


def response(
    name: str, kind: str, correct: Iterable[str], shares: Mapping[str, float], cardinality: str = "single"
) -> str:
    """Return the declaration of a response variable, of which `shares` says what each value earns."""
    values = "".join(f"<value>{xml(value)}</value>" for value in correct)
    case = ' caseSensitive="false"' if kind == "string" else ""
    entries = "".join(
        f'<mapEntry mapKey="{xml(value)}" mappedValue="{share!r}"{case}/>' for value, share in shares.items()
    )
    bounds = 'lowerBound="0" upperBound="1" defaultValue="0"'
    return (
        f'<responseDeclaration identifier="{name}" cardinality="{cardinality}" baseType="{kind}">'
        f"{values and f'<correctResponse>{values}</correctResponse>'}"
        f"{entries and f'<mapping {bounds}>{entries}</mapping>'}</responseDeclaration>"
    )


def outcome(name: str, cardinality: str = "single") -> str:
    """Return the declaration of what says which feedback is shown."""
    return f'<outcomeDeclaration identifier="{name}" cardinality="{cardinality}" baseType="identifier"/>'


def modal(name: str, value: str, html: str) -> str:
    """Return the feedback that is shown while the outcome `name` is, or holds, `value`."""
    shown = f'outcomeIdentifier="{name}" identifier="{value}" showHide="show"'
    return f"<modalFeedback {shown}>{html}</modalFeedback>"


def variable(name: str) -> str:
    """Return the value of a variable."""
    return f'<variable identifier="{name}"/>'


def value(kind: str, text: str) -> str:
    """Return a value that stands there."""
    return f'<baseValue baseType="{kind}">{xml(text)}</baseValue>'


def share(points: float) -> str:
    """Return a part of the score."""
    return value("float", repr(float(points)))


def put(name: str, expression: str) -> str:
    """Return the rule that gives an outcome its value."""
    return f'<setOutcomeValue identifier="{name}">{expression}</setOutcomeValue>'


def say(name: str, text: str) -> str:
    """Return the rule that shows a feedback."""
    return put(name, value("identifier", text))


def add(expression: str) -> str:
    """Return the rule that adds to the score."""
    return put("SCORE", f"<sum>{variable('SCORE')}{expression}</sum>")


def shared(count: int) -> str:
    """Return the rule that divides the score by the number of things that added to it."""
    return put("SCORE", f"<divide>{variable('SCORE')}{share(count)}</divide>")


def when(test: str, then: str, *others: str) -> str:
    """Return the rules that follow from a test; of `others`, tests with theirs, the first true one wins."""
    rest = "".join(f"<responseElseIf>{other}</responseElseIf>" for other in others)
    return f"<responseCondition><responseIf>{test}{then}</responseIf>{rest}</responseCondition>"


def given(name: str, then: str) -> str:
    """Return the rules that hold if there is a response; many a player fails on a comparison with none."""
    return when(f"<not><isNull>{variable(name)}</isNull></not>", then)


def mapped(name: str, then: str = "") -> str:
    """Return the rule that adds what the mapping of a response says."""
    return given(name, add(f'<mapResponse identifier="{name}"/>') + then)


def same(name: str, text: str) -> str:
    """Return the test whether a text was typed, in any case."""
    return f'<stringMatch caseSensitive="false">{variable(name)}{value("string", text)}</stringMatch>'


def between(name: str, low: str, high: str) -> str:
    """Return the test whether a number was typed that lies there; not every player knows `toleranceMode`."""
    least, most = value("float", low), value("float", high)
    return f"<and><gte>{variable(name)}{least}</gte><lte>{variable(name)}{most}</lte></and>"


def placed(name: str, place: int, text: str) -> str:
    """Return the test whether an element of an ordered response stands where it should."""
    return f'<match><index n="{place}">{variable(name)}</index>{value("identifier", text)}</match>'


NOTHING = put("SCORE", share(0))
# What `partial: false` means: less than all is nothing, with the margin that the scoring itself has.
STRICT = when(f"<lt>{variable('SCORE')}{share(1 - EPSILON)}</lt>", NOTHING)
