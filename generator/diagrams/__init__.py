"""The diagram kinds, by name: adding one is one file and one line here."""

from generator.diagrams.layers import Layers
from generator.diagrams.matrix import Matrix
from generator.diagrams.path import Path
from generator.diagrams.sequence import Sequence
from generator.diagrams.timeline import Timeline
from generator.model.diagram import Diagram

DIAGRAMS: dict[str, type[Diagram]] = {kind.name: kind for kind in (Sequence, Layers, Path, Timeline, Matrix)}
