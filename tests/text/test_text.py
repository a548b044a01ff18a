"""Texts as readers see them: typography, inline markup, and the words of another locale."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, ClassVar

import pytest
import yaml
from helpers import real_course
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.inline import Inline, Link, direction, plain, references, tag, tokens
from generator.model.walk import texts
from generator.text import Text
from generator.typography import NBSP, NNBSP, typeset

HERE = Path(__file__).parent
TYPED = yaml.safe_load((HERE / "typography.yaml").read_text("utf-8"))
MARKED = yaml.safe_load((HERE / "inline.yaml").read_text("utf-8"))
PIECES = st.sampled_from([
    "*", "**", "`", "[", "](", ")", "[^", "]", "++", "\\", "<b>", "&amp;", '"', "term:x",
    "https://a", "javascript:",
    "\n", " ", "!", ":", "« ", " »", "'", "...", "12 345", "é", "\u00a0", "{x}",
])  # fmt: skip
MARKUP = st.lists(PIECES, max_size=14).map("".join)


def spaced(text: str) -> str:
    return text.replace("_", NBSP).replace("‗", NNBSP)


def resolve(scheme: str, target: str) -> Link | None:
    return None if target == "nowhere" else Link(f"#{scheme}-{target}", "N", "T")


@pytest.mark.parametrize(
    ("locale", "typed", "shown"),
    [(locale, *case) for locale, cases in TYPED.items() for case in cases.items()],
)
def test_typography(locale: str, typed: str, shown: str) -> None:
    assert typeset(typed, locale) == spaced(shown)


@pytest.mark.parametrize("case", MARKED, ids=lambda case: case["text"])
def test_inline(case: dict[str, Any]) -> None:
    text, inline = Text(case["text"]), Inline("fr", resolve)
    assert str(inline.html(text)) == case["html"].replace("‗", NNBSP)
    assert inline.plain(text) == case.get("plain", case["text"]).replace("‗", NNBSP)


@given(MARKUP, st.sampled_from(["fr", "en", "ar"]))
@settings(max_examples=300)
def test_typesetting_twice_changes_nothing_more(text: str, locale: str) -> None:
    once = typeset(text, locale)
    assert typeset(once, locale) == once
    assert _bare(once) == _bare(text)


def _bare(text: str) -> str:
    """Return the characters that typography may not change."""
    return re.sub(r"[ \u00a0\u202f]+", "", text).replace("’", "'").replace("…", "...")


class Tags(HTMLParser):
    """Checks that tags nest and that each is of the allow-list."""

    allowed: ClassVar[dict[str, set[str]]] = {
        "em": set(), "strong": set(), "code": {"dir"}, "kbd": {"dir"}, "sup": {"class"},
        "a": {"href", "title", "rel", "class"}, "span": {"lang", "dir"},
    }  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert {name for name, _ in attrs} <= self.allowed[tag]
        href = dict(attrs).get("href") or "#"
        assert href.startswith(("#", "https://")), href
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@given(MARKUP, st.sampled_from(["", "fr", "ar"]), st.sampled_from(["fr", "ar"]))
@settings(max_examples=300)
def test_any_text_becomes_safe_html(value: str, theirs: str, locale: str) -> None:
    text = Text(value, locale=theirs)
    parser = Tags()
    parser.feed(str(Inline(locale, resolve).html(text)))
    parser.close()
    assert parser.open == []
    assert plain(text, locale) is not None
    assert all(isinstance(target, str) for _, target in references(text))


@pytest.mark.parametrize(
    "piece", ["[", "[^", "*", "`", "++", "*a ", "[a](", "_*", "\\", "![[](", "**a", "++a"]
)
def test_a_hostile_text_costs_little(piece: str) -> None:
    calls = [len(tokens(piece * size)) for size in (10, 2000)]
    assert calls[1] <= 2000 * 4 + 4


def test_words_of_another_locale_say_so() -> None:
    french = Text("Oui ! *Un* `250`", locale="fr")
    assert Inline("ar").html(french) == (
        f'<span lang="fr" dir="ltr">Oui{NNBSP}! <em>Un</em> <code dir="ltr">250</code></span>'
    )
    assert Inline("fr").html(french) == f"Oui{NNBSP}! <em>Un</em> <code>250</code>"
    arabic = Text("نعم", locale="ar")
    assert Inline("en").html(arabic) == '<span lang="ar" dir="rtl">نعم</span>'
    brazilian = Text("sim", locale="pt_BR")
    assert Inline("en").html(brazilian) == '<span lang="pt-BR" dir="ltr">sim</span>'


def test_code_and_keys_read_from_the_left_everywhere() -> None:
    arabic = Text("اكتب `DATA` ثم ++Ctrl+C++", locale="ar")
    assert Inline("ar").html(arabic) == 'اكتب <code dir="ltr">DATA</code> ثم <kbd dir="ltr">Ctrl+C</kbd>'


def test_typography_follows_the_locale_of_the_words() -> None:
    assert plain(Text("Oui ?", locale="fr"), "en") == f"Oui{NNBSP}?"
    assert plain(Text("Yes ?", locale="en"), "fr") == "Yes ?"
    assert plain(Text("`a : b` : c"), "fr") == f"a : b{NBSP}: c"


def test_placeholders_are_filled_when_shown() -> None:
    text = Text("Score : {score} / {total}").format(score=1)
    assert str(text) == "Score : 1 / {total}"
    assert str(text.format(total=2)) == "Score : 1 / 2"


def test_references_are_found_without_being_shown() -> None:
    text = Text("[a](term:x) [^c1] [b](https://c.example) `[d](term:no)` [e](javascript:f)")
    assert list(references(text)) == [
        ("term", "x"), ("claim", "c1"), ("https", "//c.example"), ("javascript", "f"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("locale", "shown"), [("fr", "ltr"), ("ar", "rtl"), ("he", "rtl"), ("pt_BR", "ltr"), ("fa", "rtl")]
)
def test_direction(locale: str, shown: str) -> None:
    assert direction(locale) == shown
    assert "_" not in tag(locale)


def test_no_line_of_the_course_can_begin_with_a_sign() -> None:
    """In French a plain space before a sign, or inside guillemets, would let a line break there."""
    course = real_course()
    loose = re.compile(r" [;!?»](?!\))|« | :(?=\s|$)")
    shown = (plain(text, "fr") for text in texts(course))
    assert [words for words in shown if loose.search(words)] == []
