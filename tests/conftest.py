"""What every test can ask for."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator

import pytest

from tests.support.shared import RUN

NEW_OBJECTS = 50_000
"""After which garbage is looked for: what the tests import is too much to look through often."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --long, which `make test-long` gives."""
    parser.addoption("--long", action="store_true", help="run the tests with full counts, too")


def pytest_configure(config: pytest.Config) -> None:
    """Give the processes that run the tests a folder for what they share."""
    gc.set_threshold(NEW_OBJECTS, *gc.get_threshold()[1:])
    if not hasattr(config, "workerinput"):
        os.environ[RUN] = tempfile.mkdtemp(prefix="briefing-tests-")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Take that folder away."""
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ.pop(RUN, ""), ignore_errors=True)


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Take one worker more than there are processors: a third of the time tests wait for others."""
    return (
        len(os.sched_getaffinity(0)) + 1
        if hasattr(os, "sched_getaffinity")
        else os.cpu_count() or 1
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip what is marked long unless --long is given."""
    if config.getoption("--long"):
        return
    skip = pytest.mark.skip(reason="takes too long for every run; run: make test-long")
    for item in items:
        if item.get_closest_marker("long"):
            item.add_marker(skip)


@pytest.fixture(scope="session", autouse=True)
def interrupts_are_heard() -> None:
    """Let programs that tests start hear Ctrl-C and a closed terminal, whatever runs the tests.

    A shell starts what runs in the background deaf to the one, nohup to the other, and children
    inherit that.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
        signal.signal(signal.SIGHUP, signal.SIG_DFL)


@pytest.fixture(scope="session", autouse=True)
def own_cache_and_state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what the program remembers between its runs out of the user's own folders."""
    folders = ("BRIEFING_CACHE", "BRIEFING_STATE")
    names = (*folders, "BRIEFING_FORCE", "BRIEFING_PROCESSES")
    before = {name: os.environ.get(name) for name in names}
    for name in folders:
        os.environ[name] = str(tmp_path_factory.mktemp(name.lower()))
    os.environ["BRIEFING_FORCE"] = "1"  # tests build what they ask for, not what was kept
    os.environ["BRIEFING_PROCESSES"] = "0"  # tests run side by side as it is
    yield
    for name, value in before.items():
        os.environ.pop(name)
        if value is not None:
            os.environ[name] = value
