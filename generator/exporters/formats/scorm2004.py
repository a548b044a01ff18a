"""A quiz into a SCORM 2004 package (4th edition): the page of `package.py`, and how its score passes."""

from __future__ import annotations

from generator.exporters.base import Composed, Envelope, Exporter, Fragment
from generator.exporters.fragments import exporting
from generator.exporters.kits import package
from generator.exporters.quiz import Quiz
from generator.model.items import Item

SCRIPT = "scorm2004"
# What a long fill-in holds at least (RTE 4th edition, 4.1.1.7).
LONGEST = 4000

_MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="{stem}" version="1.0"
  xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3"
  xmlns:imsss="http://www.imsglobal.org/xsd/imsss" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xsi:schemaLocation="http://www.imsglobal.org/xsd/imscp_v1p1 imscp_v1p1.xsd \
http://www.adlnet.org/xsd/adlcp_v1p3 adlcp_v1p3.xsd http://www.imsglobal.org/xsd/imsss imsss_v1p0.xsd">
  <metadata>
    <schema>ADL SCORM</schema>
    <schemaversion>2004 4th Edition</schemaversion>
  </metadata>
  <organizations default="organization">
    <organization identifier="organization">
      <title>{title}</title>
      <item identifier="quiz" identifierref="page">
        <title>{title}</title>
        <imsss:sequencing>
          <imsss:objectives>
            <imsss:primaryObjective objectiveID="score" satisfiedByMeasure="true">
              <imsss:minNormalizedMeasure>{mastery:g}</imsss:minNormalizedMeasure>
            </imsss:primaryObjective>
          </imsss:objectives>
          <imsss:deliveryControls completionSetByContent="true" objectiveSetByContent="true"/>
        </imsss:sequencing>
      </item>
      <imsss:sequencing>
        <imsss:controlMode choice="true" flow="true"/>
      </imsss:sequencing>
    </organization>
  </organizations>
  <resources>
    <resource identifier="page" type="webcontent" adlcp:scormType="sco" href="{page}">
{files}
    </resource>
  </resources>
</manifest>
"""


def envelope(quiz: Quiz) -> Envelope:
    """Return the package without its questions; see the SCORM 2004 Content Aggregation Model."""
    manifest = package.described(_MANIFEST, SCRIPT, mastery=package.MASTERY)
    return package.envelope(quiz, SCRIPT, {"imsmanifest.xml": manifest})


def fragment(quiz: Quiz, item: Item) -> Fragment:
    """Return the question of an item."""
    return package.fragment(quiz, item, LONGEST)


_COMPOSED = Composed(envelope, fragment)

EXPORTER = Exporter(
    name="scorm2004",
    title="SCORM 2004 package (4th edition)",
    suffix=".zip",
    capabilities=package.CAPABILITIES,
    export=exporting(_COMPOSED, compressed=True),
)
