from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

import pytest
from exporter_support import HOSTILE, rewritten, whole

from generator.exporters.formats.amc import EXPORTER
from generator.exporters.losses import run
from generator.exporters.quiz import Quiz
from generator.model.items import ChoiceInteraction, Item
from generator.scoring import score

NASTY = HOSTILE + "[[\\input{x}]] !a.png! [verbatim] [_ *] [/verbatim] IncludeFile: x *) "


@dataclass
class Question:
    stars: str
    lines: str
    name: str
    scoring: str
    text: str
    choices: list[tuple[str, str, str]] = field(default_factory=list)


def raw(quiz: Quiz) -> str:
    return run(EXPORTER, quiz).files[f"{quiz.stem}.txt"].decode()


def parsed(text: str) -> tuple[dict[str, str], list[Question]]:
    """Return options and questions, line by line as AMC's own filter reads them."""
    options: dict[str, str] = {}
    found: list[Question] = []
    depth = 0
    for line in text.split("\n"):
        assert "[verbatim]" not in line
        if re.match(r"\s*#", line):
            continue
        if option := re.match(r"([a-z-]+):\s*(.*)", line, re.I):
            assert not found, line
            options[option[1]] = option[2]
        elif group := re.match(r"\s*\*([()])", line):
            depth += 1 if group[1] == "(" else -1
            assert depth in (0, 1)
        elif asked := re.match(r"\s*(\*{1,2})(?:<([^>]*)>)?(?:\[([^]]*)\])?(?:\{([^}]*)\})?\s*(.*)", line):
            name = re.search(r"id=([^,]+)", asked[3])
            assert name, line
            found.append(Question(asked[1], asked[2] or "", name[1], asked[4] or "", asked[5]))
        elif choice := re.match(r"\s*([+-])(?:\[([^]]*)\])?(?:\{([^}]*)\})?\s*(.*)", line):
            found[-1].choices.append((choice[1], choice[3] or "", choice[4]))
        elif found and not depth:
            found[-1].text += f"\n{line}"
    assert depth == 0
    return options, found


def named(quiz: Quiz) -> dict[str, Question]:
    return {each.name.removeprefix("demo."): each for each in parsed(raw(quiz))[1]}


def test_header() -> None:
    options, _ = parsed(raw(whole()))
    assert options["Lang"] == "FR"
    assert options["Title"] == "Un cours d’essai"
    assert options["DefaultScoringM"] == "formula=1*(NBC-NMC)/NB,p=0"
    assert "Lang" not in parsed(raw(whole("en")))[0]


def test_names_are_unique_and_simple() -> None:
    names = [question.name for question in parsed(raw(whole()))[1]]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[A-Za-z0-9.-]+", name) for name in names)


@pytest.mark.parametrize("before", ["", NASTY, "* ", "- ", "+ ", "# ", "Title: ", "[x]{y}<z> "])
def test_every_question_can_be_marked(before: str) -> None:
    quiz = rewritten(whole(), lambda value: before + value)
    assert [each.name for each in parsed(raw(quiz))[1]] == [each.name for each in parsed(raw(whole()))[1]]
    for question in parsed(raw(quiz))[1]:
        keys = [sign for sign, _, _ in question.choices].count("+")
        assert len(question.choices) > 1
        assert keys == 1 or question.stars == "**"


@pytest.mark.parametrize("mark", ["[", "]", "!"])
def test_nothing_opens_markup(mark: str) -> None:
    quiz = rewritten(whole(), lambda value: f"{mark}{mark}_x*{mark} " + value)
    written = {"[": "[[\\lbrack{}]]", "]": "[[\\rbrack{}]]", "!": "[[!]]"}[mark]
    for question in parsed(raw(quiz))[1]:
        texts = (question.text, *(text for _, _, text in question.choices if not question.lines))
        for text in texts:
            ours = re.sub(r"\[\[(\\[lr]brack\{\}|!|\{\}|\\newline)\]\]|\[[*_|]|[*_|]\]", "", text)
            assert not set(ours) & set("[]!"), text
    assert written in raw(quiz)


def marked(item: Item, question: Question, ticked: set[int]) -> float:
    """Return what AMC's rules give for ticked boxes."""
    boxes = list(enumerate(question.choices))
    scoring = question.scoring or ("formula=1*(NBC-NMC)/NB,p=0" if question.stars == "**" else "b=1,m=0")
    rules = dict(rule.split("=") for rule in scoring.split(","))
    right = {place for place, (sign, _, _) in boxes if sign == "+"}
    if question.stars == "*":
        if len(ticked) != 1:
            return 0.0
        (place,) = ticked
        own = question.choices[place][1]
        return float(own) if own else float(rules.get("b", 1)) * (place in right)
    if "mz" in rules:
        return float(rules["mz"]) * (ticked == right)
    values = {"NBC": len(ticked & right), "NMC": len(ticked - right), "NB": len(right)}
    return max(float(rules["p"]), float(eval(rules["formula"], {}, values))) if ticked else 0.0


@pytest.mark.parametrize("points", [1.0, 2.5])
@pytest.mark.parametrize("partial", [True, False])
def test_choices_score_as_ours(points: float, partial: bool) -> None:
    changed = tuple(
        item.model_copy(update={"points": points, "partial": partial})
        for item in whole().items
        if isinstance(item.interaction, ChoiceInteraction)
    )
    quiz = Quiz(whole().id, whole().title, whole().course, whole().words, changed)
    for item, question in zip(changed, parsed(raw(quiz))[1], strict=True):
        ids = [option.id for option in item.interaction.options]
        for size in range(len(ids) + 1):
            for chosen in combinations(range(len(ids)), size):
                ours = score(item, [ids[place] for place in chosen]) * points
                assert marked(item, question, set(chosen)) == pytest.approx(ours), (item.uid, chosen)


def test_what_is_split_shares_its_points() -> None:
    items = tuple(item.model_copy(update={"points": 3.0}) for item in whole().items)
    questions = named(Quiz(whole().id, whole().title, whole().course, whole().words, items))
    shares = [each for name, each in questions.items() if name.startswith("full.categorise.fr.")]
    assert len(shares) == 4
    assert all(each.scoring == "b=0.75" for each in shares)
    assert sum(marked(items[0], each, {[c[0] for c in each.choices].index("+")}) for each in shares) == 3


def test_open_questions() -> None:
    found = named(whole())["full.free.fr"]
    assert found.lines == "lines=8"
    assert [(sign, worth) for sign, worth, _ in found.choices] == [("-", "0"), ("-", "0.5"), ("+", "1")]
    assert "\n# Bonne réponse – numéro français / numéro\n" in raw(whole())


def test_losses() -> None:
    told = {(loss.item, loss.why) for loss in run(EXPORTER, whole()).losses}
    assert ("full.order", "loss.amc-split") in told
    assert ("full.short", "loss.free-as-essay") in told


@pytest.mark.slow
@pytest.mark.parametrize("before", ["", NASTY])
def test_amc_reads_it(tmp_path: Path, before: str) -> None:
    load = ["perl", "-MAMC::Filter::plain", "-e"]
    if not shutil.which("perl") or subprocess.run([*load, "1"], capture_output=True, check=False).returncode:
        pytest.skip("auto-multiple-choice is not installed")
    quiz = rewritten(whole(), lambda value: before + value)
    source, made = tmp_path / "quiz.txt", tmp_path / "quiz.tex"
    source.write_text(raw(quiz), "utf-8")
    script = "my $f = AMC::Filter::plain->new(); $f->filter(@ARGV); print join('|', $f->errors());"
    done = subprocess.run([*load, script, source, made], capture_output=True, text=True, check=True)
    # It names the fonts that LaTeX will need, which a machine without LaTeX lacks.
    told = [line for line in done.stdout.split("|") if line and "font" not in line and "VAR:" not in line]
    assert not told
    tex = made.read_text("utf-8")
    names = re.findall(r"\\begin\{question(?:mult)?\}\{([^}]*)\}", tex)
    assert sorted(names) == sorted(each.name for each in parsed(raw(whole()))[1])
    assert "\\input" not in tex
    assert "\\includegraphics" not in tex
    assert tex.count("{") - tex.count("\\{") == tex.count("}") - tex.count("\\}")
