"""The heavy work in a child process, with limits; its parent stays small and tells how it ended.

The child is forked before anything large is imported, which costs two milliseconds. It keeps the
terminal, so that progress, colours, questions and Ctrl-C are as ever. It cannot outlive its parent,
and what it leaves in the temporary folder goes when it does.
"""

from __future__ import annotations

import contextlib
import mmap
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from typing import NoReturn

from builder.allowance import Meter
from builder.confinement import confine, count_no_more, end_with, is_full
from builder.limits import Limits

Work = Callable[[Callable[[str], None]], int]
"""Takes what notes the step that is being done; gives the exit code."""

WAITING = "waiting"
"""The step from which on work waits for people and servers: neither its seconds of the processor
nor those by the clock count any more, whatever it notes afterwards."""

OUT_OF_MEMORY, TOO_DEEP = 250, 251
_GRACE = 0.3
"""Seconds that a process has to end in good order."""
_BOARD = 256
"""Bytes that tell the parent of the step; one more tells that the work waits."""


class Broken(Enum):
    """Why work did not come to its end."""

    STEP = "step"
    PROCESSOR = "processor"
    TIME = "time"
    MEMORY = "memory"
    DEPTH = "depth"
    CRASH = "crash"


@dataclass(frozen=True, slots=True)
class Ending:
    """How the work ended: its exit code, or why it was broken off, at which step."""

    code: int = 0
    broken: Broken | None = None
    step: str = ""
    signal: int = 0
    allowed: float = 0.0  # seconds of the processor, of the step that took more


def supervised(work: Work, limits: Limits, *, alone: bool = True) -> Ending:
    """Do the work in a child process; `alone`: it may neither use the network nor run programs."""
    if not hasattr(os, "fork"):
        return Ending(work(lambda step: None))
    sys.stdout.flush()
    sys.stderr.flush()
    board = mmap.mmap(-1, _BOARD + 1)
    temporary = _temporary()
    ours, theirs = os.pipe(), os.pipe()  # each side sees by the other's end that it is gone
    started = time.monotonic()
    child = os.fork()
    if not child:
        os.close(ours[1])
        os.close(theirs[0])
        _work(work, limits, board, temporary, ours[0], alone=alone)
    os.close(ours[0])
    os.close(theirs[1])
    try:
        with _passing_on(child):
            late = _wait(child, theirs[0], limits, started, board)
            _, status = os.waitpid(child, 0)
    finally:
        os.close(ours[1])
        os.close(theirs[0])
        if temporary:
            shutil.rmtree(temporary, ignore_errors=True)
    allowed, _, step = board[:_BOARD].rstrip(b"\0").decode("utf-8", "replace").partition(" ")
    board.close()
    ending = _ending(status, step, late)
    return replace(ending, allowed=float(allowed)) if ending.broken is Broken.STEP else ending


def _ending(status: int, step: str, late: Broken | None) -> Ending:
    if late is not None:
        return Ending(1, late, step)
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        why = {signal.SIGXCPU: Broken.PROCESSOR, signal.SIGPROF: Broken.STEP}
        return Ending(1, why.get(signal.Signals(number), Broken.CRASH), step, number)
    code = os.WEXITSTATUS(status)
    match code:
        case 250:
            return Ending(1, Broken.MEMORY, step)
        case 251:
            return Ending(1, Broken.DEPTH, step)
        case _:
            return Ending(code)


def _temporary() -> str:
    """Give a folder for all that the child needs for a while; "" where none can be made."""
    try:
        return tempfile.mkdtemp(prefix="briefing-")
    except OSError:
        return ""


# ---------------------------------------------------------------- the parent


def _wait(
    child: int, alive: int, limits: Limits, started: float, board: mmap.mmap
) -> Broken | None:
    """Wait for the child's end; end it where it takes too long, or too much memory."""
    ends = None if limits.seconds is None else started + limits.seconds
    weighed = sys.platform == "darwin" and limits.memory is not None  # it has no such limit
    while True:
        left = None if ends is None else max(ends - time.monotonic(), 0)
        tick = 1.0 if weighed and (left is None or left > 1) else left
        if select.select([alive], [], [], tick)[0]:
            return None
        if board[_BOARD]:
            ends = None
        if ends is not None and time.monotonic() >= ends:
            _end(child, alive)
            return Broken.TIME
        if weighed and limits.memory is not None and resident(child) > limits.memory:
            _end(child, alive)
            return Broken.MEMORY


def _end(child: int, alive: int) -> None:
    """End the child, in good order if it can."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, signal.SIGTERM)
        if not select.select([alive], [], [], _GRACE)[0]:
            os.kill(child, signal.SIGKILL)


def resident(process: int) -> int:
    """Give the bytes of memory that a process holds; 0 where nobody knows."""
    try:
        told = subprocess.run(
            ["/bin/ps", "-o", "rss=", "-p", str(process)], capture_output=True, timeout=5
        )
        return int(told.stdout) * 1024
    except (OSError, ValueError, subprocess.SubprocessError):
        return 0


@contextlib.contextmanager
def _passing_on(child: int) -> Iterator[None]:
    """Pass signals on to the child while it works."""

    def pass_on(number: int, frame: object) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, number)

    before = {}
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name)
        if signal.getsignal(number) is not signal.SIG_IGN:
            before[number] = signal.signal(number, pass_on)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


# ---------------------------------------------------------------- the child


def _work(
    work: Work, limits: Limits, board: mmap.mmap, temporary: str, alive: int, *, alone: bool
) -> NoReturn:
    """Work within the limits, and leave with the work's exit code."""
    parent = os.getppid()
    meter = Meter(limits.size) if limits.is_paced else None

    def note(step: str) -> None:
        if step == WAITING:
            board[_BOARD] = 1
            count_no_more()
        allowed = meter.begin(step) if meter is not None else 0.0
        board[:_BOARD] = f"{allowed:.1f} {step}".encode()[:_BOARD].ljust(_BOARD, b"\0")

    code = 1
    try:
        signal.signal(signal.SIGINT, _Once())
        end_with(alive)
        if temporary:
            tempfile.tempdir = temporary
            os.environ["TMPDIR"] = temporary
        confine(limits, alone=alone)
        note("starting")
        code = work(note)
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else 1
    except MemoryError:
        code = OUT_OF_MEMORY
    except RecursionError:
        code = TOO_DEEP
    except BaseException:
        if is_full(limits):  # libraries in C say many things when they get no memory
            code = OUT_OF_MEMORY
        else:
            sys.excepthook(*sys.exc_info())
    finally:
        if temporary and os.getppid() != parent:  # it was killed: nobody else is left to tidy up
            shutil.rmtree(temporary, ignore_errors=True)
        _leave(code)


def _leave(code: int) -> NoReturn:
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)  # what the parent registered to be done at its exit is the parent's to do


class _Once:
    """Takes Ctrl-C once: the terminal tells the child of it, and then the parent does."""

    def __init__(self) -> None:
        self._last = -10.0

    def __call__(self, number: int, frame: object) -> None:
        now, before = time.monotonic(), self._last
        self._last = now
        if now - before > 1:
            raise KeyboardInterrupt
