"""Replacing several files at once: all of them or none, also when the process is killed.

The new files are staged beside the old ones, and a list of them is written last of all. From then
on the replacement is certain: whoever finds the list (the parent of a process that was killed, or
the next command) carries out what is left of it. Without the list nothing has been touched.

The folder may come from a stranger, with a staging folder in it that only looks like one of ours.
So a list counts as far as it could be ours: plain files moved within the folder, and nothing else.
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import shutil
import signal
import stat
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from builder.plain_files import read_plain

PREFIX = ".staging-"
_OURS = ".briefing"
_LIST = ".ready"
_LARGEST_LIST = 1_000_000
_HELD = ("SIGINT", "SIGTERM", "SIGHUP", "SIGXCPU")


def replace_together(files: Mapping[str, bytes], folder: Path) -> tuple[Path, ...]:
    """Put files into a folder in place of those of the same names. Raises OSError: none was.

    Two at once wait for each other; nothing else in the folder is touched.
    """
    with locked(folder) as alone:
        if alone:
            _settle(folder)
        staging = folder / f"{PREFIX}{secrets.token_hex(8)}"
        try:
            staging.mkdir(mode=0o700)
            _write(staging / _OURS, b"")
            for name, data in files.items():
                _write(staging / name, data)
                _keep(folder / name, staging / f"{name}.old")
            with _uninterrupted():
                _move(staging, folder, list(files))
        finally:
            with _uninterrupted():
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


def knows_locks(folder: Path) -> bool:
    """Tell whether a folder's file system can keep others out; one that is locked by them can."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return True


def _settle(folder: Path) -> None:
    for staging in sorted(folder.glob(f"{PREFIX}*")):
        if not _is_own(staging, stat.S_IFDIR):
            continue
        if not _is_own(staging / _OURS, stat.S_IFREG):
            with suppress(OSError):  # somebody else's, unless it is empty
                staging.rmdir()
            continue
        names = _listed(staging, folder)
        if names is None:
            continue
        for name in names:
            with suppress(FileNotFoundError):  # moved before
                os.replace(staging / name, folder / name)
        if names:
            _sync(folder)
        _remove(staging)


def _listed(staging: Path, folder: Path) -> list[str] | None:
    """Give the files that are certain to replace others; None: the list is not one of ours."""
    if not os.path.lexists(staging / _LIST):
        return []
    if not _is_own(staging / _LIST, stat.S_IFREG):
        return None
    try:
        names = json.loads(read_plain(staging / _LIST, _LARGEST_LIST))
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(names, list) or not all(_may_be_moved(n, staging, folder) for n in names):
        return None
    return names


def _may_be_moved(name: object, staging: Path, folder: Path) -> bool:
    """Tell whether a name is that of a file, staged or moved already, and of no folder's."""
    if not isinstance(name, str) or name.startswith(".") or Path(name).name != name:
        return False
    try:
        staged = _is_own(staging / name, stat.S_IFREG) or not os.path.lexists(staging / name)
        return staged and not (folder / name).is_dir()
    except (OSError, ValueError):  # ValueError: no file can have such a name
        return False


def _is_own(path: Path, kind: int) -> bool:
    """Tell whether there is a file or folder of this user's here, and no link to one."""
    try:
        found = path.lstat()
    except OSError:
        return False
    return stat.S_IFMT(found.st_mode) == kind and found.st_uid == os.geteuid()


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
            if os.path.lexists(old):
                os.replace(old, folder / name)
            elif not (staging / name).exists():
                (folder / name).unlink(missing_ok=True)
        raise
    _sync(folder)


def _keep(path: Path, copy: Path) -> None:
    """Keep an old file under a second name, as long as it may have to come back.

    A link is kept as a link: what it leads to is none of ours.
    """
    if not os.path.lexists(path):
        return
    try:
        os.link(path, copy, follow_symlinks=False)
    except (OSError, NotImplementedError):  # systems and disks without second names
        shutil.copy2(path, copy, follow_symlinks=False)


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
    """Remove a staging folder, its list first: without it nothing is carried out.

    What says that it is ours goes last, so that what a kill leaves is removed by the next command.
    """
    with suppress(OSError):
        (staging / _LIST).unlink(missing_ok=True)
        for path in staging.iterdir():
            if path.name != _OURS:
                path.unlink()
    shutil.rmtree(staging, ignore_errors=True)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Let signals wait for a moment.

    Another thread may take one that this thread keeps out, and has it handled here all the same.
    """
    numbers = {getattr(signal, name) for name in _HELD if hasattr(signal, name)}
    came: list[int] = []
    handled = {n for n in numbers if callable(signal.getsignal(n))}
    if threading.current_thread() is not threading.main_thread():
        handled = set()  # only the main thread may choose what signals do, and is told of them
    before = signal.pthread_sigmask(signal.SIG_BLOCK, numbers)
    handlers = {n: signal.signal(n, lambda number, frame: came.append(number)) for n in handled}
    try:
        yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        for number in dict.fromkeys(came):
            os.kill(os.getpid(), number)
