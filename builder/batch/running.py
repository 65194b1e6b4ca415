"""Handing orders to processes, and taking back what came of them."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from concurrent.futures.process import ProcessPoolExecutor
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

from builder.batch.copied import Copied, failed
from builder.confinement import confine_worker, end_with
from builder.limits import NEW_OBJECTS, USUAL, Limits

K = TypeVar("K")
J = TypeVar("J")
P = ParamSpec("P")
T = TypeVar("T")
Start = Callable[[int], Executor]
"""Gives an executor of so many workers."""

SAFE_PATH = "PYTHONSAFEPATH"
SECONDS_TO_LOOK = 5.0

AHEAD = 2
"""Orders handed out a worker, so that none waits, and none holds more than these."""


SHIFT = 200
"""Copies that a process makes before a fresh one takes its place.

C libraries keep something of each that nobody gets back: fontconfig a third of a megabyte of every
PDF, which a list of ten thousand would not survive.
"""


class WorkersLost(Exception):
    """All workers are gone at once: nothing that is left can be made."""


def run(
    jobs: Mapping[K, J],
    workers: int,
    start: Start,
    make: Callable[[J], Copied],
    why: Callable[[BaseException], str] = repr,
    look: Callable[[], None] | None = None,
    shift: int | None = None,
) -> Iterator[tuple[K, Copied]]:
    """Give what came of each job, as it comes; `why` says what a worker failed at.

    After `shift` jobs a worker, others take their places.

    Where nothing comes for a while, `look` looks after the workers; it may raise WorkersLost.

    Where a worker dies, the jobs that were out are tried again, each alone: the one that killed it
    fails, and harms no other. Raises WorkersLost.
    """
    waiting = list(jobs)
    while waiting:
        suspects: list[K] = []
        now = waiting[: workers * shift] if shift else list(waiting)
        del waiting[: len(now)]
        with closing(start(min(workers, len(now)))) as executor:
            yield from _handed_out(jobs, now, workers * AHEAD, executor, make, suspects, why, look)
        waiting[:0] = now
        for key in suspects:
            with closing(start(1)) as executor:
                yield key, _alone(executor, make, jobs[key])


def _handed_out(
    jobs: Mapping[K, J],
    waiting: list[K],
    most: int,
    executor: Executor,
    make: Callable[[J], Copied],
    suspects: list[K],
    why: Callable[[BaseException], str],
    look: Callable[[], None] | None,
) -> Iterator[tuple[K, Copied]]:
    """Work off what is waiting, until nothing is left or the executor broke."""
    out: dict[Future[Copied], K] = {}
    while (waiting or out) and not suspects:
        try:
            while waiting and len(out) < most:
                out[executor.submit(make, jobs[waiting[0]])] = waiting[0]
                waiting.pop(0)
        except BrokenExecutor:
            suspects += out.values()
            return
        beat = SECONDS_TO_LOOK if look else None
        done, _ = wait(out, timeout=beat, return_when=FIRST_COMPLETED)
        if not done and look:
            look()
        for future in done:
            key = out.pop(future)
            if future.cancelled():
                raise WorkersLost
            fault = future.exception()
            if isinstance(fault, BrokenExecutor):
                suspects.append(key)
            else:
                yield key, failed(why(fault)) if fault is not None else future.result()
    suspects += out.values()


def _alone(executor: Executor, make: Callable[[J], Copied], job: J) -> Copied:
    try:
        return executor.submit(make, job).result()
    except BrokenExecutor:
        return failed("its process was killed, or ran out of memory")


def processes(workers: int, limits: Limits = USUAL) -> Executor:
    """Give processes on this machine, which keep their libraries, fonts and citations."""
    context = multiprocessing.get_context("spawn")
    with _nothing_from_here():  # it starts a process that looks after locks
        return _Pool(workers, mp_context=context, initializer=_ready, initargs=(limits,))


class _Pool(ProcessPoolExecutor):
    """Starts processes, when work is handed out, that import nothing from the current folder."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Hand work out."""
        with _nothing_from_here():
            return super().submit(fn, *args, **kwargs)


@contextmanager
def _nothing_from_here() -> Iterator[None]:
    """Have Python's new processes pass over the current folder when they look for modules.

    `python -c`, by which they are started, would run a stranger's `pickle.py` that lies there.
    """
    before = os.environ.get(SAFE_PATH)
    os.environ[SAFE_PATH] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[SAFE_PATH]
        else:
            os.environ[SAFE_PATH] = before


def _ready(limits: Limits) -> None:
    """Leave Ctrl-C to the process that hands out the orders, end with it, and keep to limits."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(NEW_OBJECTS, *gc.get_threshold()[1:])
    parent = multiprocessing.parent_process()
    if parent is not None and isinstance(parent.sentinel, int):
        end_with(parent.sentinel)
    confine_worker(limits)


@contextmanager
def closing(executor: Executor) -> Iterator[Executor]:
    """End an executor; what is left over when something stopped us is not waited for."""
    try:
        yield executor
    except BaseException:
        ours: Sequence[multiprocessing.process.BaseProcess] = ()
        if isinstance(executor, ProcessPoolExecutor):
            ours = list((executor._processes or {}).values())
        executor.shutdown(wait=False, cancel_futures=True)
        for process in ours:
            process.terminate()
        raise
    executor.shutdown()
