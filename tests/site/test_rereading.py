from __future__ import annotations

import json

import pytest
from site_support import Built

from generator.site.rereading import _sentences


@pytest.mark.parametrize(
    "parts",
    [
        ["Un. ", "Deux&#160;? ", "Trois"],
        ["<em>Un. Deux.</em> ", "<b>Trois</b>. ", "<i>Quatre.</i>"],
        ['<a title="A. B.">Un</a>. ', "Deux."],
        ["Il dit «\u00a0non.\u00a0» ", "Puis…\u00a0rien."],
        ["一つ。", "二つ。"],
        ['<span lang="fr">Un. Deux.</span>'],
    ],
)
def test_sentences(parts: list[str]) -> None:
    assert list(_sentences("".join(parts))) == parts


def test_each_item_that_names_its_claims_leads_there_and_back(site: Built) -> None:
    seen = 0
    for page in site.pages:
        for link in page.tree.xpath("//p[@class = 'fi-reread']/a"):
            (form,) = link.xpath("ancestor::form/@id")
            back = page.tree.get_element_by_id(link.get("href")[1:])
            assert back.get("href") == f"#{form}", page.path
            said = page.tree.get_element_by_id(back.get("aria-describedby"))
            assert said.text_content().strip(), page.path
            seen += 1
    assert seen == sum(bool(item.claims) for item in site.course.items) * len(site.locales)


def test_ways_back_are_not_found_by_a_search(site: Built) -> None:
    index = json.loads((site.root / "search/search_index.json").read_text("utf-8"))
    labels = {
        link.text_content() for page in site.pages for link in page.tree.xpath("//a[@class = 'fi-back']")
    }
    assert labels
    assert not [
        entry["location"] for entry in index["docs"] if any(label in entry["text"] for label in labels)
    ]
