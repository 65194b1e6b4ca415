"""How much a build may take of the machine: processor, time, memory and the size of a file.

Whoever builds their own briefing never meets these limits: they grow with the content, and each
step of the work has its share of them. Whoever builds what strangers send sets them low, by
`--limits strict` or in figures.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace

MEGABYTE = 1_000_000
LARGEST_TEXT = 5 * MEGABYTE
LARGEST_PICTURE = 64 * MEGABYTE
"""Bytes of a file that is read at all."""

NEW_OBJECTS = 20_000
"""New objects after which Python looks for garbage. A build makes many and next to no garbage: the
usual 700 take a twentieth of its time."""

MORE_ROOM = "look for what makes so much work; for more room: --limits seconds=600,memory=8000"
KEYS = {"seconds": "seconds", "memory": "MB", "file": "MB"}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one run may take; None: as much as it likes."""

    processor: float | None  # seconds of it
    seconds: float | None  # by the clock
    memory: int | None  # bytes
    file: int | None  # bytes of one file that is written
    is_paced: bool = False  # each step has its share, by the size of the content
    size: int = 0  # bytes of content

    def for_text(self, size: int) -> Limits:
        """Give more time to a project with so many bytes of text."""
        if not self.is_paced or self.processor is None:
            return self
        processor = min(self.processor + size / 1000, LONGEST)
        return replace(self, processor=processor, seconds=4 * processor, size=size)


def _memory() -> int:
    """Give the bytes of memory that a run may have: 4 GB, but not all that a small machine has."""
    try:
        whole = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, OSError, ValueError):
        return 4000 * MEGABYTE
    return min(4000 * MEGABYTE, max(1500 * MEGABYTE, whole * 3 // 4))


LONGEST = 3600.0
USUAL = Limits(60, 240, _memory(), 1000 * MEGABYTE, is_paced=True)
STRICT = Limits(9, 9.5, 2000 * MEGABYTE, 100 * MEGABYTE)
OFF = Limits(None, None, None, None)
NAMED = {"usual": USUAL, "strict": STRICT, "off": OFF}


def parse_limits(written: str) -> Limits:
    """Read "strict", or "seconds=30,memory=1500,file=50". Raises ValueError for anything else."""
    if written in NAMED:
        return NAMED[written]
    limits = USUAL
    for part in written.split(","):
        key, equals, value = part.strip().partition("=")
        number = _number(value)
        if not equals or key not in KEYS or number is None:
            raise ValueError(f"{written!r} sets no limits; write usual, strict, off or seconds=10")
        match key:
            case "seconds":
                limits = replace(limits, processor=number, seconds=number, is_paced=False)
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
