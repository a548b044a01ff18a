from __future__ import annotations

from typing import Any

import pytest
from importer_support import faults_of, loaded

from generator.importers import convert

_HEAD = "a.gift:"


def read(text: str) -> dict[str, Any]:
    return {name: dict(item) for name, item in convert("a.gift", text.encode()).items.items()}


def losses(text: str) -> list[str]:
    made = convert("a.gift", text.encode())
    loaded(made)
    return [str(loss) for loss in made.losses]


# From the examples that come with Moodle, and from its documentation.
EXAMPLES = """
// true/false
::Q1:: 1+1=2 {T}

::Q2:: What's between orange and green in the spectrum?
{ =yellow # right; good! ~red # wrong, it's yellow ~[plain]blue # wrong, it's yellow }

::Q3:: Two plus {=two =2} equals four.

::Q4:: Which animal eats which food? { =cat -> cat food =dog -> dog food }

::Q5:: What is a number from 1 to 5? {#3:2}

::Q6:: What is a number from 1 to 5? {#1..5}

::Q7:: When was Ulysses S. Grant born? {#
         =1822:0      # Correct! Full credit.
         =%50%1822:2  # He was born in 1822. Half credit for being close.
}

::Q8:: How are you? {}

::Q9:: What two people are entombed in Grant's tomb? {
   ~%-50%No one
   ~%50%Grant
   ~%50%Grant's wife
   ~%-50%Grant's father
   ####Both are.
}

// [id:mine] [tag:history]
Jesus' hometown was {~Jericho#Not this one. =Nazareth ~%25%Bethlehem}.
"""


def test_the_examples_of_moodle() -> None:
    made = read(EXAMPLES)
    kinds = [
        "truefalse",
        "single",
        "short",
        "match",
        "numeric",
        "numeric",
        "numeric",
        "free",
        "multiple",
        "single",
    ]
    assert [item["type"] for item in made.values()] == kinds
    assert made["q1"]["prompt"] == "1+1=2"
    assert made["q2"]["choices"] == {
        "a": {"text": "yellow", "correct": True, "feedback": "right; good!"},
        "b": {"text": "red", "feedback": "wrong, it's yellow"},
        "c": {"text": "blue", "feedback": "wrong, it's yellow"},
    }
    assert made["q3"]["prompt"] == "Two plus _____ equals four."
    assert [answer["text"] for answer in made["q3"]["answers"].values()] == ["two", "2"]
    assert made["q5"]["answers"] == {"a": {"value": 3.0, "tolerance": 2.0}}
    assert made["q6"]["answers"] == {"a": {"value": 3.0, "tolerance": 2.0}}
    assert [case.get("credit", 1) for case in made["q7"]["answers"].values()] == [1, 0.5]
    assert made["q9"]["explanation"] == "Both are."
    assert [bool(choice.get("correct")) for choice in made["q9"]["choices"].values()] == [
        False,
        True,
        True,
        False,
    ]
    assert made["mine"]["choices"]["c"] == {"text": "Bethlehem", "credit": 0.25}
    assert loaded(convert("a.gift", EXAMPLES.encode()))


@pytest.mark.parametrize("text", [EXAMPLES.replace("\n", "\r\n"), "\ufeff" + EXAMPLES, EXAMPLES.strip()])
def test_line_ends_and_marks(text: str) -> None:
    assert list(read(text)) == list(read(EXAMPLES))


def test_old_macintosh() -> None:
    assert list(read(EXAMPLES.replace("\n", "\r"))) == list(read(EXAMPLES))


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("Q {=a ~b", ["1:1: this “{” is never closed [gift-brace]"]),
        (
            "\n\nQ {\n=a\n\n~b}",
            ["3:1: this “{” is never closed [gift-brace]", "6:1: this “}” closes nothing [gift-brace]"],
        ),
        ("Q }", ["1:1: this “}” closes nothing [gift-brace]"]),
        ("Q {=a ~b}\nR {T}", ["2:1: a second “{” stands in this question [gift-brace]"]),
        ("Q {=a -> b}", ["1:1: a matching needs two pairs or more [gift-match]"]),
        ("Q {=a -> b\n=c ->\n}", ["2:1: this pair has no answer [gift-match]"]),
        ("Q {~a}", ["1:1: a choice needs two answers or more [gift-choices]"]),
        ("Q {#\n=douze\n}", ["2:1: “douze” is no number [gift-number]"]),
        ("Q {#1.2.3}", ["1:1: “1.2.3” is no number [gift-number]"]),
        ("Q {#1..}", ["1:1: “1..” is no number [gift-number]"]),
        ("Q {~%150%a =b}", ["1:1: the weight 150% is not between -100 % and 100 % [gift-weight]"]),
        ("Q {~%33,3%a =b}", ["1:1: this weight is no number [gift-weight]"]),
        ("::Q {T}", ["1:1: the name of this question has no end [gift-name]"]),
        ("", ["1:1: this file holds no question [import-empty]"]),
        ("Q\x00 {T}", ["1:1: the invisible character U+0000 is not allowed [control-character]"]),
    ],
)
def test_faults(text: str, faults: list[str]) -> None:
    assert faults_of("a.gift", text) == [_HEAD + fault for fault in faults]


def test_too_many_answers() -> None:
    found = faults_of("a.gift", "Q {" + "~a\n" * 100_000 + "=b}")
    assert found == ["a.gift:1:1: this question has more than 200 answers [import-long]"]


def test_all_faults_at_once() -> None:
    assert len(faults_of("a.gift", "Q {~a}\n\nR {#x}\n\nS }")) == 3


def test_wrong_encoding() -> None:
    found = faults_of("a.gift", b"Q {T}\n\nvid\xe9o {T}")
    assert found == ["a.gift:3:1: this file is not UTF-8: invalid continuation byte [encoding]"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("::q:: A text.", "q: description: a text that asks nothing has no item"),
        (
            "::q:: Q {=a* =b}",
            "q: answer: “a*”: “*” for any characters is not known: its answer or feedback is left out",
        ),
        (
            "::q:: Q {~%50%a ~%50%b ~c}",
            "q: weights: they become right choices minus wrong ones, over the number of right ones",
        ),
        (
            "::q:: Q {~%-100%a ~%50%b ~%50%c}",
            "q: weights: a wrong choice took all points back: it is all or nothing instead",
        ),
        ("::q:: Q {~%-10%a =b}", "q: weights: an answer that takes points away earns none instead"),
        ("::q:: Q {#=3 ~#not that}", "q: feedback: what is said to any other number is left out"),
        ("::q:: [html]<img src=x alt=plan> Q {T}", "q: question: image “plan” cannot stand in a text"),
        ("// [tag:history]\n::q:: Q {T}", "q: tags: a sheet has none: history"),
        ("::q:: Q {}", "q: rubric: a free answer needs one: “…” stands for what is to be written"),
        (
            "::q:: Q {~%100%a ~%-100%b}\n\n::r:: R {~%100%a ~%100%b}",
            "r: weights: they become right choices minus wrong ones, over the number of right ones",
        ),
    ],
)
def test_losses(text: str, told: str) -> None:
    assert any(loss.endswith(told) for loss in losses(text)), losses(text)


def test_what_a_sheet_cannot_ask_is_left_out() -> None:
    made = convert("a.gift", b"::q:: Q {~%100%a ~%100%b}\n\n::r:: R {T}")
    assert list(made.items) == ["r"]
    assert "left out: a multiple response needs at least one right choice" in str(made.losses)


def test_names_become_ids() -> None:
    text = "::Été 1:: Q {T}\n\n::Été 1:: R {T}\n\n::2 mots:: S {T}\n\n::日本:: U {T}\n\n// [id:email.x.q7.fr]\n::n:: V {T}"
    assert list(read(text)) == ["ete-1", "ete-1-2", "q-2-mots", "question", "q7"]
