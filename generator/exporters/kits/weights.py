"""The weights that Moodle knows: any other one makes it refuse a whole file."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

# `question_bank::fraction_options_full()`, in percent; each also exists below zero.
_KNOWN: dict[float | Fraction, str] = {
    0: "0", 5: "5", 10: "10", Fraction(100, 9): "11.11111", Fraction(25, 2): "12.5",
    Fraction(100, 7): "14.28571", Fraction(50, 3): "16.66667", 20: "20", 25: "25", 30: "30",
    Fraction(100, 3): "33.33333", 40: "40", 50: "50", 60: "60", Fraction(200, 3): "66.66667", 70: "70",
    75: "75", 80: "80", Fraction(250, 3): "83.33333", 90: "90", 100: "100",
}  # fmt: skip
_CLOSE = 1e-5
_TENTHS, _TWENTIETHS = 10, 20


@cache
def percent(share: float) -> str:
    """Return the allowed weight nearest to a share of the points, in percent."""
    return _KNOWN[min(_KNOWN, key=lambda known: abs(float(known) - 100 * share))]


def exact(share: float) -> bool:
    """Tell whether Moodle knows a share."""
    return abs(float(percent(share)) / 100 - share) <= _CLOSE


def even(keys: int) -> tuple[str, ...]:
    """Return a weight for each of `keys` right choices, which together make all the points.

    They are the same up to ten keys; of more, some weigh 10 % and others 5 %.
    """
    if keys <= _TENTHS or keys >= _TWENTIETHS:
        return (percent(1 / keys),) * keys
    tenths = _TWENTIETHS - keys
    return ("10",) * tenths + ("5",) * (keys - tenths)
