"""A concept whose quiz holds an item of every kind and layout, with every word wrapped to be seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from generator.labels import LABELS
from generator.model.course import Concept
from generator.model.items import Item
from generator.player.html import QuizView, render_quiz
from generator.text import Text

HOSTILE = "</script><!--<img src=x onerror=alert(1)>{{ 7*7 }} & “fin”"


@dataclass(frozen=True)
class Plainly:
    """Renders texts without markup, between `left` and `right`."""

    left: str = ""
    right: str = ""

    def html(self, text: Text) -> Markup:
        return escape(self.plain(text))

    def plain(self, text: Text) -> str:
        return f"{self.left}{text}{self.right}"


def option(name: str, text: str, credit: float = 0, **more: Any) -> dict[str, Any]:
    return {"id": name, "text": text, "credit": credit, **more}


INTERACTIONS: dict[str, dict[str, Any]] = {
    "single": {
        "kind": "choice",
        "options": (
            option(
                "lost", "Il est perdu.", feedback="Non, il reste en file.", misconception="down-means-lost"
            ),
            option("queue", "Il attend dans une file.", 1, feedback="Oui, il sera réessayé."),
            option("back", "Il revient aussitôt à l’expéditrice."),
            option("later", "Il attend quelque part.", 0.5),
        ),
    },
    "several": {
        "kind": "choice",
        "multiple": True,
        "options": (
            option("copy", "Le serveur garde une copie.", 1),
            option("retry", "Il réessaie plus tard.", 1, feedback="Oui, pendant des jours."),
            option("ring", "Il appelle Bob au téléphone.", feedback="Personne n’appelle."),
        ),
    },
    "pairs": {
        "kind": "match",
        "sources": (
            {
                "id": "m1",
                "text": "Client de messagerie",
                "target": "mua",
                "credit": 1,
                "feedback": "Il parle à Alice.",
            },
            {"id": "m2", "text": "Relais", "target": "mta", "credit": 1},
        ),
        "targets": (
            {"id": "mua", "text": "MUA"},
            {"id": "mta", "text": "MTA"},
            {"id": "mda", "text": "MDA, qui range le message dans la boîte"},
        ),
    },
    "categories": {
        "kind": "match",
        "layout": "categories",
        "sources": tuple(
            {"id": f"c{n}", "text": f"Élément {n}", "target": "app" if n < 3 else "net", "credit": 1}
            for n in range(1, 5)
        ),
        "targets": ({"id": "app", "text": "Application"}, {"id": "net", "text": "Réseau"}),
    },
    "grid": {
        "kind": "match",
        "layout": "grid",
        "sources": (
            {
                "id": "g1",
                "text": "TCP relie Alice à Bob.",
                "target": "false",
                "credit": 1,
                "misconception": "direct",
            },
            {"id": "g2", "text": "Chaque saut a sa connexion.", "target": "true", "credit": 1},
        ),
        "targets": ({"id": "true", "text": "Vrai"}, {"id": "false", "text": "Faux"}),
    },
    "labels": {
        "kind": "match",
        "layout": "labels",
        "diagram": "relay",
        "sources": (
            {"id": "l1", "text": "Repère 1", "target": "l1", "credit": 1},
            {"id": "l2", "text": "Repère 2", "target": "l2", "credit": 1},
        ),
        "targets": ({"id": "l1", "text": "Départ"}, {"id": "l2", "text": "Arrivée"}),
    },
    "order": {
        "kind": "order",
        "entries": tuple(
            {"id": name, "text": text}
            for name, text in (("helo", "EHLO"), ("mail", "MAIL FROM"), ("rcpt", "RCPT TO"), ("data", "DATA"))
        ),
    },
    "text": {
        "kind": "text",
        "answers": (
            option("queue", "File d’attente", 1, feedback="C’est le mot."),
            option("inbox", "boîte", feedback="La boîte est au bout du chemin."),
            option("file", "file", 0.5),
        ),
    },
    "numeric": {
        "kind": "numeric",
        "unit": "s",
        "answers": (
            {"id": "a", "value": 1.5, "tolerance": 0.1, "credit": 1, "feedback": "Bien compté."},
            {"id": "b", "value": 15, "tolerance": 0, "credit": 0.5},
        ),
    },
    "gap": {
        "kind": "gap",
        "text": "Un service {mode} connexion qui sait {verb} le message.",
        "gaps": (
            {
                "id": "mode",
                "options": (option("with", "avec", feedback="Regardez mieux."), option("without", "sans", 1)),
            },
            {"id": "verb", "answers": (option("keep", "garder", 1),)},
        ),
    },
    "free": {
        "kind": "free",
        "rubric": (
            {"id": "r1", "text": "Parle de file.", "points": 1},
            {"id": "r2", "text": "Parle de saut.", "points": 3},
        ),
        "model_answer": "Le message attend en file, saut par saut.",
    },
}

# The right response to each item.
KEYS: dict[str, Any] = {
    "single": ["queue"],
    "several": ["copy", "retry"],
    "pairs": {"m1": "mua", "m2": "mta"},
    "categories": {"c1": "app", "c2": "app", "c3": "net", "c4": "net"},
    "grid": {"g1": "false", "g2": "true"},
    "labels": {"l1": "l1", "l2": "l2"},
    "order": ["helo", "mail", "rcpt", "data"],
    "text": "file d'attente",
    "numeric": "1,5",
    "gap": {"mode": "without", "verb": "Garder"},
    "free": ["r1", "r2"],
}

# A wrong response to each item that is judged.
WRONG: dict[str, Any] = {
    "single": ["lost"], "several": ["ring"], "pairs": {"m1": "mta", "m2": "mda"}, "categories": {"c1": "net"},
    "grid": {"g1": "true", "g2": "false"}, "labels": {"l1": "l2", "l2": "l1"},
    "order": ["mail", "helo", "data", "rcpt"],
    "text": "Boite", "numeric": "2", "gap": {"mode": "with", "verb": "perdre"},
}  # fmt: skip


def item(name: str, **more: Any) -> Item:
    """Return the sample item `name`."""
    fields = {
        "id": name,
        "uid": f"relay.{name}",
        "concept": "relay",
        "type": name,
        "prompt": f"Que se passe-t-il ({name}) ?",
        "objective": "o1",
        "interaction": INTERACTIONS[name],
        "explanation": f"Parce que ({name}).",
        "hints": ({"id": "h1", "text": "Premier indice"}, {"id": "h2", "text": "Second indice"}),
        "stimulus": "s1" if name in ("single", "several") else None,
    }
    return Item.model_validate(fields | more)


def concept(items: tuple[Item, ...]) -> Concept:
    """Return a concept that holds little but `items` and their stimulus."""
    empty = dict.fromkeys(
        ("levels", "prerequisites", "objectives", "claims", "misconceptions", "sections", "examples",
         "analogies", "diagrams", "further", "terms"), ()
    )  # fmt: skip
    stimulus = {
        "id": "s1",
        "title": "Une panne",
        "text": "Le serveur de Bob est éteint.",
        "code": "250 <OK> & fin",
    }
    return Concept.model_validate(
        {
            "id": "relay", "title": "Relais", "question": "?", "summary": "!", "minutes": 5,
            "main_diagram": None, "stimuli": (stimulus,), "items": items, **empty,
        }
    )  # fmt: skip


def diagram(name: str, marks: Mapping[str, str]) -> Markup:
    """Return a drawing of nothing that names what it was asked for."""
    return Markup('<svg role="img" data-diagram="{}" data-marks="{}"><g data-part="l1"/></svg>').format(
        name, sorted(marks.items())
    )


def view(left: str = "", right: str = "", locale: str = "fr") -> QuizView:
    """Return a view that wraps every word between `left` and `right`."""
    return QuizView(
        inline=Plainly(left, right),
        words=LABELS,
        diagram=diagram,
        misconception=lambda name: f"#misconception-{name}",
        locale=locale,
        course="sample",
    )


def quiz(*names: str, **wrap: str) -> str:
    """Return the HTML of a quiz of the sample items, all of them unless named."""
    items = tuple(item(name) for name in names or INTERACTIONS)
    return str(render_quiz(concept(items), items, view(**wrap)))
