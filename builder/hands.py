"""Processes that work for this one: started early, each doing one call after the other.

The first is forked before anything large is imported, so that neither threads nor fonts are shared.
It imports what they will need while their parent still reads, and then forks the others; on macOS,
whose libraries cannot be used after a fork, each is forked and imports by itself. What goes to and
fro is pickled. Hands end when their parent does; one that ends without a word takes its parent with
it, in the same way, so that whoever watches over the parent learns why.
"""

from __future__ import annotations

import importlib
import os
import pickle
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, Pipe, wait
from types import TracebackType
from typing import Any, NoReturn

PRINTED = ("pdf", "print")
"""The formats that hands make."""

MOST = 4
"""Hands that are started at most: a report has few parts that are worth it."""

FILES = 65_536
"""Numbers of open files that are looked at."""

PATIENCE, TICK = 400, 0.005
"""How often, and after how many seconds, it is asked whether a process has ended."""


@dataclass(frozen=True, slots=True)
class Failure:
    """An error in a hand."""

    error: BaseException
    told: str  # its traceback


@dataclass(slots=True, eq=False)
class Hand:
    """One process."""

    leader: int  # the process that was forked here: this one, or the one that it comes of
    line: Connection
    is_busy: bool = False
    is_sent_away: bool = False

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
        _, status = os.waitpid(self.leader, 0)
        if self.is_sent_away:
            raise ChildProcessError("a process that helped was sent away")
        if os.WIFSIGNALED(status):
            os.kill(os.getpid(), os.WTERMSIG(status))
        raise ChildProcessError(f"a process that helped ended with {os.WEXITSTATUS(status)}")


@dataclass(slots=True)
class Hands:
    """Some processes with one kind of work: the methods of an object that each has for itself."""

    all: list[Hand] = field(default_factory=list)
    at_rest: threading.Event = field(default_factory=threading.Event)
    """Set once a hand has nothing to do, so that its processor is free for other work."""

    @property
    def take_all(self) -> bool:
        """Whether they leave no processor to the process that hired them."""
        return len(self.all) >= processors()

    @classmethod
    def hired(cls, count: int, workshop: str) -> Hands:
        """Start processes; `workshop` names a module, and in it what takes a task and works."""
        hands = cls()
        for size in [1] * count if sys.platform == "darwin" else [count] if count else []:
            lines = [Pipe() for _ in range(size)]
            sys.stdout.flush()
            sys.stderr.flush()
            leader = os.fork()
            if not leader:
                _lead([there for _, there in lines], workshop)
            for here, there in lines:
                there.close()
                hands.all.append(Hand(leader, here))
        return hands

    def begin(self, task: object) -> None:
        """Give all of them the task that the coming calls belong to.

        Where this process's seconds are counted, those left are what each of them may take.
        """
        left, _ = signal.getitimer(signal.ITIMER_PROF)
        request = pickle.dumps(("", (task, left)), pickle.HIGHEST_PROTOCOL)
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
        """Send them away: who hears nothing any more ends."""
        for hand in self.all:
            hand.is_sent_away = True
            hand.line.close()
        for leader in {hand.leader for hand in self.all}:
            _see_off(leader)
        self.all.clear()


def _see_off(process: int) -> None:
    """Wait for a process to end, not for long."""
    with suppress(ChildProcessError, ProcessLookupError):
        for _ in range(PATIENCE):
            if os.waitpid(process, os.WNOHANG)[0]:
                return
            time.sleep(TICK)
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)


def alongside(work: Callable[[], None]) -> Callable[[], None]:
    """Do work that waits for hands in a thread; gives what waits for its end.

    That raises what the work raised. Who leaves without it sends the hands away, which ends it.
    """
    raised: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as error:
            raised.append(error)

    def ended() -> None:
        thread.join()
        if raised:
            raise raised.pop()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return ended


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


def _lead(lines: Sequence[Connection], workshop: str) -> NoReturn:
    """Import what is needed, fork the others, and work."""
    try:
        _let_go({line.fileno() for line in lines})
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):  # the parent is told, and closes the lines
            signal.signal(getattr(signal, name), signal.SIG_IGN)
        module, _, name = workshop.partition(":")
        make = getattr(importlib.import_module(module), name)
        for line in lines[1:]:
            process = os.fork()
            if not process:
                _let_go({line.fileno()})
                _work(line, make)
            threading.Thread(target=_share_end, args=(process,), daemon=True).start()
        _let_go({lines[0].fileno()})
        _work(lines[0], make)
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        os._exit(1)


def _share_end(process: int) -> None:
    """End as another hand did, if it was ended."""
    _, status = os.waitpid(process, 0)
    if os.WIFSIGNALED(status):
        os.kill(os.getpid(), os.WTERMSIG(status))
    elif os.WEXITSTATUS(status):
        os._exit(os.WEXITSTATUS(status))


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
                task, seconds = arguments
                signal.setitimer(signal.ITIMER_PROF, seconds)  # its end ends this process
                workshop = answer = None
                workshop = make(task)
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


def _let_go(kept: set[int]) -> None:
    """Close what the parent has open: by its ends others learn that it is gone."""
    most = os.sysconf("SC_OPEN_MAX")
    first = 3
    for number in (*sorted(kept), min(most, FILES) if most > 0 else FILES):
        os.closerange(first, number)
        first = number + 1
