"""French texts carry the spaces that their punctuation wants; the typesetter makes them no-break."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.checks.base import fault
from generator.errors import Fault
from generator.inline import tokens
from generator.model.course import Course
from generator.model.walk import texts

# A colon is left out: `From:` is the name of a header field.
_MISSING = re.compile(r"[^\W\d_][;!?](?=\s|$)|«\w|\w»")


def check(course: Course) -> Iterator[Fault]:
    """Yield a warning for each space that was not typed around punctuation, in a course written in French."""
    if not course.source_locale.startswith("fr"):
        return
    for text in texts(course):
        written = (token.content for token in tokens(text.value) if token.type == "text")
        found = next(filter(None, map(_MISSING.search, written)), None)
        if text.at is not None and found:
            message = f"a space is missing in “{found[0]}”"
            hint = "type one: the site makes it no-break"
            yield fault(text, "missing-space", message, hint, severity="warning")
