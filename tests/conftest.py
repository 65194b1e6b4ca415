"""What every test can ask for."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --long, which `make test-long` gives."""
    parser.addoption("--long", action="store_true", help="run the tests with full counts, too")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip what is marked long unless --long is given."""
    if config.getoption("--long"):
        return
    skip = pytest.mark.skip(reason="takes too long for every run; run: make test-long")
    for item in items:
        if item.get_closest_marker("long"):
            item.add_marker(skip)
