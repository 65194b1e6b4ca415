"""Running one command, and telling what it cost: it alone, with the processes that it started."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
A_MB = 1 << 20 if sys.platform == "darwin" else 1 << 10
"""A megabyte in what the system counts a process's memory in."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one command cost."""

    seconds: float  # by the clock
    work: float  # seconds of processors
    megabytes: float  # of the largest process


def run(line: Sequence[str], more: Mapping[str, str] | None = None) -> Run:
    """Run a command in the project's folder. Raises SystemExit where it fails."""
    # Python keeps what it compiled unless told not to, as pip did for the packages.
    usual = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryFile() as said:
        began = time.monotonic()
        started = subprocess.Popen(
            line, cwd=ROOT, env={**usual, **(more or {})}, stdout=said, stderr=said
        )
        _, status, used = os.wait4(started.pid, 0)
        seconds = time.monotonic() - began
        started.returncode = os.waitstatus_to_exitcode(status)
        if started.returncode:
            said.seek(0)
            told = said.read().decode("utf-8", "replace")
            raise SystemExit(f"{' '.join(line)} ended with {started.returncode}:\n{told}")
    return Run(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / A_MB)


def cold(line: Sequence[str], more: Mapping[str, str] | None = None) -> Run:
    """Run a command in an empty home, with empty caches; fonts are looked up anew."""
    with tempfile.TemporaryDirectory() as home:
        empty = {
            "HOME": home,
            "XDG_CACHE_HOME": f"{home}/cache",
            "XDG_DATA_HOME": f"{home}/data",
            "BRIEFING_CACHE": f"{home}/kept",
        }
        return run(line, {**empty, **(more or {})})
