"""A quiz into a cmi5 package: the page of `package.py` as the one assignable unit of a course."""

from __future__ import annotations

from generator.exporters.base import Composed, Envelope, Exporter, Fragment
from generator.exporters.fragments import exporting, xml
from generator.exporters.kits import package
from generator.exporters.quiz import Quiz
from generator.inline import tag
from generator.model.items import Item

SCRIPT = "cmi5"

# The ids are ours for ever and name no server: the same quiz is one activity, wherever it is imported.
_COURSE = """<?xml version="1.0" encoding="UTF-8"?>
<courseStructure xmlns="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd">
  <course id="urn:x-fiches:{stem}">
    <title><langstring lang="{lang}">{title}</langstring></title>
    <description><langstring lang="{lang}">{description}</langstring></description>
  </course>
  <au id="urn:x-fiches:{stem}:quiz" moveOn="CompletedOrPassed" masteryScore="{mastery:g}"
    launchMethod="AnyWindow">
    <title><langstring lang="{lang}">{title}</langstring></title>
    <description><langstring lang="{lang}">{description}</langstring></description>
    <url>{page}</url>
  </au>
</courseStructure>
"""


def envelope(quiz: Quiz) -> Envelope:
    """Return the package without its questions; see cmi5 (quartz), sections 13 and 14."""
    described = package.described(
        _COURSE,
        SCRIPT,
        mastery=package.MASTERY,
        lang=tag(quiz.locale),
        description=xml(quiz.plain(quiz.course.description)),
    )
    return package.envelope(quiz, SCRIPT, {"cmi5.xml": described})


def fragment(quiz: Quiz, item: Item) -> Fragment:
    """Return the question of an item."""
    return package.fragment(quiz, item)


_COMPOSED = Composed(envelope, fragment)

EXPORTER = Exporter(
    name="cmi5",
    title="cmi5 package, for platforms with an LRS",
    suffix=".zip",
    capabilities=package.CAPABILITIES,
    export=exporting(_COMPOSED, compressed=True),
)
