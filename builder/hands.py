"""Processes that work for this one: started early, each doing one call after the other.

They are forked before anything large is imported, so that neither threads nor fonts are shared,
and import what they will need while their parent still reads. What goes to and fro is pickled. A
hand ends when its parent does; one that ends without a word takes its parent with it, in the same
way, so that whoever watches over the parent learns why.
"""

from __future__ import annotations

import importlib
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, Pipe, wait
from types import TracebackType
from typing import Any, NoReturn

MOST = 4
"""Hands that are started at most: a report has few parts that are worth it."""


@dataclass(frozen=True, slots=True)
class Failure:
    """An error in a hand."""

    error: BaseException
    told: str  # its traceback


@dataclass(slots=True, eq=False)
class Hand:
    """One process."""

    process: int
    line: Connection
    is_busy: bool = False

    def ask(self, method: str, *arguments: object) -> None:
        """Have something done."""
        self.send(pickle.dumps((method, arguments), pickle.HIGHEST_PROTOCOL))

    def send(self, request: bytes) -> None:
        """Have something done that is packed already."""
        try:
            self.line.send_bytes(request)
        except ConnectionError:
            self._fallen()
        self.is_busy = True

    def answer(self) -> Any:
        """Wait for what comes of it. Raises what the hand raised."""
        try:
            answer = pickle.loads(self.line.recv_bytes())
        except (EOFError, ConnectionError):
            self._fallen()
        self.is_busy = False
        if isinstance(answer, Failure):
            answer.error.add_note(answer.told)
            raise answer.error
        return answer

    def _fallen(self) -> NoReturn:
        _, status = os.waitpid(self.process, 0)
        if os.WIFSIGNALED(status):
            number = os.WTERMSIG(status)
            signal.signal(number, signal.SIG_DFL) if number != signal.SIGKILL else None
            os.kill(os.getpid(), number)
        raise ChildProcessError(f"a process that helped ended with {os.WEXITSTATUS(status)}")


@dataclass(slots=True)
class Hands:
    """Some processes with one kind of work: the methods of an object that each has for itself."""

    all: list[Hand] = field(default_factory=list)

    @classmethod
    def hired(cls, count: int, workshop: str) -> Hands:
        """Start processes; `workshop` names a module, and in it what takes a task and works."""
        hands = cls()
        for _ in range(count):
            here, there = Pipe()
            sys.stdout.flush()
            sys.stderr.flush()
            process = os.fork()
            if not process:
                _serve(there, workshop)
            there.close()
            hands.all.append(Hand(process, here))
        return hands

    def begin(self, task: object) -> None:
        """Give all of them the task that the coming calls belong to."""
        request = pickle.dumps(("", (task,)), pickle.HIGHEST_PROTOCOL)
        for hand in self.all:
            hand.send(request)

    def __enter__(self) -> Hands:
        """Work with them."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Send them away."""
        for hand in self.all:
            hand.line.close()
            with suppress(ProcessLookupError):
                os.kill(hand.process, signal.SIGKILL)
            with suppress(ChildProcessError):
                os.waitpid(hand.process, 0)
        self.all.clear()


def ready(hands: Sequence[Hand]) -> list[Hand]:
    """Wait until one or more of those that are busy have an answer."""
    busy = {hand.line: hand for hand in hands if hand.is_busy}
    return [busy[line] for line in wait(list(busy)) if isinstance(line, Connection)]


def processors() -> int:
    """Count the processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def hirable() -> int:
    """Say how many hands are of use on this machine; 0: it does better alone."""
    count = min(processors(), MOST)
    return count if count > 1 and hasattr(os, "fork") else 0


# ---------------------------------------------------------------- in the hand


def _serve(line: Connection, workshop: str) -> NoReturn:
    """Do what is asked for until the parent is gone."""
    code = 1
    try:
        _let_go(line.fileno())
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is told, and ends us
        module, _, name = workshop.partition(":")
        make = getattr(importlib.import_module(module), name)
        _work(line, make)
        code = 0
    except (EOFError, ConnectionError):
        code = 0
    finally:
        os._exit(code)


def _work(line: Connection, make: Callable[[Any], Any]) -> NoReturn:
    workshop: Any = None
    asked = _Asked(line)
    while True:
        answer: Any
        try:
            method, arguments = pickle.loads(asked.next())
            if method:
                answer = getattr(workshop, method)(*arguments)
            else:
                workshop = answer = None
                workshop = make(*arguments)
            packed = pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)
        except Exception as error:
            packed = _packed(error)
        line.send_bytes(packed)


def _packed(error: Exception) -> bytes:
    import traceback

    told = "".join(traceback.format_exception(error))
    try:
        packed = pickle.dumps(Failure(error, told), pickle.HIGHEST_PROTOCOL)
        pickle.loads(packed)
    except Exception:
        packed = pickle.dumps(Failure(RuntimeError(repr(error)), told))
    return packed


class _Asked:
    """Listens for requests in a thread, so that the parent's end is noticed at work, too."""

    def __init__(self, line: Connection) -> None:
        self._line = line
        self._found: list[bytes] = []
        self._some = threading.Semaphore(0)
        threading.Thread(target=self._listen, daemon=True).start()

    def next(self) -> bytes:
        self._some.acquire()
        return self._found.pop(0)

    def _listen(self) -> None:
        try:
            while True:
                self._found.append(self._line.recv_bytes())
                self._some.release()
        except (EOFError, OSError):
            os._exit(0)


def _let_go(kept: int) -> None:
    """Close what the parent has open: by its ends others learn that it is gone."""
    most = os.sysconf("SC_OPEN_MAX")
    os.closerange(3, kept)
    os.closerange(kept + 1, min(most, 65536) if most > 0 else 65536)
