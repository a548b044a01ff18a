"""A quiz into a SCORM 1.2 package: one page of the site's own player, and a manifest at the zip's root."""

from __future__ import annotations

from generator.exporters.base import Composed, Envelope, Exporter, Fragment
from generator.exporters.fragments import exporting
from generator.exporters.kits import package
from generator.exporters.quiz import Quiz
from generator.model.items import Item

SCRIPT = "scorm12"
# What a CMIFeedback holds (RTE 1.2, 3.4.7).
LONGEST = 255

_MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="{stem}" version="1.0"
  xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xsi:schemaLocation="http://www.imsproject.org/xsd/imscp_rootv1p1p2 imscp_rootv1p1p2.xsd \
http://www.adlnet.org/xsd/adlcp_rootv1p2 adlcp_rootv1p2.xsd">
  <metadata>
    <schema>ADL SCORM</schema>
    <schemaversion>1.2</schemaversion>
  </metadata>
  <organizations default="organization">
    <organization identifier="organization">
      <title>{title}</title>
      <item identifier="quiz" identifierref="page">
        <title>{title}</title>
        <adlcp:masteryscore>{mastery:.0f}</adlcp:masteryscore>
      </item>
    </organization>
  </organizations>
  <resources>
    <resource identifier="page" type="webcontent" adlcp:scormtype="sco" href="{page}">
{files}
    </resource>
  </resources>
</manifest>
"""


def envelope(quiz: Quiz) -> Envelope:
    """Return the package without its questions; see the SCORM 1.2 Content Aggregation Model."""
    manifest = package.described(_MANIFEST, SCRIPT, mastery=100 * package.MASTERY)
    return package.envelope(quiz, SCRIPT, {"imsmanifest.xml": manifest})


def fragment(quiz: Quiz, item: Item) -> Fragment:
    """Return the question of an item."""
    return package.fragment(quiz, item, LONGEST)


_COMPOSED = Composed(envelope, fragment)

EXPORTER = Exporter(
    name="scorm12",
    title="SCORM 1.2 package, for any LMS",
    suffix=".zip",
    capabilities=package.CAPABILITIES,
    export=exporting(_COMPOSED),
    composed=_COMPOSED,
)
