"""Lets these tests import the courses of the formats' tests and the servers of the site's."""

import sys
from pathlib import Path

for room in ("exporters", "site"):
    sys.path.insert(0, str(Path(__file__).parents[1] / room))
