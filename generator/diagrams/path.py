"""Path diagram: the stops of a message, the hops between them, and who holds it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal

from pydantic import Field

from generator.diagrams.base import Drawn, repeated, unknown
from generator.diagrams.layouts.path import draw
from generator.diagrams.scene import Scene
from generator.diagrams.wording import Wording
from generator.model.base import Code, Flag, Id, Keyed, Named
from generator.model.diagram import Role, State
from generator.text import Text


class Stop(Named):
    """One program on the way; `store` draws the message inside it, `short` is its abbreviation (MTA…)."""

    text: Text
    short: Code | None = None
    role: Role = "app"
    store: Flag = False
    note: Text | None = None


class Hop(Named):
    """One transfer; `over` names the connection (a tube) that exists only while it lasts."""

    sender: Id = Field(alias="from")
    to: Id
    text: Text
    over: Code | None = None
    state: State = "done"


class Path(Drawn):
    """The route of a message, in reading order."""

    name: ClassVar[str] = "path"
    kind: Literal["path"]
    stops: Keyed[Stop] = Field(min_length=2, max_length=7)
    hops: Keyed[Hop] = Field(min_length=1)

    def scene(self, wording: Wording) -> Scene:
        """Return the layout: from the top down, so that a phone shows it whole."""
        return draw(self.stops, self.hops, wording)

    def parts(self) -> tuple[str, ...]:
        """Return the ids of the stops and of the hops."""
        return tuple(part.id for part in (*self.stops, *self.hops))

    def tell(self, wording: Wording) -> Iterable[str]:
        """Yield the stops, what each holds, then each hop."""
        names = {stop.id: _name(stop, wording) for stop in self.stops}
        yield wording.say("stops", names=wording.all(names.values()))
        for stop in self.stops:
            if stop.store:
                yield wording.say("store", name=names[stop.id])
            if stop.note:
                yield wording.say("note", name=names[stop.id], text=wording.clause(stop.note))
        for hop in self.hops:
            over = "-over" if hop.over and hop.state not in ("lost", "waiting") else ""
            key = "hop" + {"lost": "-lost", "waiting": "-waiting"}.get(hop.state, over)
            text = wording.clause(hop.text, hop.id)
            ends = {"sender": names[hop.sender], "receiver": names[hop.to]}
            yield wording.say(key, **ends, text=text, over=hop.over or "")

    def problems(self) -> Iterable[tuple[str, str]]:
        """Yield hops that lead nowhere."""
        yield from repeated(stops=self.stops, hops=self.hops)
        for hop in self.hops:
            yield from unknown(hop.sender, self.stops, f"hops/{hop.id}/from", "stop")
            yield from unknown(hop.to, self.stops, f"hops/{hop.id}/to", "stop")
            if hop.sender == hop.to:
                yield f"hops/{hop.id}/to", "a hop leads to another stop"


def _name(stop: Stop, wording: Wording) -> str:
    """Return a stop's name and abbreviation; a mark hides both."""
    name = wording.clause(stop.text, stop.id)
    if not stop.short or stop.id in wording.marks:
        return name
    return wording.say("short", name=name, short=stop.short)
