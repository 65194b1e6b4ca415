"""Small projects and lists for the tests of batches."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from tests.readers.test_editions import project

P = ParamSpec("P")
T = TypeVar("T")

YAML = """variables: {name: reader}
editions:
  board: {audience: directors, title: For the board}
  press: {language: de}
"""
TEXT = "Dear {{< var name >}}, this is a report.\n"


def small(folder: Path, text: str = TEXT) -> Path:
    """Make a project of one section, which greets by name and has two editions."""
    return project(folder / "report", YAML, text)


def manifest(folder: Path) -> Any:
    """Read what a batch says of itself."""
    return json.loads((folder / "manifest.json").read_text("utf-8"))


class Here(Executor):
    """Does the work at once, in this process."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Call the function."""
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as fault:
            future.set_exception(fault)
        return future


def here(workers: int) -> Executor:
    """Give an executor of this process."""
    return Here()
