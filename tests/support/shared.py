"""What one of the processes that run the tests has made, and the others need not make again."""

from __future__ import annotations

import fcntl
import hashlib
import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar, cast

T = TypeVar("T")
RUN = "BRIEFING_TEST_RUN"
"""The environment's name for the folder that a run's processes share, from its begin to its end."""


def shared(name: str, make: Callable[[], T]) -> T:
    """Make something that can be pickled, or wait for the process that makes it and take it."""
    folder = os.environ.get(RUN)
    if not folder:
        return make()
    path = Path(folder) / hashlib.sha256(name.encode()).hexdigest()
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            made = make()
            path.write_bytes(pickle.dumps(made))
            return made
    return cast("T", pickle.loads(path.read_bytes()))
