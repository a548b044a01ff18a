from __future__ import annotations

import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from helpers import small_course, write_course
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.catalogs import po, xliff
from generator.catalogs.messages import Message, messages
from generator.cli import cli
from generator.errors import FaultsError, FichesError

COURSE = small_course()
TEMPLATE = messages(COURSE)
TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")) | st.just("\n"), min_size=1, max_size=12
)
MESSAGE = st.builds(
    Message, st.sampled_from("abcd"), TEXT, TEXT | st.just(""), fuzzy=st.booleans(), previous=st.just("x") | st.just(""),
    comments=st.lists(st.just("mine <b>"), max_size=1).map(tuple), notes=st.lists(TEXT, max_size=2).map(tuple),
)  # fmt: skip


def states() -> tuple[Message, ...]:
    """Every third message translated, fuzzy or empty."""
    kinds = ({"msgstr": "a & <b> “c”\n"}, {"msgstr": "قديم", "fuzzy": True, "previous": "Avant"}, {})
    return tuple(replace(m, **kinds[n % 3], comments=("mine",)) for n, m in enumerate(TEMPLATE))  # type: ignore[arg-type]


@given(st.lists(MESSAGE, max_size=4, unique_by=lambda message: message.context))
@settings(max_examples=60)
def test_a_round_trip_changes_nothing(found: list[Message]) -> None:
    fit = [replace(m, fuzzy=m.fuzzy and bool(m.msgstr)) for m in found]
    try:
        data = xliff.dump(fit, "fr", "pt_BR")
    except FichesError:
        assert any(char in m.msgid + m.msgstr for m in fit for char in "\ufffe\uffff")
        return
    locale, units = xliff.load("pt.xlf", data)
    assert locale == "pt-BR"
    assert xliff.take(fit, units) == xliff.Taken(tuple(fit), 0, ())


def test_out_and_back_through_the_command_line(tmp_path: Path) -> None:
    before = po.dump(states(), "fr", "pt_BR")
    project = write_course(tmp_path, {"locales/pt_BR/LC_MESSAGES/fiches.po": before})
    where, file = ["--project", str(tmp_path)], tmp_path / "pt.xlf"
    catalog = po.catalog_path(project.locales, "pt_BR")
    run = CliRunner()
    out = run.invoke(
        cli, ["locale", "xliff", "export", "pt_BR", "--out", str(file), *where], catch_exceptions=False
    )
    assert out.exit_code == 0, out.output
    assert run.invoke(cli, ["locale", "xliff", "import", str(file), *where]).exit_code == 0
    assert catalog.read_bytes() == before
    text = file.read_text("utf-8")
    assert text.count("<trans-unit") == len(TEMPLATE)
    target = '<target state="needs-review-translation">قديم</target>'
    file.write_text(text.replace(target, '<target state="translated">novo</target>', 1), "utf-8")
    assert (
        "1 translations changed" in run.invoke(cli, ["locale", "xliff", "import", str(file), *where]).output
    )
    old, new = before.decode().split("\n\n"), catalog.read_text("utf-8").split("\n\n")
    (changed,) = [block for one, block in zip(old, new, strict=True) if one != block]
    assert changed.endswith('msgstr "novo"')
    assert "fuzzy" not in changed
    assert "#|" not in changed
    assert changed.startswith("# mine\n")


def test_what_other_tools_may_leave_is_understood() -> None:
    source = TEMPLATE[0]
    shell = (
        '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file source-language="fr" '
        'target-language="es" original="x" datatype="plaintext"><body><group>{}</group></body></file></xliff>'
    )
    unit = f'<trans-unit id="{source.context}"><source>{source.msgid}</source>{{}}</trans-unit>'

    def taken(target: str) -> Message:
        _, units = xliff.load("es.xlf", shell.format(unit.format(target)).encode("utf-16"))
        return xliff.take([source], units).messages[0]

    assert taken("<target>hola <g id='1'>todos</g></target>").msgstr == "hola todos"
    assert taken("<target>hola</target>").usable
    assert taken('<target state="final">hola</target>').usable
    assert taken('<target state="needs-translation">hola</target>').fuzzy
    assert taken("<target/>") == taken("") == source


def test_a_text_that_changed_meanwhile_is_left_aside() -> None:
    data = xliff.dump([replace(m, msgstr="x") for m in TEMPLATE[:2]], "fr", "es")
    _, units = xliff.load("es.xlf", data)
    now = [replace(TEMPLATE[0], msgid="Autre"), *TEMPLATE[2:]]
    taken = xliff.take(now, units)
    assert (list(taken.messages), taken.changed) == (now, 0)
    assert taken.refused == tuple(m.context for m in TEMPLATE[:2])


LAUGHS = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><xliff>&b;</xliff>'
FILE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xliff>&a;</xliff>'


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (LAUGHS.encode(), "DOCTYPE"),
        (FILE.encode(), "DOCTYPE"),
        (b"<xliff/>", "no XLIFF 1.2"),
        (b"<xliff", "no XML"),
        (b"", "no XML"),
        (b"\xff\xfe\x00", "no XML"),
        (b'<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2"/>', "target language"),
        (b" " * (xliff.MAX_BYTES + 1), "larger"),
    ],
)  # fmt: skip
def test_what_cannot_be_trusted_is_refused(data: bytes, told: str) -> None:
    with pytest.raises(FaultsError, match=told):
        xliff.load("x.xlf", data)


def test_what_xml_cannot_hold_is_said() -> None:
    with pytest.raises(FichesError, match="“a” holds a character"):
        xliff.dump([Message("a", "x", "\x07")], "fr", "es")


def test_another_tool_reads_it(tmp_path: Path) -> None:
    """translate-toolkit, which Weblate and Virtaal read XLIFF with."""
    tool = Path(sys.executable).with_name("xliff2po")
    (tmp_path / "es.xlf").write_bytes(xliff.dump(states(), "fr", "es"))
    subprocess.run(
        [tool, "es.xlf", "es.po", "--progress=none"], cwd=tmp_path, check=True, capture_output=True
    )
    text = (tmp_path / "es.po").read_text("utf-8")
    assert text.count("\nmsgstr ") - 1 == len({m.msgid for m in TEMPLATE})
    assert 'msgstr "قديم"' in text
    once = Counter(m.msgid for m in TEMPLATE)
    fuzzy = [
        m for m in states() if m.fuzzy and once[m.msgid] == 1 and len(m.msgid) < 60 and '"' not in m.msgid
    ]
    assert fuzzy
    assert all(f'#, fuzzy\nmsgid "{m.msgid}"\n' in text for m in fuzzy)
