from __future__ import annotations

import base64
import re
from dataclasses import replace
from html import escape, unescape
from itertools import chain, combinations, product

import pytest
from exporter_support import HOSTILE, rewritten, whole
from helpers import real_quiz
from lxml import etree
from moodle_bank import ALLOWED, gaps, mark, matches, questions, read, words
from moodle_xml_parser.parser import parse_bytes

from generator.exporters import presenting
from generator.exporters.formats.moodle_xml import EXPORTER
from generator.exporters.kits import moodle
from generator.exporters.kits.moodle import identify
from generator.exporters.losses import run, told
from generator.exporters.multilang import multilingual
from generator.exporters.quiz import Memo, Quiz, composed
from generator.model.items import Item, Option
from generator.scoring import normalise, score
from generator.text import Text

LOCALES = ("fr", "en", "ar", "ja", "uk")
CLOSE = 1e-6


def made(quiz: Quiz) -> bytes:
    return run(EXPORTER, quiz).files[f"{quiz.stem}.xml"]


def bank(quiz: Quiz) -> dict[str, etree._Element]:
    found = questions(made(quiz))
    return {item.uid: found[identify(quiz, item)] for item in quiz.items}


def alone(item: Item) -> Quiz:
    quiz = next(quiz for quiz in (whole(), real_quiz("fr")) if item.concept in quiz.course.concept)
    return replace(quiz, items=(item,), memo=Memo())  # the item may differ from the course's


def changed(uid: str, interaction: dict[str, object], **item: object) -> Item:
    found = next(entry for entry in whole().items if entry.uid == uid)
    return found.model_copy(update={"interaction": found.interaction.model_copy(update=interaction), **item})


def lost(quiz: Quiz, item: Item) -> set[str]:
    return {loss.what for loss in run(EXPORTER, quiz).losses if loss.item == item.uid}


@pytest.mark.parametrize("quiz", [whole(), real_quiz("fr"), real_quiz("ar")], ids=["small", "fr", "ar"])
def test_a_question_for_each_item(quiz: Quiz) -> None:
    found = questions(made(quiz))
    assert list(found) == [quiz.identify(item) for item in quiz.items]
    for item, question in zip(quiz.items, found.values(), strict=True):
        assert words(question, "questiontext/text")
        assert float(words(question, "defaultgrade")) == item.points
        assert len(question.findall("hint")) == len(item.hints)
        assert {tag.findtext("text") for tag in question.find("tags")} >= set(quiz.tags(item))


@pytest.mark.parametrize("locale", LOCALES)
def test_shares_are_those_that_moodle_takes(locale: str) -> None:
    for quiz in (whole(), real_quiz(locale)):
        for uid, question in bank(quiz).items():
            shares = [answer.get("fraction") for answer in question.iterfind("answer")]
            assert {share.removeprefix("-") for share in shares} <= ALLOWED, uid
            right = [float(share) for share in shares if float(share) > 0]
            if question.findtext("single") == "false":
                assert sum(right) == pytest.approx(100, abs=1e-3), uid
            elif shares:
                assert max(right) == 100, uid


def test_names() -> None:
    for quiz in (rewritten(whole(), lambda value: HOSTILE + value), real_quiz("fr"), real_quiz("ja")):
        names = [words(question, "name/text") for question in bank(quiz).values()]
        assert all(name and len(name) <= 80 and not set(name) & set("<>\n") for name in names)


def test_images_are_there_and_named() -> None:
    seen = 0
    for question in bank(whole()).values():
        text = question.find("questiontext")
        named = re.findall(r'src="@@PLUGINFILE@@/([^"]+)" alt="([^"]+)"', words(text, "text"))
        files = {
            file.get("name"): base64.b64decode(file.text, validate=True) for file in text.iterfind("file")
        }
        assert [name for name, _ in named] == list(files)
        assert all(etree.fromstring(svg).tag == "{http://www.w3.org/2000/svg}svg" for svg in files.values())
        assert not [file for file in question.iter("file") if file.getparent() is not text]
        seen += len(files)
    assert seen >= 3


@pytest.mark.parametrize("locale", LOCALES)
def test_true_and_false_are_said_by_moodle(locale: str) -> None:
    quiz = real_quiz(locale)
    truths = [item for item in quiz.items if item.type == "truefalse"]
    found = bank(replace(quiz, items=tuple(truths)))
    for item in truths:
        question = found[item.uid]
        said = {words(answer, "text"): answer.get("fraction") for answer in question.iterfind("answer")}
        assert question.get("type") == "truefalse"
        assert said == {option.id: str(int(100 * option.credit)) for option in item.interaction.options}
        assert said.keys() == {"true", "false"}
    assert truths


def test_the_category_is_of_one_version() -> None:
    quiz = replace(whole(), label="À / l’étude & co")
    path = words(read(made(quiz))[0], "category/text")
    assert path == f"$course$/top/Un cours d’essai/À // l’étude & co (v{quiz.version})"
    assert words(read(made(whole()))[0], "category/text") != path
    changed_course = rewritten(quiz, lambda value: f"{value}!")
    assert changed_course.version not in path


def test_the_licence_is_told() -> None:
    about = words(read(made(whole()))[0], "info/text")
    assert whole().course.licence.name in about
    assert all(author in about for author in whole().course.authors)


def test_hostile_texts_add_and_hide_nothing() -> None:
    quiz = rewritten(whole(), lambda value: HOSTILE + "{1:SHORTANSWER:=x} {#1} @@ " + value)
    questions_found = bank(quiz)
    for item in (item for item in quiz.items if item.type == "cloze"):
        text = words(questions_found[item.uid], "questiontext/text")
        found = gaps(text)
        assert len(found) == len(item.interaction.gaps)
        assert not re.search(r"\{#\d+\}", text)
        for gap, wanted in zip(found, item.interaction.gaps, strict=True):
            plain = [escape(quiz.plain(option.text), quote=False) for option in wanted.options]
            if plain:
                read_back = [unescape(entry.text) for entry in gap.alternatives]
                assert read_back == [unescape(text) for text in plain]
            else:
                typed = [quiz.typed(answer).strip() for answer in wanted.answers]
                assert all(any(matches(entry.text, way) for entry in gap.alternatives) for way in typed)


def test_formulas_stay_as_typed() -> None:
    content = made(rewritten(whole(), lambda value: f"$$x$$ \\(y\\) \\[z\\] {value}")).decode()
    shown_texts = re.findall(r"<!\[CDATA\[(.*?)\]\]>", content, re.DOTALL)
    assert not [text for text in shown_texts if re.search(r"\$\$|\\[(\[]", text)]
    assert any("$$x$$ \\(y\\) \\[z\\]" in unescape(text) for text in shown_texts)


CHOICES = [item for item in (*whole().items, *real_quiz("fr").items) if item.interaction.kind == "choice"]


def _options(keys: int, wrong: int) -> tuple[Option, ...]:
    return tuple(
        Option(id=f"o{place}", text=Text(f"Choix {place}"), credit=float(place < keys))
        for place in range(keys + wrong)
    )


MADE = [
    changed("full.strict", {"options": _options(keys, wrong)}, partial=partial)
    for keys, wrong in [
        (1, 1),
        (1, 3),
        (2, 2),
        (3, 3),
        (4, 4),
        (5, 3),
        (6, 2),
        (7, 1),
        (7, 0),
        (8, 1),
        (9, 1),
        (10, 1),
    ]
    for partial in (True, False)
]


@pytest.mark.parametrize(
    "item", [*CHOICES, *MADE], ids=lambda item: f"{item.uid}-{len(item.interaction.options)}"
)
def test_choices_earn_the_same(item: Item) -> None:
    quiz = alone(item)
    question = bank(quiz)[item.uid]
    options = item.interaction.options
    names = [option.id if item.type == "truefalse" else quiz.html(option.text) for option in options]
    texts = dict(zip((option.id for option in options), names, strict=True))
    assert {answer.get("fraction").removeprefix("-") for answer in question.iterfind("answer")} <= ALLOWED
    sizes = range(len(options) + 1) if item.interaction.multiple else (1,)
    responses = chain.from_iterable(combinations(texts, size) for size in sizes)
    different = [
        ids for ids in responses
        if abs(mark(question, {texts[name] for name in ids}) - score(item, list(ids))) > CLOSE
    ]  # fmt: skip
    assert not different or "strict" in lost(quiz, item)


def test_a_share_that_moodle_lacks_is_rounded_and_told() -> None:
    options = (*_options(1, 0), Option(id="half", text=Text("Presque"), credit=0.45))
    item = changed("full.single", {"options": options})
    shares = [answer.get("fraction") for answer in bank(alone(item))[item.uid].iterfind("answer")]
    assert shares[0] == "100"
    assert shares[1] in {"40", "50"}
    assert "credit" in lost(alone(item), item)


def test_eleven_keys_still_make_a_whole() -> None:
    item = changed("full.strict", {"options": _options(11, 1)}, partial=True)
    shares = [answer.get("fraction") for answer in bank(alone(item))[item.uid].iterfind("answer")]
    assert sum(float(share) for share in shares if float(share) > 0) == 100
    assert {share.removeprefix("-") for share in shares} <= ALLOWED
    assert "partial" in lost(alone(item), item)


MATCHES = [item for item in whole().items if item.interaction.kind == "match"]


@pytest.mark.parametrize("item", MATCHES, ids=lambda item: item.uid)
def test_matches_earn_the_same(item: Item) -> None:
    asked, quiz = item.interaction, whole()
    question = bank(quiz)[item.uid]
    names = {target.id: moodle_shown(quiz.plain(target.text)) for target in asked.targets}
    sources = [source.id for source in asked.sources]
    stems = {source.id: quiz.html(source.text) for source in asked.sources}
    for chosen in product([*names, None], repeat=len(sources)):
        response = {source: name for source, name in zip(sources, chosen, strict=True) if name}
        given = {stems[source]: names[name] for source, name in response.items()}
        assert mark(question, given) == pytest.approx(score(item, response), abs=CLOSE)
    offered = {words(pair, "answer/text") for pair in question.iterfind("subquestion")}
    assert offered == set(names.values())
    assert len(question.findall("subquestion")) >= 3


def moodle_shown(text: str) -> str:
    return text.replace("&", "&#38;").replace("<", "&#60;").replace(">", "&#62;").replace("\\", "&#92;")


@pytest.mark.parametrize("uid", ["first.order", "full.order"])
def test_orders_earn_the_same(uid: str) -> None:
    quiz = whole()
    item = next(item for item in quiz.items if item.uid == uid)
    question = bank(quiz)[uid]
    names = [entry.id for entry in item.interaction.entries]
    texts = {entry.id: quiz.html(entry.text) for entry in item.interaction.entries}
    for response in product(names, repeat=len(names)):
        if len(set(response)) == len(names):
            places = {texts[name]: str(place) for place, name in enumerate(response, start=1)}
            assert mark(question, places) == pytest.approx(score(item, list(response)), abs=CLOSE)
    stems = [words(pair, "text") for pair in question.iterfind("subquestion")]
    assert list(filter(None, stems)) == [
        texts[entry.id] for entry in presenting.entries(item, item.interaction)
    ]


TYPED = [item for item in (*whole().items, *real_quiz("fr").items) if item.interaction.kind == "text"]


@pytest.mark.parametrize("item", TYPED, ids=lambda item: item.uid)
def test_typed_answers_earn_the_same(item: Item) -> None:
    quiz = alone(item)
    question = bank(quiz)[item.uid]
    for answer in item.interaction.answers:
        value = str(answer.text)
        for way in (
            value,
            value.upper(),
            value.lower(),
            f" {value} ",
            normalise(value),
            value.replace("’", "'"),
        ):
            assert mark(question, way) == pytest.approx(score(item, way), abs=CLOSE), way
    assert mark(question, "tout autre chose") == 0 == score(item, "tout autre chose")
    assert "text" in lost(quiz, item)


@pytest.mark.parametrize(
    "answer", ["*", "a*b", r"a\*b", "**", r"\*", "x\\", "2*3 = 6", "100 %", "{a}", "# ~ }", r"\} \#"]
)
def test_signs_in_typed_answers_stand_for_themselves(answer: str) -> None:
    other = answer.replace("*", "zz") + "zz"
    short = next(item for item in whole().items if item.uid == "full.short")
    typed = short.interaction.answers[0].model_copy(update={"text": Text(answer), "credit": 1.0})
    question = bank(alone(changed("full.short", {"answers": (typed,)})))["full.short"]
    assert (mark(question, answer), mark(question, other)) == (1, 0)
    gap = next(item for item in whole().items if item.uid == "full.cloze").interaction.gaps[1]
    cloze = changed(
        "full.cloze", {"text": Text("Un {verb}."), "gaps": (gap.model_copy(update={"answers": (typed,)}),)}
    )
    question = bank(alone(cloze))["full.cloze"]
    assert (mark(question, [answer]), mark(question, [other])) == (1, 0)


NUMBERS = [item for item in (*whole().items, *real_quiz("fr").items) if item.interaction.kind == "numeric"]


@pytest.mark.parametrize("item", NUMBERS, ids=lambda item: item.uid)
def test_numbers_earn_the_same(item: Item) -> None:
    quiz = alone(item)
    question = bank(quiz)[item.uid]
    steps = (0, 0.25, 0.5, 0.51, 1, -0.5, -0.51, 1000)
    for value in {answer.value + step for answer in item.interaction.answers for step in steps}:
        assert mark(question, value) == pytest.approx(score(item, f"{value:.12f}"), abs=CLOSE), value
    if item.interaction.unit:
        assert quiz.html(item.interaction.unit) in words(question, "questiontext/text")


GAPS = [item for item in (*whole().items, *real_quiz("fr").items) if item.interaction.kind == "gap"]


@pytest.mark.parametrize("item", GAPS, ids=lambda item: item.uid)
def test_gaps_earn_the_same(item: Item) -> None:
    quiz = alone(item)
    question = bank(quiz)[item.uid]
    ways = []
    for gap in item.interaction.gaps:
        if gap.options:
            ways.append([(option.id, escape(quiz.plain(option.text), quote=False)) for option in gap.options])
        else:
            ways.append([(str(a.text), str(a.text)) for a in gap.answers] + [("rien", "rien")])
    names = [gap.id for gap in item.interaction.gaps]
    for given in product(*ways):
        response = {name: ours for name, (ours, _) in zip(names, given, strict=True)}
        assert mark(question, [theirs for _, theirs in given]) == pytest.approx(
            score(item, response), abs=CLOSE
        )
    assert "points" in lost(quiz, item)  # Moodle marks a gap out of one point


def test_what_a_teacher_grades() -> None:
    quiz = whole()
    question = bank(quiz)["full.free"]
    assert question.get("type") == "essay"
    grader = unescape(words(question, "graderinfo/text"))
    assert all(
        part in grader for part in ("Nommer le relais (2)", "Nommer la file (1)", "Un relais et une file.")
    )


def test_points_of_a_quiz_composed_by_hand() -> None:
    quiz = composed(whole(), [("full.single", 4), ("first.order", None)], "Interro / 1")
    found = questions(made(quiz))
    assert [words(question, "defaultgrade") for question in found.values()] == ["4", "1"]
    assert "Interro // 1 (v" in words(read(made(quiz))[0], "category/text")


def test_an_id_number_fits() -> None:
    item = next(iter(whole().items)).model_copy(update={"uid": f"first.{'long-' * 30}end"})
    assert len(identify(whole(), item)) == 100
    other = item.model_copy(update={"uid": f"{item.uid}-too"})
    assert identify(whole(), item) != identify(whole(), other)


def test_two_languages_in_one_file() -> None:
    english = rewritten(whole("en"), lambda value: f"EN {value}")
    quiz = multilingual([whole(), english])
    found = bank(quiz)
    single = bank(whole())
    path = words(read(made(quiz))[0], "category/text")
    assert path.endswith(f"(v{quiz.version}-en-{english.version})")
    for item in quiz.items:
        text = words(found[item.uid], "questiontext/text")
        assert "EN " in text
        assert len(gaps(text)) == len(gaps(words(single[item.uid], "questiontext/text")))
        for spans in re.findall(r"(?:<span [^>]*>.*?</span>\s*)+", text):
            assert re.findall('lang="([^"]+)" class="multilang"', spans) in (["fr", "en"], [])
    assert mark(found["full.short"], "numéro français") == 1
    assert mark(found["full.short"], "EN numéro français") == 1
    assert "Courrier / EN Courrier" in {
        words(pair, "answer/text") for pair in found["full.categorise"].iterfind("subquestion")
    }
    assert "gap" in lost(quiz, next(item for item in quiz.items if item.uid == "full.cloze"))


def matching(quiz: Quiz, *targets: Text) -> Quiz:
    """Return a quiz of one matching: a source for each target."""
    item = next(entry for entry in quiz.items if entry.uid == "full.categorise")
    model, source = item.interaction.targets[0], item.interaction.sources[0]
    asked = {
        "targets": tuple(model.model_copy(update={"id": f"t{n}", "text": t}) for n, t in enumerate(targets)),
        "sources": tuple(
            source.model_copy(update={"id": f"s{n}", "target": f"t{n}"}) for n, _ in enumerate(targets)
        ),
    }
    made_of = item.model_copy(update={"interaction": item.interaction.model_copy(update=asked)})
    return replace(quiz, items=(made_of,), memo=Memo())


def targets_of(quiz: Quiz) -> list[str]:
    question = bank(quiz)["full.categorise"]
    return [words(pair, "answer/text") for pair in question.iterfind("subquestion")]


@pytest.mark.parametrize(("size", "reason"), [(20, ""), (200, "loss.first-language"), (260, "loss.text-cut")])
def test_a_target_has_room(size: int, reason: str) -> None:
    """Moodle's database has room for 255 characters, and a longer target ends the import of the whole file."""
    texts = [Text(sign * size, context=sign) for sign in "ab"]
    quiz = matching(whole(), *texts)
    other = matching(whole("en"), *(replace(text, value=text.value.upper()) for text in texts))
    both = multilingual([quiz, other])
    assert all(len(target) <= 255 for target in (*targets_of(quiz), *targets_of(both)))
    assert len(set(targets_of(both))) == 2
    told_of = {loss.why for loss in run(EXPORTER, both).losses} & {"loss.first-language", "loss.text-cut"}
    assert told_of == ({reason} if reason else set())


def test_targets_that_php_takes_for_one_number() -> None:
    """Moodle looks for a target by `==`, and to PHP `01` is `1`, and `1.10` is `1.1`."""
    numbers = ["1", "01", "1.10", "1.1", "1e0", "0", "-0", "+25", "25"]
    found = targets_of(matching(whole(), *map(Text, numbers)))
    assert sorted(target.rstrip("\u200b") for target in found) == sorted(numbers)
    assert {target for target in found if "\u200b" not in target} == {"1", "1.1", "0", "25"}


def test_right_to_left() -> None:
    question = next(iter(bank(real_quiz("ar")).values()))
    assert words(question, "questiontext/text").startswith('<div dir="rtl">')
    assert '<div dir="rtl">' not in words(next(iter(bank(real_quiz("fr")).values())), "questiontext/text")


def test_losses_are_told_in_words() -> None:
    quiz = real_quiz("fr")
    for loss in run(EXPORTER, quiz).losses:
        assert loss.why in quiz.words
        assert "{" not in told(quiz, loss).why


def test_another_reader_finds_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    quiz = real_quiz("fr")
    found = parse_bytes(made(quiz))
    choices = [i for i in quiz.items if i.interaction.kind == "choice" and i.type != "truefalse"]
    clozes = [item for item in quiz.items if item.interaction.kind == "gap"]
    assert not capsys.readouterr().out  # it prints what it cannot read
    assert [question.single for question in found["multichoice"]] == [
        not i.interaction.multiple for i in choices
    ]
    assert [len(q.options) for q in found["multichoice"]] == [len(i.interaction.options) for i in choices]
    asked = [gap for item in clozes for gap in item.interaction.gaps]
    read_back = [gap for question in found["cloze"] for gap in question.gaps]
    for gap, wanted in zip(read_back, asked, strict=True):
        if wanted.options:
            assert [entry.answer for entry in gap.options] == [quiz.plain(o.text) for o in wanted.options]
            assert [entry.score for entry in gap.options] == [
                100 * option.credit for option in wanted.options
            ]


def test_a_name_ends_at_a_word() -> None:
    item = changed("full.single", {}, prompt=Text("Un mot " * 40))
    name = moodle.named(whole(), item)
    assert name.endswith("mot…")
    assert len(name) <= 80
