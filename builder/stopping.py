"""Ending in good order when the process is told to end, as after Ctrl-C."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Stopped(KeyboardInterrupt):
    """The process has been told to end, by SIGTERM or SIGHUP."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.code = 128 + number


def unheard() -> int:
    """Give the exit code for when nobody reads on what is printed, as before `| head`."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())  # Python flushes once more when it ends
    os.close(nowhere)
    return 128 + 13  # SIGPIPE, as shells know it


@contextmanager
def orderly() -> Iterator[None]:
    """Raise Stopped on SIGTERM and SIGHUP, so that no temporary folder stays behind.

    A signal that is ignored (SIGHUP under nohup) or handled by somebody else stays so.
    """
    numbers = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    if threading.current_thread() is not threading.main_thread():
        numbers = []  # only the main thread may choose what signals do
    ours = [number for number in numbers if signal.getsignal(number) is signal.SIG_DFL]
    for number in ours:
        signal.signal(number, _stop)
    try:
        yield
    finally:
        for number in ours:
            signal.signal(number, signal.SIG_DFL)


def _stop(number: int, frame: object) -> None:
    raise Stopped(number)
