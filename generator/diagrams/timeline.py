"""Timeline diagram: what happens when, one lane for each party."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import ClassVar, Literal

from pydantic import Field

from generator.diagrams.base import Drawn, repeated, unknown
from generator.diagrams.layouts.timeline import draw
from generator.diagrams.scene import Scene
from generator.diagrams.wording import Wording
from generator.model.base import Id, Keyed, Named
from generator.model.diagram import State
from generator.text import Text


class Lane(Named):
    """One party, one row."""

    text: Text


class Moment(Named):
    """A point in time (`at`) or a span (`at` to `until`) of a lane; numbers share one scale."""

    lane: Id
    text: Text
    at: float
    until: float | None = None
    state: State = "done"


class Tick(Named):
    """A mark on the time axis and what is written under it."""

    at: float
    text: Text


class Timeline(Drawn):
    """Attempts, waits and arrivals against time; `ticks` are the axis."""

    name: ClassVar[str] = "timeline"
    kind: Literal["timeline"]
    lanes: Keyed[Lane] = Field(min_length=1, max_length=5)
    moments: Keyed[Moment] = Field(min_length=1)
    ticks: Keyed[Tick] = Field(min_length=2)

    def scene(self, wording: Wording) -> Scene:
        """Return the layout: time runs down, so that a phone shows it whole."""
        return draw(self.lanes, self.moments, self.ticks, wording)

    def parts(self) -> tuple[str, ...]:
        """Return the ids of the lanes and of the moments."""
        return tuple(part.id for part in (*self.lanes, *self.moments))

    def tell(self, wording: Wording) -> Iterable[str]:
        """Yield the lanes, then each moment in the order of time."""
        names = {lane.id: wording.clause(lane.text, lane.id) for lane in self.lanes}
        yield wording.say("lanes", names=wording.all(names.values()))
        for moment in sorted(self.moments, key=lambda moment: moment.at):
            key = {"lost": "moment-failed", "waiting": "moment-waiting"}.get(moment.state, "moment")
            text = wording.clause(moment.text, moment.id)
            yield wording.say(key, lane=names[moment.lane], when=self._when(moment, wording), text=text)

    def _when(self, moment: Moment, wording: Wording) -> str:
        start = self._instant(moment.at, wording)
        if moment.until is None:
            return start
        return wording.say("span", start=start, end=self._instant(moment.until, wording))

    def _instant(self, at: float, wording: Wording) -> str:
        """Return what the axis says at an instant, or the two ticks that it falls between."""
        ticks = sorted(self.ticks, key=lambda tick: tick.at)
        index = bisect_left([tick.at for tick in ticks], at)
        texts = [wording.clause(tick.text) for tick in ticks]
        if index < len(ticks) and ticks[index].at == at:
            return texts[index]
        if index == 0:
            return wording.say("before", end=texts[0])
        if index == len(ticks):
            return wording.say("after", start=texts[-1])
        return wording.say("between", start=texts[index - 1], end=texts[index])

    def problems(self) -> Iterable[tuple[str, str]]:
        """Yield unknown lanes and spans that end before they begin."""
        yield from repeated(lanes=self.lanes, moments=self.moments)
        for moment in self.moments:
            yield from unknown(moment.lane, self.lanes, f"moments/{moment.id}/lane", "lane")
            if moment.until is not None and moment.until <= moment.at:
                yield f"moments/{moment.id}/until", "a span ends later than it begins"
