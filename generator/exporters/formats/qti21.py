"""A quiz into a package of QTI 2.1: items with a score from 0 to 1, and a test that weighs them."""

from __future__ import annotations

from functools import partial

from generator.exporters.base import Composed, Exporter
from generator.exporters.fragments import exporting
from generator.exporters.kits import qti_package


def spelled(elements: str) -> str:
    """Return elements as this version knows them: without the direction of a text."""
    return elements.replace(' dir="ltr"', "").replace(' dir="rtl"', "")


VERSION = qti_package.Version(
    schema="QTIv2.1 Package",
    number="1.0.0",
    manifest="http://www.imsglobal.org/xsd/imscp_v1p1",
    metadata="http://www.imsglobal.org/xsd/imsqti_metadata_v2p1",
    items="http://www.imsglobal.org/xsd/imsqti_v2p1",
    schemas="http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd",
    item_type="imsqti_item_xmlv2p1",
    test_type="imsqti_test_xmlv2p1",
    spelling=spelled,
)

_COMPOSED = Composed(partial(qti_package.envelope, VERSION), partial(qti_package.fragment, VERSION))

EXPORTER = Exporter(
    name="qti21",
    title="QTI 2.1, for TAO, OpenOlat, Blackboard, Inspera",
    suffix=".zip",
    capabilities=qti_package.CAPABILITIES,
    export=exporting(_COMPOSED),
    composed=_COMPOSED,
)
