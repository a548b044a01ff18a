"""Lets the tests of whole projects import `project_support`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
