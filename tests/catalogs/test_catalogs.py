"""Catalogs go out and come back: PO files, merging, and courses in other locales."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from gettext import c2py
from pathlib import Path

import pytest
from helpers import read, small_course, write_course
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import pipeline
from generator.catalogs import entries, po
from generator.catalogs.messages import Message, Translations, localize, merge, messages
from generator.catalogs.renewal import Renewal
from generator.errors import FichesError
from generator.model.items import Item
from generator.model.walk import texts

brief = settings(max_examples=150)
COURSE = small_course()
TEMPLATE = messages(COURSE)
PLURALS = {
    "fr": "nplurals=2; plural=(n > 1);",
    "en": "nplurals=2; plural=(n != 1);",
    "ar": "nplurals=6; plural=("
    "n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
    "ja": "nplurals=1; plural=0;",
    "uk": "nplurals=3; plural=("
    "n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);",
    "oc": "nplurals=2; plural=(n > 1);",
    "pt_BR": "nplurals=2; plural=(n > 1);",
}
NATIVE = {"ar": "العربية", "oc": "occitan", "pt_BR": "português (Brasil)"}

VALUES = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), min_size=1, max_size=12)
LINE = st.text('ab é"\\#|~:,.', min_size=1, max_size=8).map(str.strip)
MESSAGES = st.builds(
    Message, st.sampled_from(["a", "b", "c", "d/e"]), VALUES | st.sampled_from("xyz"), VALUES | st.just(""),
    fuzzy=st.booleans(), previous=VALUES | st.just(""),
    comments=st.lists(LINE, max_size=2).map(tuple), notes=st.lists(LINE, max_size=1).map(tuple),
)  # fmt: skip


def translated(locale: str = "en") -> tuple[Message, ...]:
    return tuple(replace(message, msgstr=f"{locale}: {message.msgid}") for message in TEMPLATE)


ENGLISH = translated()


# Files


@given(st.lists(MESSAGES, max_size=4), st.lists(MESSAGES, max_size=3))
@brief
def test_what_is_written_is_read_again(current: list[Message], obsolete: list[Message]) -> None:
    text = entries.render(Message("", "", "Language: en\n"), current, obsolete)
    file = entries.parse("en.po", text)
    assert file.faults == ()
    assert (list(file.messages), list(file.obsolete)) == (current, obsolete)
    assert entries.render(file.header, file.messages, file.obsolete) == text


@given(st.text('msgidtrcx "#~|,.\\\n', max_size=60) | st.binary(max_size=20).map(repr))
@brief
def test_any_text_is_a_catalog_or_located(text: str) -> None:
    file = entries.parse("en.po", text)
    assert all(1 <= fault.at.line <= text.count("\n") + 1 for fault in file.faults)


HEADER = """\
# French messages, by hand.
# Ada, 2026.
#
msgid ""
msgstr ""
"Project-Id-Version: fiches 2\\n"
"Report-Msgid-Bugs-To: bugs@example.org\\n"
"PO-Revision-Date: 2026-02-30 99:99+0100\\n"
"Last-Translator: Ada <ada@example.org>\\n"
"Language: en\\n"
"Language-Team: none\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"X-Source-Language: fr\\n"
"X-Native-Name: English\\n"
"X-Direction: ltr\\n"
"X-Reviewed-By-Native-Speaker: yes\\n"
"X-Generator: Poedit 3\\n"
"""
BODY = """
# Is this the right word?
#. content/concepts/first.yaml
#, fuzzy
#| msgid "Un très long texte d’autrefois, plus long que soixante-seize caractères, sur sa ligne"
msgctxt "concepts/first/title"
msgid "50 % des cas"
msgstr "50 % of \\"cases\\" \\\\ \\t"

msgctxt "concepts/first/question"
msgid ""
"Un paragraphe.\\n"
"Un autre."
msgstr ""

#, fuzzy
#~| msgid "Avant"
#~ msgctxt "concepts/first/gone"
#~ msgid "Disparu"
#~ msgstr "Gone"
"""


def test_a_catalog_is_written_back_byte_for_byte(tmp_path: Path) -> None:
    path = tmp_path / "fiches.po"
    path.write_text(HEADER + BODY, "utf-8")
    current, obsolete, headers = po.load(path)
    assert po.dump(current, "fr", "en", obsolete, headers) == path.read_bytes()
    assert current[0].previous.startswith("Un très long texte")
    assert (obsolete[0].fuzzy, obsolete[0].previous) == (True, "Avant")


def test_a_catalog_from_another_tool_is_understood(tmp_path: Path) -> None:
    text = HEADER + BODY.replace('"50 % des cas"', '""\n"50 % "\n"des cas"').replace("\n\n", "\n#: a:1\n\n")
    (tmp_path / "fiches.po").write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    current, obsolete, _ = po.load(tmp_path / "fiches.po")
    assert [message.msgid for message in current] == ["50 % des cas", "Un paragraphe.\nUn autre."]
    assert obsolete[0].msgstr == "Gone"


def same_rule(one: str, other: str) -> bool:
    """Tell whether two Plural-Forms give every number the same form: Babel's releases write them in different words."""
    (forms, rule), (others, expected) = (text.rstrip(";").split("; plural=") for text in (one, other))
    form, wanted = c2py(rule), c2py(expected)
    return forms == others and all(form(n) == wanted(n) for n in range(1001))


@pytest.mark.parametrize("locale", PLURALS)
def test_the_header_of_a_new_catalog(locale: str) -> None:
    header = po.dump(TEMPLATE, "fr", locale).decode().split("\n\n")[0]
    assert f'"Language: {locale}\\n"' in header
    assert same_rule(po.plural_forms(locale), PLURALS[locale])
    assert f'"Plural-Forms: {po.plural_forms(locale)}\\n"' in header
    assert '"X-Source-Language: fr\\n"' in header
    assert "Babel" not in header
    assert '"PO-Revision-Date: 1970-01-01 00:00+0000\\n"' in header
    assert f'"X-Direction: {"rtl" if locale == "ar" else "ltr"}\\n"' in header
    assert f'"X-Native-Name: {NATIVE.get(locale, "")}' in header
    assert re.findall(r"\d{4}-\d\d", header) == ["1970-01"]


def test_the_template_has_no_locale_and_no_format_flag() -> None:
    text = po.dump(TEMPLATE, "fr").decode()
    assert "50 % des cas" in text
    assert "python-format" not in text
    assert '"Language' not in text


@pytest.mark.parametrize("locale", [None, *PLURALS])
def test_gettext_accepts_it(locale: str | None, tmp_path: Path) -> None:
    tool = shutil.which("msgfmt")
    if tool is None:
        pytest.skip("gettext’s msgfmt is not installed")
    path = tmp_path / "fiches.po"
    path.write_bytes(po.dump(translated() if locale else TEMPLATE, "fr", locale, [Message("gone", "x", "y")]))
    run = subprocess.run(
        [tool, "--check", "-o", "/dev/null", str(path)], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0
    said = run.stderr.splitlines()
    assert all("header field" in line for line in said) if locale is None else said == []


def test_what_nobody_filled_in_is_left_empty() -> None:
    given = {
        "PO-Revision-Date": "YEAR-MO-DA HO:MI+ZONE",
        "Last-Translator": "FULL NAME <EMAIL@ADDRESS>",
        "Language-Team": "LANGUAGE <LL@li.org>",
        "Content-Type": "text/plain; charset=CHARSET",
    }
    assert po.dump(TEMPLATE, "fr", "en", headers=given) == po.dump(TEMPLATE, "fr", "en")


@pytest.mark.parametrize("locale", ["gd", "nqo", "wo", "vec"])
def test_a_language_that_gettext_knows_no_rule_of_has_that_of_cldr(locale: str) -> None:
    counts = {"gd": 4, "nqo": 1, "wo": 1, "vec": 2}
    assert po.plural_forms(locale).startswith(f"nplurals={counts[locale]};")


def test_what_is_no_locale_is_said() -> None:
    assert str(po.parse_locale("pt-BR")) == "pt_BR"
    with pytest.raises(FichesError, match="CLDR"):
        po.parse_locale("klingon")


# Merging


def merged(template: list[Message], old: list[Message]) -> tuple[list[Message], list[Message]]:
    current, obsolete = merge(template, old)
    return list(current), list(obsolete)


A, B = Message("a", "Un", "One"), Message("b", "Deux", "Two", comments=("checked",))


@pytest.mark.parametrize(
    ("template", "old", "current", "obsolete"),
    [
        pytest.param([A, B], [A, B], [A, B], [], id="unchanged stays"),
        pytest.param(
            [replace(A, msgid="Un seul")], [A], [Message("a", "Un seul", "One", fuzzy=True, previous="Un")], [],
            id="changed in place is fuzzy, with what it was made from",
        ),
        pytest.param(
            [replace(A, msgid="Rien")],
            [Message("a", "Un seul", "One", fuzzy=True, previous="Un")],
            [Message("a", "Rien", "One", fuzzy=True, previous="Un")], [],
            id="changed twice remembers the first source",
        ),
        pytest.param([replace(A, context="z")], [A], [replace(A, context="z")], [], id="moved keeps"),
        pytest.param(
            [replace(A, context="b"), replace(B, context="a")], [A, B],
            [replace(A, context="b"), replace(B, context="a")], [], id="swapped keeps",
        ),
        pytest.param(
            [replace(A, msgid="Neuf"), replace(A, context="z")], [A],
            [Message("a", "Neuf"), replace(A, context="z")], [], id="a text that moved leaves nothing behind",
        ),
        pytest.param([B], [A, B], [B], [A], id="gone is obsolete"),
        pytest.param([A, B], [A, B], [A, B], [], id="obsolete revives"),
        pytest.param(
            [A], [replace(A, fuzzy=True, previous="Avant")], [replace(A, fuzzy=True, previous="Avant")], [],
            id="obsolete and fuzzy revives as fuzzy",
        ),
        pytest.param(
            [replace(A, msgid="Un seul")], [Message("a", "Vieux", "Old"), A],
            [Message("a", "Un seul", "One", fuzzy=True, previous="Un")], [Message("a", "Vieux", "Old")],
            id="the current translation comes before an obsolete one",
        ),
        pytest.param(
            [replace(A, msgstr="")], [Message("a", "Un", comments=("why?",))],
            [Message("a", "Un", comments=("why?",))], [], id="a remark without a translation stays",
        ),
    ],
)  # fmt: skip
def test_merge(
    template: list[Message], old: list[Message], current: list[Message], obsolete: list[Message]
) -> None:
    bare = [Message(message.context, message.msgid) for message in template]
    assert merged(bare, old) == (current, obsolete)


SMALL = st.builds(
    Message,
    st.sampled_from("abcd"),
    st.sampled_from("uvwx"),
    st.sampled_from(["", "1", "2"]),
    fuzzy=st.booleans(),
)
UNIQUE = st.lists(SMALL, max_size=8, unique_by=lambda message: (message.context, message.msgid))
TEMPLATES = st.lists(SMALL, max_size=4, unique_by=lambda message: message.context)


@given(TEMPLATES, UNIQUE)
@settings(max_examples=500)
def test_nothing_is_lost_and_nothing_stale_is_shown(template: list[Message], old: list[Message]) -> None:
    bare = [Message(message.context, message.msgid) for message in template]
    current, obsolete = merged(bare, old)
    assert [(message.context, message.msgid) for message in current] == [(m.context, m.msgid) for m in bare]
    before = sorted(message.msgstr for message in old if message.msgstr)
    assert sorted(message.msgstr for message in (*current, *obsolete) if message.msgstr) == before
    good = {(message.msgid, message.msgstr) for message in old if message.usable}
    assert all((message.msgid, message.msgstr) in good for message in current if message.usable)


@given(TEMPLATES, UNIQUE)
@brief
def test_merging_twice_changes_nothing(template: list[Message], old: list[Message]) -> None:
    bare = [Message(message.context, message.msgid) for message in template]
    current, obsolete = merged(bare, old)
    assert merged(bare, [*obsolete, *current])[0] == current


@pytest.mark.parametrize("msgid", ["one", "many"])
def test_merging_is_linear(msgid: str) -> None:
    """Count what is compared: fresh strings of equal value compare once each where a table is used."""

    class Counted(str):
        calls = 0
        __slots__ = ()

        def __eq__(self, other: object) -> bool:
            Counted.calls += 1
            return str.__eq__(self, other) if isinstance(other, str) else False

        __hash__ = str.__hash__

    def calls(size: int) -> int:
        same = "Le même texte" if msgid == "one" else ""
        old = [Message(Counted(f"c{n}"), Counted(same or f"t{n}"), "x") for n in range(size)]
        new = [Message(Counted(f"d{n}"), Counted(same or f"t{n}")) for n in range(size)]
        Counted.calls = 0
        assert all(message.msgstr for message in merge(new, old)[0])
        return Counted.calls

    assert calls(6000) <= 2.2 * calls(3000)


def test_one_sentence_changes_one_message_and_nothing_else(tmp_path: Path) -> None:
    before = Renewal(COURSE, TEMPLATE, ENGLISH).catalog("es", translated("es"))[1].decode()
    sheet = read("content/concepts/first.yaml").replace("Le serveur est arrêté.", "Le serveur est éteint.")
    course = pipeline.load(write_course(tmp_path, {"content/concepts/first.yaml": sheet}))
    _, data = Renewal(course, messages(course), ENGLISH).catalog("es", translated("es"))
    after = data.decode()
    old, new = before.split("\n\n"), after.split("\n\n")
    changed = [(one, two) for one, two in zip(old, new, strict=True) if one != two]
    assert changed == [
        (
            "#. Sheet first, document case: text\n#. page: /es/concepts/first/#quiz\n"
            "#. en: en: Le serveur est arrêté.\n"
            'msgctxt "concepts/first/stimuli/case/text"\n'
            'msgid "Le serveur est arrêté."\nmsgstr "es: Le serveur est arrêté."',
            "#. Sheet first, document case: text\n#. page: /es/concepts/first/#quiz\n"
            "#. en (of the former text): en: Le serveur est arrêté.\n"
            '#, fuzzy\n#| msgid "Le serveur est arrêté."\n'
            'msgctxt "concepts/first/stimuli/case/text"\n'
            'msgid "Le serveur est éteint."\nmsgstr "es: Le serveur est arrêté."',
        )
    ]


# Localizing


def catalog(found: tuple[Message, ...]) -> dict[str, Message]:
    return {message.context: message for message in found}


def test_the_identity_catalog_changes_no_value() -> None:
    same = tuple(replace(message, msgstr=message.msgid) for message in TEMPLATE)
    course = localize(COURSE, Translations((("en", catalog(same)),), "fr"))
    assert [text.value for text in texts(course)] == [text.value for text in texts(COURSE)]
    assert course.model_copy(update={"locale": "fr"}).model_dump_json() == COURSE.model_dump_json()
    assert {text.locale for text in texts(course)} == {"en"}


def test_a_translation_changes_words_and_nothing_else() -> None:
    course = localize(COURSE, Translations((("en", catalog(translated())),), "fr"))
    assert all(text.value.startswith("en: ") for text in texts(course))

    def bones(item: Item) -> object:
        blank = {"en: ": ""}
        text = item.model_dump_json()
        return "".join(text.replace(old, new) for old, new in blank.items())

    assert [bones(item) for item in course.items] == [item.model_dump_json() for item in COURSE.items]
    assert [item.uid for item in course.items] == [item.uid for item in COURSE.items]


def test_what_is_missing_is_shown_in_the_source_locale() -> None:
    some = tuple(message for message in translated() if message.context != "concepts/first/title")
    fuzzy = tuple(replace(m, fuzzy=m.context == "concepts/second/title") for m in some)
    stale = tuple(replace(m, msgid="x") if m.context == "concepts/first/question" else m for m in fuzzy)
    course = localize(COURSE, Translations((("en", catalog(stale)),), "fr"))
    first, second = course.concepts
    shown = [
        (text.value, text.locale) for text in (first.title, first.question, second.title, second.question)
    ]
    assert shown == [
        ("La première fiche", "fr"),
        ("Comment un message avance-t-il ?", "fr"),
        ("La seconde fiche", "fr"),
        ("en: Et ensuite ?", "en"),
    ]


def test_a_region_falls_back_to_its_language(tmp_path: Path) -> None:
    only = tuple(message for message in translated("pt_BR") if message.context == "concepts/first/title")
    files = {
        "locales/pt_BR/LC_MESSAGES/fiches.po": po.dump(only, "fr", "pt_BR"),
        "locales/pt/LC_MESSAGES/fiches.po": po.dump(translated("pt"), "fr", "pt"),
    }
    project = write_course(tmp_path, files)
    edition = pipeline.edition(project, pipeline.load(project), "pt_BR")
    assert edition.locale == "pt_BR"
    first = edition.course.concepts[0]
    assert (first.title.locale, first.question.locale) == ("pt_BR", "pt")


def test_every_text_has_a_context_of_ids() -> None:
    contexts = [text.context for text in texts(COURSE)]
    assert all(contexts)
    assert len({message.context for message in TEMPLATE}) == len(TEMPLATE)
    own = {message.context: message.msgid for message in TEMPLATE}
    assert all(own[text.context] == text.value for text in texts(COURSE))
