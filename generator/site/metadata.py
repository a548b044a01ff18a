"""What machines are told about a page: schema.org descriptions, and how much of it is translated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.inline import Inline
from generator.model.course import Concept
from generator.model.walk import texts
from generator.site.view import CONCEPT, Site

_SCHEMA = "https://schema.org"


def partial(site: Site, value: object) -> bool:
    """Return whether some text of `value` is shown in another locale than the site's."""
    return any(text.locale not in ("", site.locale) for text in texts(value))


def course(site: Site) -> tuple[Mapping[str, Any], ...]:
    """Return the description of the whole course."""
    inline = Inline(site.locale)
    return (
        _clean(
            {
                "@context": _SCHEMA,
                "@type": "Course",
                "name": inline.plain(site.course.title),
                "description": inline.plain(site.course.description),
                "url": site.absolute(""),
                "inLanguage": site.tag,
                "provider": [{"@type": "Organization", "name": name} for name in site.course.authors],
                "license": site.course.licence.url,
                "isAccessibleForFree": True,
                "hasPart": [
                    _clean(
                        {
                            "@type": "LearningResource",
                            "name": site.titles[concept.id],
                            "url": site.absolute(CONCEPT.format(id=concept.id)),
                        }
                    )
                    for concept in site.course.concepts
                ],
            }
        ),
    )


def concept(site: Site, sheet: Concept) -> tuple[Mapping[str, Any], ...]:
    """Return the descriptions of a sheet and of its quiz."""
    inline = Inline(site.locale)
    url = site.absolute(CONCEPT.format(id=sheet.id))
    common = {
        "@context": _SCHEMA,
        "inLanguage": site.tag,
        "license": site.course.licence.url,
        "author": [{"@type": "Organization", "name": name} for name in site.course.authors],
        "isAccessibleForFree": True,
    }
    teaches = [
        {"@type": "DefinedTerm", "name": inline.plain(objective.text)} for objective in sheet.objectives
    ]
    levels = [inline.plain(level.text) for level in site.course.levels if level.id in sheet.levels]
    cited = sorted({citation.source for claim in sheet.claims for citation in claim.sources})
    lesson = common | {
        "@type": "LearningResource",
        "name": inline.plain(sheet.title),
        "description": inline.plain(sheet.summary),
        "url": url,
        "learningResourceType": "lesson",
        "educationalLevel": levels,
        "timeRequired": f"PT{sheet.minutes}M",
        "teaches": teaches,
        "isBasedOn": [link for key in cited if (link := site.course.source[key].url)],
        "isPartOf": _clean(
            {"@type": "Course", "name": inline.plain(site.course.title), "url": site.absolute("")}
        ),
        "accessMode": ["textual", "visual"],
        "accessModeSufficient": {"@type": "ItemList", "itemListElement": ["textual"]},
    }
    if not sheet.items:
        return (_clean(lesson),)
    quiz = common | {
        "@type": "Quiz",
        "name": inline.plain(sheet.title),
        "url": f"{url}#quiz" if url else "",
        "learningResourceType": "quiz",
        "assesses": teaches,
        "hasPart": [{"@type": "Question", "name": inline.plain(item.prompt)} for item in sheet.items],
    }
    return (_clean(lesson), _clean(quiz))


def _clean(data: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is not known."""
    return {name: value for name, value in data.items() if value not in ("", [], None)}
