from __future__ import annotations

import re
from html import escape

import pytest
from exporter_support import HOSTILE, rewritten, whole

from generator.exporters.formats.aiken import EXPORTER
from generator.exporters.losses import OMITTED, run
from generator.exporters.quiz import Quiz
from generator.model.items import ChoiceInteraction, Option
from generator.text import Text

SIGNS = str.maketrans("<>&", "‹›＆")


def stored(text: str) -> list[tuple[str, list[str], int]]:
    """Return the prompt, the choices and the key of each question, as Moodle's Aiken reader finds them."""
    found = []
    prompt, choices = "", list[str]()
    for line in (line.strip() for line in text.splitlines()):
        if len(line) < 2:
            continue
        if re.match(r"[A-Z][).][ \t]?", line):
            assert prompt, "a choice follows a prompt"
            choices.append(escape(line[2:].strip(), quote=False))  # what is shown: one escape too many
        elif line.startswith("ANSWER:"):
            found.append((prompt, choices, ord(line[7:].strip()[0]) - ord("A")))
            prompt, choices = "", []
        else:
            assert not prompt, "a prompt is one line"
            prompt = line
    assert not prompt
    return found


def text_of(quiz: Quiz) -> str:
    return run(EXPORTER, quiz).files[f"{quiz.stem}.aiken.txt"].decode()


def singles(quiz: Quiz) -> list[ChoiceInteraction]:
    asked = [item.interaction for item in quiz.items]
    return [each for each in asked if isinstance(each, ChoiceInteraction) and not each.multiple]


@pytest.mark.parametrize("prefix", ["", HOSTILE, "A. ", "B) ", "E.", "ANSWER: B ", "\n\nC. ", "ANSWER:"])
def test_every_single_choice_is_stored(prefix: str) -> None:
    quiz = rewritten(whole(), lambda value: prefix + value) if prefix else whole()
    found = stored(text_of(quiz))
    assert len(found) == len(singles(quiz))
    for (_, choices, key), asked in zip(found, singles(quiz), strict=True):
        assert len(choices) == len(asked.options)
        assert asked.options[key].credit == 1
        assert choices == [quiz.plain(option.text).strip().translate(SIGNS) for option in asked.options]


def test_replaced_signs_are_told() -> None:
    def replaced(quiz: Quiz) -> set[str]:
        return {loss.item for loss in run(EXPORTER, quiz).losses if loss.why == "loss.signs-replaced"}

    assert not replaced(whole())
    hostile = rewritten(whole(), lambda value: HOSTILE + value)
    assert replaced(hostile) == {
        item.uid
        for item in hostile.items
        if isinstance(item.interaction, ChoiceInteraction) and not item.interaction.multiple
    }


def test_what_the_alphabet_cannot_name_is_left_out() -> None:
    quiz = whole()
    item = next(item for item in quiz.items if item.type == "single")
    many = tuple(Option(id=f"o{n}", text=Text(f"choix {n}"), credit=float(n == 0)) for n in range(27))
    long = item.model_copy(update={"interaction": ChoiceInteraction(options=many)})
    made = run(EXPORTER, Quiz(quiz.id, quiz.title, quiz.course, quiz.words, (long,)))
    assert not made.files
    assert (item.uid, OMITTED) in {(loss.item, loss.why) for loss in made.losses}
