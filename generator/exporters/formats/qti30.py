"""A quiz into a package of QTI 3.0: the items of QTI 2.1 under the names of the newer standard."""

from __future__ import annotations

import re
from functools import lru_cache, partial

from generator.exporters.base import Composed, Exporter
from generator.exporters.fragments import exporting
from generator.exporters.kits import qti_package

# A whole tag: neither a text nor an attribute's value can hold an angle bracket.
_ANY = re.compile("(<[^<>]+>)")
_TAG = re.compile(r"<(/?)([A-Za-z]+)([^<>]*)>")
_ATTRIBUTE = re.compile(r' ([a-z]+(?:[A-Z][a-z]*)+)(?==")')
_UPPER = re.compile("(?=[A-Z])")
_HTML = frozenset(
    {"a", "br", "code", "div", "em", "img", "kbd", "li", "ol", "p", "pre", "span", "strong", "sup", "ul"}
)
# Elements whose content stands in one of its own.
_WRAPPED = frozenset({"modalFeedback", "rubricBlock"})


def spelled(elements: str) -> str:
    """Return elements of QTI 2.1 as this version names them: `itemBody` is `qti-item-body`."""
    parts = _ANY.split(elements)
    parts[1::2] = map(_renamed, parts[1::2])
    return "".join(parts)


@lru_cache(maxsize=4096)
def _renamed(tag: str) -> str:
    found = _TAG.fullmatch(tag)
    if found is None or found[2] in _HTML:  # none is the heading of a file
        return tag
    slash, name, attributes = found.groups()
    spelt = _ATTRIBUTE.sub(lambda attribute: f" {_kebab(attribute[1])}", attributes)
    renamed = f"<{slash}qti-{_kebab(name)}{spelt}>"
    if name not in _WRAPPED:
        return renamed
    return f"</qti-content-body>{renamed}" if slash else f"{renamed}<qti-content-body>"


def _kebab(name: str) -> str:
    return _UPPER.sub("-", name).lower()


VERSION = qti_package.Version(
    schema="QTI Package",
    number="3.0.0",
    manifest="http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1",
    metadata="http://www.imsglobal.org/xsd/imsqti_metadata_v3p0",
    items="http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
    schemas="https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqti_asiv3p0_v1p0.xsd",
    item_type="imsqti_item_xmlv3p0",
    test_type="imsqti_test_xmlv3p0",
    spelling=spelled,
)

_COMPOSED = Composed(partial(qti_package.envelope, VERSION), partial(qti_package.fragment, VERSION))

EXPORTER = Exporter(
    name="qti30",
    title="QTI 3.0, for TAO, Citolab and newer platforms",
    suffix=".zip",
    capabilities=qti_package.CAPABILITIES,
    export=exporting(_COMPOSED, compressed=True),
)
