"""Layers diagram: stacks side by side, the dialogue of each layer, and what wraps what."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import ClassVar, Literal

from pydantic import Field

from generator.diagrams.base import Drawn, repeated, unknown
from generator.diagrams.layouts.layers import draw
from generator.diagrams.scene import Scene
from generator.diagrams.wording import Wording
from generator.model.base import Code, Id, Keyed, Named
from generator.model.diagram import Role
from generator.text import Text


class Layer(Named):
    """One level, from the top down.

    `peer` says what both ends exchange there, `unit` what it is wrapped in.
    """

    text: Text
    role: Role = "app"
    peer: Text | None = None
    unit: Text | None = None


class Stack(Named):
    """One machine: `holds` maps a layer's id to what implements it there (absent: the layer is not there)."""

    text: Text
    holds: dict[Id, Code]


class Layers(Drawn):
    """Machines as stacks of layers."""

    name: ClassVar[str] = "layers"
    kind: Literal["layers"]
    layers: Keyed[Layer] = Field(min_length=2, max_length=6)
    stacks: Keyed[Stack] = Field(min_length=1, max_length=4)

    def scene(self, wording: Wording) -> Scene:
        """Return the layout."""
        return draw(self.layers, self.stacks, wording)

    def parts(self) -> tuple[str, ...]:
        """Return the ids of the layers and of the stacks."""
        return tuple(part.id for part in (*self.layers, *self.stacks))

    def tell(self, wording: Wording) -> Iterable[str]:
        """Yield the layers, what each machine holds, the dialogues, then the wrappings, outermost first."""
        names = {layer.id: wording.clause(layer.text, layer.id) for layer in self.layers}
        yield wording.say("layers", names=wording.all(names.values()))
        for stack in self.stacks:
            held = [layer.id for layer in self.layers if layer.id in stack.holds]
            cells = [wording.say("cell", text=stack.holds[name], where=names[name]) for name in held]
            key = "holds" if cells else "holds-nothing"
            yield wording.say(key, name=wording.clause(stack.text, stack.id), cells=wording.all(cells))
        for layer in self.layers:
            if layer.peer:
                yield wording.say("peer", name=names[layer.id], text=wording.clause(layer.peer))
        units = [wording.clause(layer.unit) for layer in self.layers if layer.unit][::-1]
        for outer, inner in pairwise(units):
            yield wording.say("wraps", outer=outer, inner=inner)

    def problems(self) -> Iterable[tuple[str, str]]:
        """Yield layers that a stack holds and that do not exist."""
        yield from repeated(layers=self.layers, stacks=self.stacks)
        for stack in self.stacks:
            for name in stack.holds:
                yield from unknown(name, self.layers, f"stacks/{stack.id}/holds/{name}", "layer")
