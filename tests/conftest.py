"""Lets every test import `helpers` and `browsers`, and share one Chromium."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

sys.path.insert(0, str(Path(__file__).parent))
import browsers


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with browsers.chromium() as found:
        yield found
