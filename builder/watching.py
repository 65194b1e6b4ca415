"""Which files of a project and its theme have changed, as soon as they have.

A file counts as changed when its content is another: saving it unchanged, or touching it, is no
change. Editors write a new file beside the old one and rename it, or empty the old one and fill it
again; so a file that is gone or empty is given a moment before that is believed.
"""

from __future__ import annotations

import hashlib
import os
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

STEP = 15
"""Milliseconds of quiet after which what was written is looked at."""

LONGEST = 400
"""Milliseconds of writing without a pause after which it is looked at nevertheless."""

PATIENCE = 0.15
"""Seconds given to a file that is gone or empty."""

PULSE = 1_000
"""Milliseconds after which to see whether the folders themselves are still the same."""

LARGEST = 64_000_000
"""Bytes; of larger files size and time stand for the content."""

TEMPORARY = (".tmp", ".part", ".bak", ".swp", ".swx", ".crswap", "~")


@dataclass(slots=True)
class Watched:
    """Folders with the content of every file in them, as it was last seen."""

    folders: tuple[Path, ...]
    left_out: tuple[Path, ...] = ()  # folders inside them that builds write to
    known: dict[Path, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.known = self._scan()

    def concerns(self, path: Path) -> bool:
        """Tell whether a path is one of ours: not hidden, not left by an editor, no output."""
        if any(path.is_relative_to(folder) for folder in self.left_out):
            return False
        for folder in self.folders:
            if path.is_relative_to(folder):
                parts = path.relative_to(folder).parts
                hidden = any(p.startswith((".", "#")) or p == "__pycache__" for p in parts)
                return not hidden and not path.name.endswith(TEMPORARY) and path.name != "4913"
        return False

    def changed(self, paths: Iterable[Path]) -> tuple[Path, ...]:
        """Give those of the paths whose content is another than before, and remember it."""
        paths = tuple(paths)
        if any(path.is_dir() or (path not in self.known and not path.exists()) for path in paths):
            return self.changed_anywhere()  # a whole folder was moved
        ours = sorted({path for path in paths if self.concerns(path)})
        now = {path: _digest(path) for path in ours}
        if any(not digest or digest == EMPTY for digest in now.values()):
            time.sleep(PATIENCE)
            now = {path: _digest(path) for path in ours}
        found = tuple(path for path in ours if now[path] != self.known.get(path, b""))
        self._remember(now)
        return found

    def changed_anywhere(self) -> tuple[Path, ...]:
        """Look through all folders; for when nobody can say what was written."""
        now = self._scan()
        names = sorted({*now, *self.known})
        found = tuple(p for p in names if now.get(p, b"") != self.known.get(p, b""))
        self.known = now
        return found

    def _remember(self, now: dict[Path, bytes]) -> None:
        for path, digest in now.items():
            if digest:
                self.known[path] = digest
            else:
                self.known.pop(path, None)

    def _scan(self) -> dict[Path, bytes]:
        paths = (p for folder in self.folders for p in _files(folder) if self.concerns(p))
        return {path: digest for path in paths if (digest := _digest(path))}


EMPTY = hashlib.sha256().digest()


def _files(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(place, name) for name in names)


def _digest(path: Path) -> bytes:
    """Give what stands for a file's content; nothing where there is no file."""
    try:
        seen = path.stat()
        if not path.is_file():
            return b""
        if seen.st_size > LARGEST:
            return f"{seen.st_size} {seen.st_mtime_ns}".encode()
        return hashlib.sha256(path.read_bytes()).digest()
    except OSError:
        return b""


def changes(watched: Watched, stop: threading.Event | None = None) -> Iterator[tuple[Path, ...]]:
    """Wait for changes, and give the files of each; end when told to stop.

    A project's folder that goes away and comes back, as when a branch is changed, is watched again.
    """
    from watchfiles import watch

    stop = stop or threading.Event()
    while not stop.is_set():
        there = tuple(folder for folder in watched.folders if folder.is_dir())
        before = _identities(watched.folders)
        if not there:
            stop.wait(PULSE / 1_000)
        found = watched.changed_anywhere()  # what came while nobody looked
        if found:
            yield found
        if not there:
            continue
        seen = watch(
            *there,
            watch_filter=lambda _change, path: watched.concerns(Path(path)),
            step=STEP,
            debounce=LONGEST,
            rust_timeout=PULSE,
            yield_on_timeout=True,
            stop_event=stop,
            raise_interrupt=True,
        )
        looked = False
        for batch in seen:
            # What was written before the system began to watch, it does not report.
            paths = (Path(path) for _, path in batch)
            found = watched.changed(paths) if looked else watched.changed_anywhere()
            looked = True
            if found:
                yield found
            if _identities(watched.folders) != before:
                break


def _identities(folders: Sequence[Path]) -> tuple[int, ...]:
    return tuple(_identity(folder) for folder in folders)


def _identity(folder: Path) -> int:
    try:
        return folder.stat().st_ino
    except OSError:
        return 0
