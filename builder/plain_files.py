"""Reading files that strangers may have made: plain ones only, and none beyond a size."""

from __future__ import annotations

import errno
import os
import stat
from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath

from builder.allowance import earning
from builder.characters import visible
from builder.limits import LARGEST_PICTURE, LARGEST_TEXT

MOST_ENTRIES = 20_000
"""Files and folders of a project that are looked at."""

TEXTS = (".md", ".yml", ".yaml", ".csv", ".tsv")
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".svg")
MOST_EARNED = 10_000_000
"""Bytes of text beyond which none is looked at, and none earns more time."""


OUTPUTS = "output"
"""The folder that outputs are put into where nobody says otherwise."""


class NoContent(OSError):
    """A file that nobody looks at to learn whether something has changed, so none is made of it."""

    def __init__(
        self, path: PurePath, why: str = "hidden files and output/ are no content"
    ) -> None:
        super().__init__(errno.EINVAL, why, str(path))


NO_CONTENT = "move it to where everybody sees it, for instance to data/ or images/"


def is_content(path: PurePath) -> bool:
    """Tell whether a path, from a project's or a theme's folder, may name a part of it."""
    hidden = any(part.startswith(".") and part != ".." for part in path.parts)
    return not hidden and path.parts[:1] != (OUTPUTS,)


def read_plain(path: Path, most: int) -> bytes:
    """Give a file's bytes. Raises OSError where it is no plain file, or larger than `most` bytes.

    Opening waits for nobody: a pipe that no one writes to would never end.
    """
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as file:
        known = os.fstat(descriptor)
        if not stat.S_ISREG(known.st_mode):
            raise OSError(errno.EINVAL, "it is no plain file", str(path))
        if known.st_size > most:
            size = f"{known.st_size / 1_000_000:,.0f} MB, more than the {most // 1_000_000} MB"
            raise OSError(errno.EFBIG, f"it has {size} that are read", str(path))
        data = file.read(most + 1)
    if len(data) > most:
        raise OSError(errno.EFBIG, "it grows while it is read", str(path))
    return data


def entries(folder: Path) -> Iterator[os.DirEntry[str]]:
    """Give all that is below a folder, in a fixed order; links are given, and not followed.

    What lies less deep comes first: where there is too much, it is what a briefing is made of.
    """
    waiting, count = deque([str(folder)]), 0
    while waiting:
        try:
            with os.scandir(waiting.popleft()) as found:
                here = sorted(found, key=lambda entry: entry.name)
        except OSError:
            continue
        for entry in here:
            count += 1
            if count > MOST_ENTRIES:
                return
            yield entry
        waiting += [e.path for e in here if e.is_dir(follow_symlinks=False)]


def text_size(project: Path) -> int:
    """Give a project's bytes, as far as they cost time: its texts, and a little for pictures."""
    total, read = 0, 0
    for entry in entries(project):
        name = entry.name.lower()
        if not name.endswith((*TEXTS, *PICTURES)) or not entry.is_file(follow_symlinks=False):
            continue
        try:
            if name.endswith(PICTURES):
                size = entry.stat(follow_symlinks=False).st_size
                total += min(size, LARGEST_PICTURE) // 500
            elif read < MOST_EARNED:
                data = read_plain(Path(entry.path), LARGEST_TEXT)
                read += len(data)
                total += earning(data)
        except OSError:  # what is too large, or gone, earns nothing
            continue
    return total


def as_text(name: str) -> str:
    """Give a file's name for people: controls, and bytes that are no UTF-8, are spelt out."""
    return visible(name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace"))


def leads_out(path: Path, root: Path) -> bool:
    """Tell whether a path, its links followed, lies outside a folder."""
    try:
        return not path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):  # RuntimeError: links in a ring
        return True


def lies_in(path: Path, folders: Iterable[Path]) -> bool:
    """Tell whether a path, its links followed, lies in one of several folders as they are named."""
    try:
        real = path.resolve()
    except (OSError, RuntimeError):  # RuntimeError: links in a ring
        return False
    return any(real.is_relative_to(folder) for folder in folders)
