"""Which files of a project and its theme have changed, as soon as they have.

A file counts as changed when its content is another: saving it unchanged, or touching it, is no
change. Editors write a new file beside the old one and rename it, or empty the old one and fill it
again; so a file that is gone or empty is given a moment before that is believed.

The system's word that something was written can be lost: its queue runs over, a folder on another
machine sends none, and watchfiles forgets what comes in the instant in which its wait runs out. So
sizes and times are looked at as well, once a second.
"""

from __future__ import annotations

import hashlib
import os
import stat
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

STEP = 15
"""Milliseconds of quiet after which what was written is looked at."""

LONGEST = 400
"""Milliseconds of writing without a pause after which it is looked at nevertheless."""

PATIENCE = 0.15
"""Seconds given to a file that is gone or empty."""

PULSE = 1_000
"""Milliseconds after which to look for what was not reported."""

RARELY = 20
"""Times as long as such a look took is waited before the next one: folders may be large, or far."""

SETTLED = 1_000_000_000
"""Nanoseconds after which a file that is written again has another time, on any file system."""

LARGEST = 64_000_000
"""Bytes; of larger files size and time stand for the content."""

TEMPORARY = (".tmp", ".part", ".bak", ".swp", ".swx", ".crswap", "~")


class Stamp(NamedTuple):
    """What changes when a file is written, unless that happens twice in an instant."""

    size: int
    written: int  # nanoseconds since 1970
    changed: int  # likewise, its inode
    inode: int

    def is_settled(self, now: int) -> bool:
        """Tell whether what is written from now on will have another stamp."""
        return now - max(self.written, self.changed) > SETTLED


@dataclass(slots=True)
class Watched:
    """Folders with the content of every file in them, as it was last seen."""

    folders: tuple[Path, ...]
    left_out: tuple[Path, ...] = ()  # folders inside them that builds write to
    known: dict[Path, bytes] = field(default_factory=dict)
    stamps: dict[Path, Stamp] = field(default_factory=dict)  # of known files, where they tell
    pause: Callable[[float], object] = time.sleep

    def __post_init__(self) -> None:
        self.known = {path: digest for path in self._all() if (digest := self._digest(path))}

    def concerns(self, path: Path) -> bool:
        """Tell whether a path is one of ours: not hidden, not left by an editor, no output."""
        if any(path.is_relative_to(folder) for folder in self.left_out):
            return False
        for folder in self.folders:
            if path.is_relative_to(folder):
                parts = path.relative_to(folder).parts
                return not any(map(_is_hidden, parts)) and not _is_left_over(path.name)
        return False

    def changed(self, paths: Iterable[Path]) -> tuple[Path, ...]:
        """Give those of the paths whose content is another than before, and remember it."""
        paths = tuple(paths)
        if any(path.is_dir() or (path not in self.known and not path.exists()) for path in paths):
            return self.changed_anywhere()  # a whole folder was moved
        return self._other({path for path in paths if self.concerns(path)})

    def changed_anywhere(self) -> tuple[Path, ...]:
        """Look through all folders; for when nobody can say what was written."""
        there = set(self._all())
        return self._other({p for p in there if self._is_other(p)} | (self.known.keys() - there))

    def _other(self, paths: Iterable[Path]) -> tuple[Path, ...]:
        ours = sorted(paths)
        now = {path: self._digest(path) for path in ours}
        if any(now[p] in (b"", EMPTY) and now[p] != self.known.get(p, b"") for p in ours):
            self.pause(PATIENCE)
            now = {path: self._digest(path) for path in ours}
        found = tuple(path for path in ours if now[path] != self.known.get(path, b""))
        for path, digest in now.items():
            if digest:
                self.known[path] = digest
            else:
                self.known.pop(path, None)
                self.stamps.pop(path, None)
        return found

    def _is_other(self, path: Path) -> bool:
        """Tell whether a file may have been written since it was last read."""
        stamp = self.stamps.get(path)
        return stamp is None or stamp != _stamp(path)

    def _digest(self, path: Path) -> bytes:
        """Give what stands for a file's content; nothing where there is no file."""
        self.stamps.pop(path, None)
        stamp, now = _stamp(path), time.time_ns()
        if stamp is None:
            return b""
        if stamp.size > LARGEST:
            return f"{stamp.size} {stamp.written}".encode()
        try:
            digest = hashlib.sha256(path.read_bytes()).digest()
        except OSError:
            return b""
        if stamp.is_settled(now):
            self.stamps[path] = stamp
        return digest

    def _all(self) -> Iterator[Path]:
        left_out = {str(folder) for folder in self.left_out}
        return (path for folder in self.folders for path in _files(folder, left_out))


EMPTY = hashlib.sha256().digest()


def _is_hidden(name: str) -> bool:
    return name.startswith((".", "#")) or name == "__pycache__"


def _is_left_over(name: str) -> bool:
    return name.endswith(TEMPORARY) or name == "4913"  # vim tries whether it may write


def _files(folder: Path, left_out: Collection[str]) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        if place in left_out:
            folders.clear()
            continue
        folders[:] = [name for name in folders if not _is_hidden(name)]
        yield from (Path(place, n) for n in names if not _is_hidden(n) and not _is_left_over(n))


def _stamp(path: Path) -> Stamp | None:
    """Give a file's stamp; None where there is no file."""
    try:
        seen = path.stat()
    except OSError:
        return None
    if not stat.S_ISREG(seen.st_mode):
        return None
    return Stamp(seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_ino)


def changes(
    watched: Watched,
    stop: threading.Event | None = None,
    tell: Callable[[str], object] = lambda why: None,
) -> Iterator[tuple[Path, ...]]:
    """Wait for changes, and give the files of each; end when told to stop.

    A project's folder that goes away and comes back, as when a branch is changed, is watched again.
    What the system cannot watch is looked through once a second; `tell` is told so, once.
    """
    stop = stop or threading.Event()
    is_told = False
    while not stop.is_set():
        found = watched.changed_anywhere()  # what came while nobody looked
        if found:
            yield found
        try:
            yield from _reported(watched, stop)
        except (OSError, RuntimeError) as fault:
            # Too many folders for the system, a name that is no text, a folder that has just gone.
            if not is_told and not isinstance(fault, FileNotFoundError):
                tell(str(fault))
                is_told = True
            stop.wait(PULSE / 1_000)


def _reported(watched: Watched, stop: threading.Event) -> Iterator[tuple[Path, ...]]:
    """Give what the system reports, and what it does not, while the folders are the same."""
    from watchfiles import watch

    there = tuple(folder for folder in watched.folders if folder.is_dir())
    before = _identities(watched.folders)
    if not there:
        raise FileNotFoundError
    batches = watch(
        *there,
        watch_filter=lambda _change, path: watched.concerns(Path(path)),
        step=STEP,
        debounce=LONGEST,
        rust_timeout=PULSE,
        yield_on_timeout=True,
        stop_event=stop,
        raise_interrupt=True,
    )
    due = 0.0  # what was written before the system began to watch, it does not report
    for batch in batches:
        found: tuple[Path, ...] = ()
        now = time.monotonic()
        if batch and due:
            found = watched.changed(Path(path) for _, path in batch)
        elif now >= due:
            found = watched.changed_anywhere()
            due = now + RARELY * (time.monotonic() - now)
        if found:
            yield found
        if _identities(watched.folders) != before:
            return


def _identities(folders: Sequence[Path]) -> tuple[int, ...]:
    return tuple(_identity(folder) for folder in folders)


def _identity(folder: Path) -> int:
    try:
        return folder.stat().st_ino
    except OSError:
        return 0
