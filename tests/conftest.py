"""Lets every test import `helpers` and `browsers`, share one Chromium, and draw the same examples each time."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from playwright.sync_api import Browser

sys.path.insert(0, str(Path(__file__).parent))
import browsers

# The same examples wherever and however slowly they run.
settings.register_profile(
    "steady", derandomize=True, database=None, deadline=None, phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
settings.load_profile("steady")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with browsers.chromium() as found:
        yield found
