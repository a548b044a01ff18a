"""The rules that a whole course must keep, by name: adding one is one file and one line here."""

from generator.checks import (
    answers,
    citations,
    diagrams,
    evidence,
    facts,
    prerequisites,
    references,
    typography,
    writing,
)
from generator.checks.base import Check

CHECKS: dict[str, Check] = {
    "references": references.check,
    "citations": citations.check,
    "prerequisites": prerequisites.check,
    "diagrams": diagrams.check,
    "answers": answers.check,
    "evidence": evidence.check,
    "facts": facts.check,
    "writing": writing.check,
    "typography": typography.check,
}
