"""One batch at a time in a folder: two would write over each other's journal and manifest."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from builder import batch_folders

LOCK = batch_folders.LOCK
_CAREFULLY = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Keep other batches out of a folder. Raises BlockingIOError: one is at work there.

    The folder itself is locked while a copy's files are put in place, by builds as well. Where its
    file system knows no locks, or nothing can be written, nobody is kept out.
    """
    path = folder / LOCK
    descriptor = _locked(path)
    try:
        yield
    finally:
        if descriptor is not None:
            with suppress(OSError):
                path.unlink()
            os.close(descriptor)


def _locked(path: Path) -> int | None:
    while True:
        try:
            descriptor = os.open(path, _CAREFULLY, 0o666)
        except OSError:
            return None
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            raise
        except OSError:
            os.close(descriptor)
            return None
        if _is_at(path, descriptor):
            return descriptor
        os.close(descriptor)  # another batch has just ended, and has taken its file away


def _is_at(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(path.lstat(), os.fstat(descriptor))
    except OSError:
        return False
