"""The date that SOURCE_DATE_EPOCH asks for, as the machine knew it that asked for the copies."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

NAME = "SOURCE_DATE_EPOCH"


def asked_date() -> str:
    """Give what is asked for here; empty: nothing is."""
    return os.environ.get(NAME, "")


@contextmanager
def dated(asked: str) -> Iterator[None]:
    """Have files made meanwhile dated as was asked; empty: as their briefing is."""
    before = os.environ.get(NAME)
    _set(asked or None)
    try:
        yield
    finally:
        _set(before)


def _set(value: str | None) -> None:
    if value is None:
        os.environ.pop(NAME, None)
    else:
        os.environ[NAME] = value
