"""Facts counted from a capture: they agree with what the capture itself sums up, and fill texts and answers."""

from __future__ import annotations

import re
from pathlib import Path

from helpers import read, real_course, write_course

from generator import pipeline
from generator.inline import plain
from generator.model.items import NumericInteraction
from generator.source.traces import exchanges, facts

ROOT = Path(__file__).parents[2]
CAPTURE = (ROOT / "content/traces/smtp-over-tcp.txt").read_text("utf-8")
# What the program that made the capture printed after each exchange.
SUMS = re.findall(
    r"segments C>S (\d+) dont donnees (\d+) octets (\d+) \| S>C (\d+) dont donnees (\d+) ACK purs (\d+)",
    CAPTURE,
)
COUNTED = (
    "client-segments", "client-data-segments", "client-octets",
    "server-segments", "server-data-segments", "server-pure-acks",
)  # fmt: skip
SMALL = "## échange\n    0.00 ms C>S AP  seq=1      ack=1      len=1448    data\n"


def test_counts_are_those_of_the_capture() -> None:
    found = exchanges(CAPTURE)
    assert len(SUMS) == len(found) == 5
    for (name, segments), sums in zip(found.items(), SUMS, strict=True):
        counted = facts({"x": segments})
        if any("R" in segment.flags for segment in segments):
            counted["x-server-pure-acks"] = 1  # the capture counts RST, ACK as an acknowledgement; we do not
        assert tuple(counted[f"x-{fact}"] for fact in COUNTED) == tuple(map(int, sums)), name


def test_the_message_is_what_data_delimits() -> None:
    course = real_course()
    size = 28998  # announced by SIZE; the client adds the line “.” that ends the message (RFC 5321 §4.1.1.4)
    assert course.facts["t2-body-octets"] == size + len(".\r\n")
    assert course.facts["t2-body-segments"] == 21
    assert course.facts["t2-body-ack"] == "29112"  # a word of the protocol: never grouped


def small_project(root: Path, text: str = "Il y a {x-client-octets} octets.") -> pipeline.Project:
    sheet = read("content/concepts/second.yaml").replace("Rien de plus, dit {personne}.", text)
    return write_course(
        root,
        {
            "content/traces.yaml": "file: capture.txt\nexchanges: {x: échange}\n",
            "content/capture.txt": SMALL,
            "content/concepts/second.yaml": sheet,
        },
    )


def test_a_text_shows_a_fact_as_the_locale_writes_it(tmp_path: Path) -> None:
    course = pipeline.load(small_project(tmp_path))
    text = course.concepts[1].sections[0].body[0].text
    assert text is not None
    assert plain(text, "fr") == "Il y a 1\u202f448\u00a0octets."
    assert plain(text, "en") == "Il y a 1,448 octets."


def test_a_numeric_answer_is_taken_from_a_fact(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    sheet = read("content/concepts/first.yaml")
    typed = re.search(r"value: [\d.]+", sheet)
    assert typed
    changed = sheet.replace(typed[0], "fact: x-client-octets", 1)
    (project.content / "concepts/first.yaml").write_text(changed, "utf-8")
    asked = [item.interaction for item in pipeline.load(project).items]
    values = [
        answer.value for each in asked if isinstance(each, NumericInteraction) for answer in each.answers
    ]
    assert 1448.0 in values


def test_what_is_missing_is_located(tmp_path: Path) -> None:
    project = small_project(tmp_path / "a", "Il y a {x-client-octet} octets.")
    codes = [(fault.code, fault.at.path) for fault in pipeline.inspect(project)[1]]
    assert codes == [("unknown-fact", "content/concepts/second.yaml")]
    for number, (said, code) in enumerate(
        {
            "file: ../capture.txt\nexchanges: {x: échange}\n": "no-capture",
            "file: absent.txt\nexchanges: {x: échange}\n": "no-capture",
            "file: capture.txt\nexchanges: {x: échanges}\n": "no-exchange",
        }.items()
    ):
        project = small_project(tmp_path / str(number))
        (project.content / "traces.yaml").write_text(said, "utf-8")
        found = [fault.code for fault in pipeline.inspect(project)[1]]
        assert code in found, said


def test_machine_text_quotes_facts_as_the_capture_writes_them(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    sheet = read("content/concepts/second.yaml").replace(
        "p1: Rien de plus, dit {personne}.",
        'p1: {code: "{x-s1-ms} ms  len={x-s1-octets} {x-s2-ms} {y}"}',
    )
    (project.content / "concepts/second.yaml").write_text(sheet, "utf-8")
    course, faults = pipeline.inspect(project)
    assert course is not None
    assert course.concepts[1].sections[0].body[0].code == "0.00 ms  len=1448 {x-s2-ms} {y}"
    assert [(fault.code, fault.message) for fault in faults] == [("unknown-fact", "“x-s2-ms” is no fact")]
