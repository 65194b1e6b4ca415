"""Replacing several files at once: all of them or none, also when the process is killed.

The new files are staged beside the old ones, and a list of them is written last of all. From then
on the replacement is certain: whoever finds the list (the parent of a process that was killed, or
the next command) carries out what is left of it. Without the list nothing has been touched.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

PREFIX = ".staging-"
_OURS = ".briefing"
_LIST = ".ready"
_HELD = ("SIGINT", "SIGTERM", "SIGHUP", "SIGXCPU")


def replace_together(files: Mapping[str, bytes], folder: Path) -> tuple[Path, ...]:
    """Put files into a folder in place of those of the same names. Raises OSError: none was.

    Two at once wait for each other; nothing else in the folder is touched.
    """
    with locked(folder) as alone:
        if alone:
            _settle(folder)
        staging = Path(tempfile.mkdtemp(prefix=PREFIX, dir=folder))
        try:
            _write(staging / _OURS, b"")
            for name, data in files.items():
                _write(staging / name, data)
                _keep(folder / name, staging / f"{name}.old")
            with _uninterrupted():
                _move(staging, folder, list(files))
        finally:
            _remove(staging)
    return tuple(folder / name for name in files)


def settle(folder: Path) -> None:
    """Carry out what a process that was killed had begun in a folder, and remove what it left."""
    if not folder.is_dir():
        return
    with suppress(OSError), locked(folder) as alone:
        if alone:
            _settle(folder)


@contextmanager
def locked(folder: Path) -> Iterator[bool]:
    """Keep others out of a folder; False where its file system knows no locks."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            alone = True
        except OSError:
            alone = False
        yield alone
    finally:
        os.close(descriptor)


def _settle(folder: Path) -> None:
    for staging in sorted(folder.glob(f"{PREFIX}*")):
        if (staging / _LIST).is_file():
            names = json.loads((staging / _LIST).read_text(encoding="utf-8"))
            for name in names:
                with suppress(FileNotFoundError):  # moved before
                    os.replace(staging / name, folder / name)
            _sync(folder)
        if (staging / _OURS).is_file():
            _remove(staging)
        else:
            with suppress(OSError):  # somebody else's, unless it is empty
                staging.rmdir()


def _move(staging: Path, folder: Path, names: list[str]) -> None:
    """Put the staged files in place; if anything stops that, the old ones come back."""
    _sync(staging)
    _write(staging / "list", json.dumps(names).encode())
    os.rename(staging / "list", staging / _LIST)  # noqa: PTH104  # os.replace is for the outputs
    _sync(staging)
    moved: list[str] = []
    try:
        for name in names:
            moved.append(name)
            os.replace(staging / name, folder / name)
    except BaseException:
        (staging / _LIST).unlink()
        for name in moved:
            old = staging / f"{name}.old"
            if old.exists():
                os.replace(old, folder / name)
            elif not (staging / name).exists():
                (folder / name).unlink(missing_ok=True)
        raise
    _sync(folder)


def _keep(path: Path, copy: Path) -> None:
    """Keep an old file under a second name, as long as it may have to come back."""
    if not path.exists():
        return
    try:
        os.link(path, copy)
    except OSError:  # file systems without second names
        shutil.copy2(path, copy)


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    """See to it that the names in a folder are on the disk; where that is not to be had, go on."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _remove(staging: Path) -> None:
    """Remove a staging folder, its list first: without it nothing is carried out."""
    with suppress(OSError):
        (staging / _LIST).unlink(missing_ok=True)
    shutil.rmtree(staging, ignore_errors=True)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Let signals wait for a moment."""
    numbers = {getattr(signal, name) for name in _HELD if hasattr(signal, name)}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, numbers)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
