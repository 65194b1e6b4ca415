"""Sending many messages: one after the other, in the pace that was asked, the late ones last."""

from __future__ import annotations

import heapq
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace

from builder.addresses import Address
from builder.mail.journal import Journal
from builder.mail.smtp import Answer, Fate, Line, SenderRefused, ServerError

TRIES = 4
BROKEN_LINES = 4
REFUSED_SENDER = 3
"""How often the server may refuse our own address before we believe it."""

MANY_DEFERRED = 20
"""After so many deferrals in a row the server wants a rest."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message about to go, for those of its recipients who have not got it."""

    people: tuple[Address, ...]
    message_id: str
    compose: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast messages go; seconds."""

    between: float = 0.0  # from one message to the next
    retry: float = 5.0  # before a deferred one is tried again; three times as long each time

    def pause(self, tries: int) -> float:
        """Give the wait before the next try."""
        return float(self.retry * 3 ** (tries - 1))


@dataclass(slots=True)
class Sender:
    """Sends parcels over a line, and notes their fate in a journal."""

    address: Address
    line: Line
    journal: Journal
    pace: Pace
    told: Callable[[int], None] = lambda count: None
    sleep: Callable[[float], None] = time.sleep
    _next: float = 0.0
    _sent: int = 0
    _broken: int = 0
    _sender_refused: int = 0
    _deferred: int = 0

    def send_all(self, parcels: tuple[Parcel, ...]) -> None:
        """Send every parcel. Raises ServerError where no further one could go either."""
        waiting = deque((parcel, 1) for parcel in parcels)
        later: list[tuple[float, int, Parcel, int]] = []
        count = 0
        try:
            while waiting or later:
                if waiting:
                    parcel, tries = waiting.popleft()
                else:
                    due, _, parcel, tries = heapq.heappop(later)
                    self.sleep(max(due - time.monotonic(), 0.0))
                self._keep_pace()
                try:
                    deferred = self._send(parcel)
                except ServerError as fault:
                    self._bear(fault)
                    waiting.appendleft((parcel, tries))
                    continue
                if deferred and tries < TRIES:
                    rest = replace(parcel, people=deferred)
                    count += 1
                    due = time.monotonic() + self.pace.pause(tries)
                    heapq.heappush(later, (due, count, rest, tries + 1))
        finally:
            self.line.close()

    def _send(self, parcel: Parcel) -> tuple[Address, ...]:
        """Send one parcel; give those who should be tried again."""
        try:
            answers = self.line.send(
                self.address,
                parcel.people,
                parcel.compose(),
                lambda people: self.journal.going(people, parcel.message_id),
            )
        except SenderRefused as fault:
            self._sender_refused += 1
            if self._sender_refused >= REFUSED_SENDER:
                raise ServerError(
                    f"the server takes nothing from {self.address.spec}: {fault}",
                    hint="check --from",
                ) from fault
            answers = dict.fromkeys(parcel.people, Answer(Fate.REFUSED, str(fault)))
        else:
            self._broken = self._sender_refused = 0
        for person, answer in answers.items():
            self.journal.settled(person, answer)
        self._sent += sum(a.fate is Fate.ACCEPTED for a in answers.values())
        self.told(self._sent)
        deferred = tuple(p for p, a in answers.items() if a.fate is Fate.DEFERRED)
        self._deferred = self._deferred + 1 if deferred else 0
        if self._deferred and self._deferred % MANY_DEFERRED == 0:
            self.sleep(self.pace.retry)
        return deferred

    def _bear(self, fault: ServerError) -> None:
        """Wait before a line is tried again. Raises the fault where that is no use."""
        self._broken += 1
        if not fault.again or self._broken >= BROKEN_LINES:
            raise fault
        self.sleep(self.pace.pause(self._broken))

    def _keep_pace(self) -> None:
        now = time.monotonic()
        if self.pace.between:
            self.sleep(max(self._next - now, 0.0))
            self._next = max(self._next, now) + self.pace.between
