"""A quiz into Moodle's own XML: a versioned category of the question bank, a question for each item."""

from __future__ import annotations

from base64 import b64encode
from functools import lru_cache

from generator.exporters.base import Ask, Capabilities, Composed, Envelope, Exporter, Feature, Fragment, Loss
from generator.exporters.drawing import standalone
from generator.exporters.fragments import ESCAPES, each, exporting, mark, xml
from generator.exporters.kits import moodle
from generator.exporters.kits.moodle import block
from generator.exporters.kits.moodle_questions import question
from generator.exporters.multilang import Multilingual
from generator.exporters.quiz import Drawing, Quiz, clean
from generator.model.items import Item

_LEVELS = {1: "easy", 2: "medium", 3: "hard"}
# What Moodle takes from a question at each further try, where its teacher allows several: its own default.
_PENALTY = "0.3333333"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n'


def envelope(quiz: Quiz) -> Envelope:
    """Return the file with the category that the questions go into.

    Moodle adds questions and never replaces one, so that each version of a quiz has a category of its own.
    """
    course = ESCAPES["path"](quiz.plain(quiz.course.title))
    path = f"$course$/top/{xml(course)}/{mark('title', 'path', 'xml')} ({_version(quiz)})"
    category = (
        f'<question type="category">\n<category><text>{path}</text></category>\n'
        f"{moodle.element('info', block(quiz, _about(quiz)))}</question>\n"
    )
    return Envelope(files={f"{mark('stem')}.xml": f"{_HEAD}{category}{each()}</quiz>\n"})


def _version(quiz: Quiz) -> str:
    others = quiz.others if isinstance(quiz, Multilingual) else ()
    return "-".join((f"v{quiz.version}", *(f"{other.locale}-{other.version}" for other in others)))


def _about(quiz: Quiz) -> str:
    course = quiz.course
    told = {
        "export.authors": ", ".join(course.authors),
        "export.licence": f"{course.licence.name} {course.licence.url}",
    }
    return "".join(moodle.entry(quiz, word, xml(clean(text))) for word, text in told.items())


def fragment(quiz: Quiz, item: Item) -> Fragment:
    """Return the question of an item."""
    made = question(quiz, item)
    shown = moodle.asked(quiz, item, lambda drawing: _shown(quiz, drawing))
    if made.type == "cloze":
        shown = moodle.unbraced(shown)
    files = "".join(_file(drawing) for drawing in quiz.drawings(item))
    parts = (
        f'<question type="{made.type}">\n<name><text>{xml(moodle.named(quiz, item))}</text></name>\n',
        moodle.element("questiontext", block(quiz, shown + made.text), files),
        moodle.element("generalfeedback", block(quiz, _after(quiz, item, made.after))),
        f"<defaultgrade>{mark('points')}</defaultgrade>\n<penalty>{_PENALTY}</penalty>\n<hidden>0</hidden>\n",
        f"<idnumber>{moodle.identify(quiz, item)}</idnumber>\n",
        made.parts,
        *(moodle.element("hint", block(quiz, quiz.html(hint.text))) for hint in item.hints),
        f"<tags>{''.join(f'<tag><text>{xml(name)}</text></tag>' for name in tags(quiz, item))}</tags>\n",
        "</question>\n",
    )
    losses = [*made.losses]
    if files and isinstance(quiz, Multilingual):
        losses.append(Loss(item.uid, Feature.IMAGES, "loss.first-language"))
    return Fragment(slots={"": "".join(parts)}, losses=tuple(losses))


def tags(quiz: Quiz, item: Item) -> tuple[str, ...]:
    """Return the words by which a teacher finds a question."""
    return (*quiz.tags(item), quiz.plain(quiz.words[f"export.{_LEVELS[item.difficulty]}"]))


def _shown(quiz: Quiz, drawing: Drawing) -> str:
    width = drawing.svg.partition('viewBox="')[2].partition('"')[0].split()[2:3]
    size = f' width="{xml(width[0])}"' if width else ""
    source = f"@@PLUGINFILE@@/{drawing.id}.svg"
    image = f'<img class="img-fluid" src="{source}" alt="{xml(drawing.title)}"{size}>'
    summary = quiz.html(quiz.words["site.text-alternative"])
    return f"<p>{image}</p><details><summary>{summary}</summary>{moodle.told(drawing)}</details>"


def _file(drawing: Drawing) -> str:
    return f'<file name="{drawing.id}.svg" path="/" encoding="base64">{_encoded(drawing.svg)}</file>'


@lru_cache(maxsize=512)
def _encoded(svg: str) -> str:
    return b64encode(standalone(svg).encode()).decode()


def _after(quiz: Quiz, item: Item, own: str) -> str:
    explained = f"<p>{quiz.html(item.explanation)}</p>" if item.explanation else ""
    claims = [moodle.cited(quiz, claim) for claim in quiz.evidence(item)]
    proof = moodle.entry(quiz, "export.sources", "") + moodle.listed(claims) if claims else ""
    objective = quiz.objective(item)
    aim = moodle.entry(quiz, "export.objective", quiz.html(objective.text)) if objective else ""
    return explained + own + proof + aim


_COMPOSED = Composed(envelope, fragment)

EXPORTER = Exporter(
    name="moodle-xml",
    title="Moodle XML, for the question bank of Moodle and Éléa",
    suffix=".xml",
    capabilities=Capabilities(
        asks=frozenset(Ask) - {Ask.ORDER, Ask.FREE},
        features=frozenset(Feature) - {Feature.STRICT, Feature.DIGITS},
        degraded={Ask.ORDER: "loss.order-as-match", Ask.FREE: "loss.free-as-essay"},
    ),
    export=exporting(_COMPOSED),
    composed=_COMPOSED,
    bilingual=True,
)
