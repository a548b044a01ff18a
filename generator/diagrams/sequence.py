"""Sequence diagram: actors side by side, messages between them, time running down."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal

from pydantic import Field

from generator.diagrams.base import Drawn, repeated, unknown
from generator.diagrams.layouts.sequence import draw
from generator.diagrams.scene import Scene
from generator.diagrams.wording import Wording
from generator.model.base import Flag, Id, Keyed, Named
from generator.model.diagram import Role
from generator.text import Text


class Actor(Named):
    """A column: a program or a machine."""

    text: Text
    role: Role = "app"


class Event(Named):
    """One thing that happens, later than the one before.

    A message has `from`, `to` and `text` (`lost: true` if it never arrives); a note has `at` and
    `text`; a wait has `at`, `text` and `wait: true` (a message held in that actor's queue);
    `open` and `close` name the two actors between which a connection, drawn as a tube, exists meanwhile.
    """

    text: Text | None = None
    sender: Id | None = Field(default=None, alias="from")
    to: Id | None = None
    lost: Flag = False
    role: Role = "app"
    at: Id | None = None
    wait: Flag = False
    open: tuple[Id, Id] | None = None
    close: tuple[Id, Id] | None = None

    @property
    def forms(self) -> tuple[str, ...]:
        """The forms that the fields given begin; a right event has one."""
        given = {
            "message": self.sender or self.to or self.lost,
            "wait": self.wait,
            "note": self.at and not self.wait,
            "open": self.open,
            "close": self.close,
        }
        return tuple(form for form, value in given.items() if value)


class Sequence(Drawn):
    """Who says what to whom, in which order."""

    name: ClassVar[str] = "sequence"
    kind: Literal["sequence"]
    actors: Keyed[Actor] = Field(min_length=2, max_length=7)
    events: Keyed[Event] = Field(min_length=1)

    def scene(self, wording: Wording) -> Scene:
        """Return the layout."""
        return draw(self.actors, self.events, wording)

    def parts(self) -> tuple[str, ...]:
        """Return the ids of the actors and of the events that say something."""
        return (*(a.id for a in self.actors), *(e.id for e in self.events if e.text is not None))

    def tell(self, wording: Wording) -> Iterable[str]:
        """Yield the actors, then each event."""
        names = {actor.id: wording.clause(actor.text, actor.id) for actor in self.actors}
        yield wording.say("actors", names=wording.all(names.values()))
        opened: dict[frozenset[str], tuple[str, str]] = {}
        for event in self.events:
            yield _sentence(event, names, wording)
            if event.open:
                opened[frozenset(event.open)] = event.open
            elif event.close:
                opened.pop(frozenset(event.close), None)
        for one, other in opened.values():
            yield wording.say("stays-open", one=names[one], other=names[other])

    def problems(self) -> Iterable[tuple[str, str]]:
        """Yield unknown actors, events of no form or of several, and connections closed but never opened."""
        yield from repeated(actors=self.actors, events=self.events)
        opened: set[frozenset[str]] = set()
        for event in self.events:
            yield from _form(event)
            for path, name in _references(event):
                yield from unknown(name, self.actors, f"events/{event.id}/{path}", "actor")
            if event.open:
                opened.add(frozenset(event.open))
            elif event.close and frozenset(event.close) not in opened:
                yield f"events/{event.id}/close", "this connection has not been opened"


def _references(event: Event) -> Iterable[tuple[str, str]]:
    single = {"from": event.sender, "to": event.to, "at": event.at}
    yield from ((path, name) for path, name in single.items() if name is not None)
    for path, pair in (("open", event.open), ("close", event.close)):
        yield from ((f"{path}/{index}", name) for index, name in enumerate(pair or ()))


def _form(event: Event) -> Iterable[tuple[str, str]]:
    where = f"events/{event.id}"
    if len(event.forms) != 1:
        found = " and ".join(event.forms) or "nothing"
        yield where, f"an event is one of message, note, wait, open and close; this one is {found}"
        return
    needed = {"message": ("sender", "to", "text"), "note": ("text",), "wait": ("at", "text")}
    for name in needed.get(event.forms[0], ()):
        if getattr(event, name) is None:
            yield where, f"a {event.forms[0]} needs “{'from' if name == 'sender' else name}”"
    for pair in (event.open, event.close):
        if pair and pair[0] == pair[1]:
            yield where, "a connection has two different ends"


def _sentence(event: Event, names: dict[str, str], wording: Wording) -> str:
    """Return what happens, in one sentence."""
    text = wording.clause(event.text, event.id) if event.text else ""
    pair = event.open or event.close
    if pair:
        key = ("open" if event.open else "close") + ("-text" if text else "")
        return wording.say(key, one=names[pair[0]], other=names[pair[1]], text=text)
    if event.at:
        return wording.say("wait" if event.wait else "note", name=names[event.at], text=text)
    sender, receiver = names[event.sender or ""], names[event.to or ""]
    key = "alone" if event.sender == event.to else "message-lost" if event.lost else "message"
    return wording.say(key, sender=sender, receiver=receiver, text=text)
