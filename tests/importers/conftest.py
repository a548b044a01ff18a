"""Lets the tests of the importers import `importer_support`, and what the tests of the formats share."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parent.parent / "exporters"))
