"""What a process does to itself before it works on content: limits, no network, no programs.

It ends with its parent, and it counts the seconds of the processor that each step takes.
"""

from __future__ import annotations

import contextlib
import math
import mmap
import os
import select
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from builder.allowance import RESERVE, Meter, Share
from builder.limits import OFF, Limits

_NETWORK = frozenset(
    ("socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname")
)
_PROGRAMS = frozenset(
    ("os.system", "os.exec", "os.spawn", "os.posix_spawn", "pty.spawn", "subprocess.Popen")
)
_KNOWN = frozenset("soffice libreoffice ldconfig gcc cc ld objdump".split())
"""LibreOffice, and what Python asks for the place of a library."""

_SPARE = 5
"""Seconds of the processor after which a process is ended that does not hear."""

ENDLESS = 1e6

_confined: list[Limits] = []
_file: list[int] = []
_meanwhile: list[bool] = []
"""Whether this process is confined for a while; empty: it never was."""


class RanAway(BaseException):
    """A step has used up its seconds; no `except Exception` of a library takes it for its own."""

    def __init__(self, step: str, allowed: float) -> None:
        super().__init__(step, allowed)
        self.step, self.allowed = step, allowed

    def __str__(self) -> str:
        return told_of(self.step, self.allowed)


def reached(stopped: BaseException, limits: Limits | None = None) -> str:
    """Say which limit ended the work: one of a worker's, unless others are given."""
    match stopped:
        case MemoryError():
            limits = limits or (_confined[0] if _confined else OFF)
            memory = limits.memory or 0
            return f"the work needed more than {memory // 1_000_000:,} MB of memory"
        case RecursionError():
            return "something is nested too deep to be worked on"
        case _:
            return str(stopped)


def told_of(step: str, allowed: float) -> str:
    """Say that a step took too long."""
    return f"the work took more than {allowed:.0f} seconds of the processor at the step {step!r}"


def confine(limits: Limits, *, alone: bool = True) -> None:
    """Set the system's limits for this process; `alone`: neither network nor programs.

    What a system does not know, it does not keep.
    """
    import resource

    processor = None if limits.processor is None else max(round(limits.processor), 1)
    _set(((resource.RLIMIT_CPU, processor), (resource.RLIMIT_CORE, 0), *_room(limits)))
    _file[:] = [limits.file] if limits.file is not None else []
    if alone:
        sys.addaudithook(_refuse)


@contextlib.contextmanager
def confined(limits: Limits) -> Iterator[None]:
    """Confine this process for a while: memory and files, neither network nor programs.

    For what reads content in a process that has more to do afterwards.
    """
    import resource

    if limits == OFF:
        yield
        return
    before = {kind: resource.getrlimit(kind) for kind, _ in _room(limits)}
    if not _meanwhile:
        sys.addaudithook(lambda event, arguments: _refuse(event, arguments, _meanwhile[0]))
        _meanwhile.append(False)
    _meanwhile[0] = True
    _set(_room(limits))
    try:
        yield
    finally:
        _meanwhile[0] = False
        for kind, most in before.items():
            resource.setrlimit(kind, most)


def _room(limits: Limits) -> Sequence[tuple[int, int | None]]:
    """Give the system's limits of memory and files."""
    import resource

    file = (resource.RLIMIT_FSIZE, limits.file)
    return (file,) if sys.platform == "darwin" else (file, (resource.RLIMIT_AS, limits.memory))


def _set(wanted: Sequence[tuple[int, int | None]]) -> None:
    """Set limits of the system's, as far as it lets them be set."""
    import resource

    for kind, amount in wanted:
        if amount is None:
            continue
        _, hard = resource.getrlimit(kind)
        most = amount if hard == resource.RLIM_INFINITY else min(amount, hard)
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(kind, (most, hard))


def largest_file() -> int | None:
    """Give the bytes that one file may have which this process writes, for good."""
    return _file[0] if _file else None


def count_no_more() -> None:
    """Let this process have as many seconds of the processor as it likes."""
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (hard, hard))


def confine_worker(limits: Limits) -> None:
    """Confine a process that does one piece of work after the other; each is measured by itself."""
    confine(replace(limits, processor=None))
    _confined[:] = [limits]


def _refuse(event: str, arguments: tuple[object, ...], here: bool = True) -> None:
    """Refuse the network and foreign programs: a second wall behind the first."""
    if not here:
        return
    if event in _NETWORK:
        raise PermissionError(f"a build uses no network ({event})")
    if event in _PROGRAMS and os.path.basename(str(arguments[0])) not in _KNOWN:  # noqa: PTH119
        raise PermissionError(f"a build runs no programs ({arguments[0]!r})")


def is_full(limits: Limits) -> bool:
    """Tell whether the memory that is allowed is all but used up."""
    with contextlib.suppress(OSError, ValueError, IndexError), open("/proc/self/statm") as told:  # noqa: PTH123
        used = int(told.read().split()[0]) * mmap.PAGESIZE
        return limits.memory is not None and used > limits.memory * 0.9
    return False


# ---------------------------------------------------------------- the parent's end


def end_with(alive: int) -> None:
    """End this process in good order when the other end of a pipe is gone."""
    threading.Thread(target=_watch, args=(alive,), daemon=True).start()


def end_with_input(stream: int, moment: float = 2.0) -> None:
    """End this process when nobody can write to a pipe any more, what it holds read or not.

    It has a moment to find that out for itself.
    """
    threading.Thread(target=_watch, args=(stream, moment), daemon=True).start()


def _watch(pipe: int, moment: float | None = None) -> None:
    signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())  # they are the main thread's
    with contextlib.suppress(OSError):
        if moment is None:
            os.read(pipe, 1)
        else:
            hung_up = select.poll()
            hung_up.register(pipe, 0)
            hung_up.poll()
            time.sleep(moment)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(5)
    os._exit(143)


# ---------------------------------------------------------------- the seconds of each step


@contextlib.contextmanager
def measured(
    size: Callable[[], int], limits: Limits | None = None
) -> Iterator[Callable[[str], None]]:
    """Give what notes steps; RanAway is raised in a step that takes too long.

    The limits are those of this process, where none are given. A process that has none, and a
    thread beside the main one, are not measured. Where a library takes RanAway for a fault of its
    own, it is raised again each second, and at the end at the latest.
    """
    limits = limits or (_confined[0] if _confined else OFF)
    if limits == OFF or threading.current_thread() is not threading.main_thread():
        yield lambda step: None
        return
    limits = limits.for_text(size()) if limits.is_paced else limits
    meter = Meter(limits.size, RESERVE if limits.is_paced else 0.0, again=1.0)
    at = _Step()

    def begin(step: str, share: Share | None = None) -> None:
        at.step, at.allowed = step, meter.begin(step, share)
        _end_after(at.allowed)

    with _handled(at.stop, (signal.SIGPROF, signal.SIGALRM)):
        begin("starting", None if limits.is_paced else Share(limits.processor or ENDLESS, 0))
        if limits.seconds is not None:
            signal.setitimer(signal.ITIMER_REAL, limits.seconds, 1.0)
        try:
            yield begin if limits.is_paced else at.name
        finally:
            meter.end()
            signal.setitimer(signal.ITIMER_REAL, 0)
    if at.stopped is not None:
        raise at.stopped


@contextlib.contextmanager
def _handled(stop: Callable[[int, object], None], numbers: Sequence[int]) -> Iterator[None]:
    """Have signals handled for a while, and the system's limit as it was afterwards."""
    import resource

    most = resource.getrlimit(resource.RLIMIT_CPU)
    before = {number: signal.signal(number, stop) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        resource.setrlimit(resource.RLIMIT_CPU, most)


@dataclass(slots=True)
class _Step:
    """The step that is being done, and what is raised in it when its time is over."""

    step: str = "starting"
    allowed: float = 0.0
    stopped: RanAway | None = None

    def name(self, step: str) -> None:
        self.step = step

    def stop(self, number: int, frame: object) -> None:
        self.stopped = self.stopped or RanAway(self.step, self.allowed)
        raise RanAway(self.step, self.allowed)


def _end_after(seconds: float) -> None:
    """Have the system end this process where it takes so many more seconds, and does not hear."""
    import resource

    most = math.ceil(time.process_time() + seconds + _SPARE)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    if hard == resource.RLIM_INFINITY or most < hard:
        resource.setrlimit(resource.RLIMIT_CPU, (most, hard))
