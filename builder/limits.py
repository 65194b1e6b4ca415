"""How much a build may take of the machine: processor, time, memory and the size of a file.

Whoever builds their own briefing never meets these limits: they grow with the content. Whoever
builds what strangers send sets them low, by `--limits strict` or in figures.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

MEGABYTE = 1_000_000
TEXTS = (".md", ".yml", ".yaml", ".csv", ".tsv")
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".svg")
MOST_FILES = 20_000
"""Files that are looked at for the size of a project."""

LARGEST_TEXT = 5 * MEGABYTE
"""Bytes of a text file that is read at all; what is larger earns a project no time."""

LARGEST_PICTURE = 64 * MEGABYTE
KEYS = {"seconds": "seconds", "memory": "MB", "file": "MB"}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one run may take; None: as much as it likes."""

    processor: float | None  # seconds of it
    seconds: float | None  # by the clock
    memory: int | None  # bytes
    file: int | None  # bytes of one file that is written

    def for_text(self, size: int) -> Limits:
        """Give more time to a project with so many bytes of text."""
        if self is not USUAL or self.processor is None:
            return self
        processor = min(self.processor + size / 1000, LONGEST)
        return replace(self, processor=processor, seconds=4 * processor)


LONGEST = 3600.0
USUAL = Limits(60, 240, 4000 * MEGABYTE, 1000 * MEGABYTE)
STRICT = Limits(9, 9.5, 2000 * MEGABYTE, 100 * MEGABYTE)
OFF = Limits(None, None, None, None)
NAMED = {"usual": USUAL, "strict": STRICT, "off": OFF}


def parse_limits(written: str) -> Limits:
    """Read "strict", or "seconds=30,memory=1500,file=50". Raises ValueError for anything else."""
    if written in NAMED:
        return NAMED[written]
    limits = replace(USUAL)  # not the usual ones: what was asked for does not grow
    for part in written.split(","):
        key, equals, value = part.strip().partition("=")
        number = _number(value)
        if not equals or key not in KEYS or number is None:
            raise ValueError(f"{written!r} sets no limits; write usual, strict, off or seconds=10")
        match key:
            case "seconds":
                limits = replace(limits, processor=number, seconds=number)
            case "memory":
                limits = replace(limits, memory=round(number * MEGABYTE))
            case _:
                limits = replace(limits, file=round(number * MEGABYTE))
    return limits


def _number(value: str) -> float | None:
    try:
        number = float(value)
    except ValueError:
        return None
    return number if 0 < number < 1e9 else None


def text_size(project: Path) -> int:
    """Give a project's bytes, as far as they cost time: its texts, and a little for pictures."""
    total = 0
    for count, entry in enumerate(_files(project)):
        if count >= MOST_FILES:
            break
        try:
            size = entry.stat(follow_symlinks=False).st_size
        except OSError:
            continue
        name = entry.name.lower()
        if name.endswith(TEXTS):
            total += size if size <= LARGEST_TEXT else 0
        elif name.endswith(PICTURES):
            total += min(size, LARGEST_PICTURE) // 500
    return total


def _files(folder: Path) -> Iterator[os.DirEntry[str]]:
    """Give the files below a folder, links to folders not followed."""
    waiting = [str(folder)]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    else:
                        yield entry
        except OSError:
            continue
