"""Questions as Moodle knows them into items as a sheet writes them, each proved by the sheet's own models."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from generator.importers import answers, matchings
from generator.importers.base import SLOT, Asked, Imported, Kind, Lost, Reading, Words
from generator.importers.page import Passage, plain
from generator.importers.scribe import Scribe, headed
from generator.labels import LABELS
from generator.model.base import ID, MAX_ID
from generator.model.course import Concept
from generator.questions import QUESTIONS

TODO = "todo"
_LEVELS = {str(LABELS[f"export.{name}"]): name for name in ("easy", "medium", "hard")} | {
    name: name for name in ("easy", "medium", "hard")
}
_INNER = frozenset({"li", "td", "th", "pre", "dd"})
_MOST_POINTS = 100


def imported(reading: Reading, concept: Concept | None = None) -> Imported:
    """Return the items that a file's questions become, ready to stand in the sheet of `concept`.

    A question that a sheet cannot ask is left out, and said to be lost.
    """
    items: dict[str, dict[str, object]] = {}
    stimuli: dict[str, dict[str, object]] = {}
    losses = list(reading.losses)
    for asked in reading.asked:
        scribe = Scribe(asked, _id(asked, items))
        item, stimulus = _item(scribe, concept)
        losses += scribe.losses
        problem = next(_problems(scribe.id, item), "")
        if problem:
            losses.append(Lost(asked.at, scribe.id, "question", f"left out: {problem}"))
            continue
        items[scribe.id] = item
        if stimulus:
            stimuli[scribe.id] = stimulus
    return Imported(items=items, stimuli=stimuli, losses=tuple(sorted(set(losses))))


def _id(asked: Asked, taken: dict[str, Any]) -> str:
    """Return the id of an item: its own if it is one of ours, otherwise made of its number or name."""
    ours = asked.ours
    wanted = ours[1] if ours else _slug(asked.idnumber) or _slug(asked.name) or "question"
    found, number = wanted, 1
    while found in taken:
        number += 1
        found = f"{wanted}-{number}"
    return found


def _slug(name: str) -> str:
    """Return the first words of a name as an id, or nothing."""
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.findall("[a-z0-9]+", bare)
    made = ""
    for word in words:
        if len(made) + len(word) >= MAX_ID * 2 // 3:
            break
        made = f"{made}-{word}" if made else word
    made = made if not made or made[0].isalpha() else f"q-{made}"
    return made if ID.match(made) else ""


def _problems(name: str, item: dict[str, Any]) -> Iterator[str]:
    """Yield why a sheet would refuse an item."""
    try:
        question = QUESTIONS[item["type"]].model_validate({"id": name, **item})
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        yield f"{'/'.join(map(str, detail['loc']))}: {detail['msg']}"
        return
    yield from (message for _, message in question.problems())


def _item(scribe: Scribe, concept: Concept | None) -> tuple[dict[str, Any], dict[str, object]]:
    asked = scribe.asked
    prompt, stimulus, rest = _question(scribe)
    known = next((item for item in concept.items if item.id == scribe.id), None) if concept else None
    objective = known.objective if known else _objective(asked, concept)
    after, told = _after(scribe)
    kind, own = answers.written(scribe, rest)
    matchings.remark(scribe, own, told)
    item: dict[str, Any] = {"type": kind}
    item |= {"stimulus": scribe.id} if stimulus else {}
    item |= {"prompt": prompt, "objective": objective}
    item |= {"claims": list(known.claims)} if known and known.claims else {}
    item |= {"difficulty": level} if (level := _level(scribe)) != "easy" else {}
    item |= _points(scribe)
    hints = {f"h{n}": scribe.line(hint, "hint") for n, hint in enumerate(asked.hints, start=1)}
    item |= {"hints": {name: hint for name, hint in hints.items() if hint}} if any(hints.values()) else {}
    item |= {"explanation": after} if after else {}
    _tags(scribe, kind)
    return item | own, stimulus


def _objective(asked: Asked, concept: Concept | None) -> str:
    """Return the only objective of the verb that a question is tagged with, or else the first."""
    if concept is None:
        return TODO
    fitting = [entry.id for entry in concept.objectives if str(entry.bloom) in asked.tags]
    return str(fitting[0] if len(fitting) == 1 else concept.objectives[0].id)


def _level(scribe: Scribe) -> str:
    """Return how hard a tag says that a question is, in French or in English."""
    found = next((_LEVELS[tag] for tag in scribe.asked.tags if tag in _LEVELS), "")
    if not found and scribe.asked.ours:
        scribe.lose("difficulty", "no tag says “easy”, “medium” or “hard”, so it is easy")
    return found or "easy"


def _points(scribe: Scribe) -> dict[str, float]:
    points = scribe.asked.points
    if points == 1 or not 0 < points <= _MOST_POINTS:
        if points != 1:
            scribe.lose("points", f"{points:g} is not between 0 and {_MOST_POINTS}")
        return {}
    return {"points": points}


def _tags(scribe: Scribe, kind: str) -> None:
    others = [tag for tag in scribe.asked.tags if tag not in _LEVELS and tag != kind]
    if others and not scribe.asked.ours:
        scribe.lose("tags", f"a sheet has none: {', '.join(others)}")


def _question(scribe: Scribe) -> tuple[str, dict[str, object], str]:
    """Return the prompt, what stands before it as a stimulus, and what belongs to the answers."""
    asked = scribe.asked
    passages = list(scribe.read(asked.text, "question"))
    rest = ""
    if asked.kind is Kind.CLOZE:
        gapped = [passage for passage in passages if SLOT in passage.plain]
        passages = [passage for passage in passages if SLOT not in passage.plain]
        rest = scribe.join(gapped, "question")
    elif asked.kind is Kind.NUMBER and asked.ours and (place := headed(passages)) < len(passages) - 1:
        rest = scribe.join(passages[place + 1 :], "unit")
        passages = passages[:place]
    places = [place for place, passage in enumerate(passages) if passage.tag not in _INNER]
    place = places[-1] if places else len(passages) - 1
    prompt = scribe.join(passages[place : place + 1], "question", asked.text.form)
    others = passages[:place] + passages[place + 1 :] if place >= 0 else []
    return prompt or plain(Words(text=asked.name, form="plain")) or "…", _stimulus(scribe, others), rest


def _stimulus(scribe: Scribe, passages: list[Passage]) -> dict[str, object]:
    made: dict[str, object] = {}
    code = "\n\n".join(passage.plain.strip("\n") for passage in passages if passage.tag == "pre")
    shown = [passage for passage in passages if passage.tag != "pre"]
    if shown and len(passages) > 1 and all("**" in piece.marks for piece in shown[0].pieces):
        made["title"] = plain(Words(text=shown.pop(0).plain, form="plain"))
    if text := scribe.join(shown, "stimulus"):
        made["text"] = text
    return made | ({"code": code} if code else {})


def _after(scribe: Scribe) -> tuple[str, tuple[Passage, ...]]:
    """Return the explanation; of our own exports, what is listed after it stands apart."""
    if scribe.asked.model == scribe.asked.after and not scribe.asked.ours:
        return "", ()  # of an open question of GIFT, which has one text for both
    passages = scribe.read(scribe.asked.after, "explanation")
    cut = len(passages)
    if scribe.asked.ours:
        lists = (place for place, passage in enumerate(passages) if passage.tag == "li")
        cut = min(headed(passages), next(lists, cut))
    if cut < len(passages):
        scribe.lose("sources", "what stands after the explanation is left to the sheet: claims, objective")
    return scribe.join(passages[:cut], "explanation", scribe.asked.after.form), passages[cut:]
