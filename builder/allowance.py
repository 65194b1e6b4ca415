"""How much of the processor a step of the work may take before it counts as run away.

Each step has a share, several times what an honest document of the same size takes; what it needs
beyond that comes from a reserve that the whole run has once. So work that does not get on ends
within seconds, and a report of a thousand pages has its time.
"""

from __future__ import annotations

import signal
import time
from dataclasses import dataclass
from functools import cache

RESERVE = 3.0
"""Seconds beyond their shares that the steps of one run have together."""

LONGEST_LINE = 2_000
"""Bytes of a line that earn time: no paragraph is longer, and many an attack is one line."""

REFERENCE = 0.0035
"""Seconds that `slowness` may count: 0.0023 where the shares were measured, and some room."""


@dataclass(frozen=True, slots=True)
class Share:
    """Seconds of the processor that a step may take of any project, and of each kilobyte of it."""

    seconds: float
    a_kilobyte: float


STARTING = Share(4, 0.01)
WRITING = Share(3, 0.15)
SHARES = {
    "reading": Share(2, 0.015),
    "checking": Share(3, 0.04),
    "planning": Share(3, 0.02),
    "saving": Share(2, 0.05),
    "looking": Share(3, 0.15),
    "writing": WRITING,
    "writing docx": Share(4, 0.15),
}
"""Shares by a step or its first word. Measured: reading 0.005 seconds a kilobyte, checking 0.01,
writing a PDF 0.05 for prose, 0.15 for tables and notes."""


def share_of(step: str) -> Share:
    """Give the share of a step; what has none of its own is as dear as writing."""
    return SHARES.get(step) or SHARES.get(step.partition(" ")[0], WRITING)


def earning(text: bytes) -> int:
    """Give the bytes of a text that earn time."""
    return sum(min(len(line), LONGEST_LINE) + 1 for line in text.splitlines())


@cache
def slowness() -> float:
    """Tell how many times slower this processor is than one that the shares have room for.

    It is 1 at least; the quickest of three counts, for whatever else happens makes one slower.
    """
    return min(max(min(_counting() for _ in range(3)) / REFERENCE, 1.0), 10.0)


def _counting() -> float:
    began = time.process_time()
    total = 0
    for number in range(50_000):
        total += number * number
    return time.process_time() - began


class Meter:
    """Counts the processor's seconds of each step, and has SIGPROF sent where they are used up."""

    def __init__(self, size: int, reserve: float = RESERVE, again: float = 0.0) -> None:
        """Measure a project of `size` earning bytes; `again`: seconds until it is sent anew."""
        self._kilobytes, self._slow, self._again = size / 1000, slowness(), again
        self._reserve = reserve * self._slow
        self._running = False

    def begin(self, step: str, share: Share | None = None) -> float:
        """Begin a step; give the seconds that it may take. What is left of a share lapses."""
        if self._running:
            left, _ = signal.getitimer(signal.ITIMER_PROF)
            self._reserve = min(self._reserve, left)
        share = share or share_of(step)
        allowed = (share.seconds + share.a_kilobyte * self._kilobytes) * self._slow + self._reserve
        signal.setitimer(signal.ITIMER_PROF, allowed, self._again)
        self._running = True
        return allowed

    def end(self) -> None:
        """Count no more."""
        signal.setitimer(signal.ITIMER_PROF, 0)
        self._running = False
