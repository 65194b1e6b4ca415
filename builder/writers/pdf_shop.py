"""Who does what when a report is printed: alone in this process, or by several hands.

Units are laid out as hands get free. A unit's first page number is known when all before it are
laid out; then the hand that has it paints it. The contents come last, and one hand binds all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Protocol, cast

from builder.diagnostics import ContentErrors, Diagnostics
from builder.hands import Hands, ready
from builder.writers.pdf_plan import Place, Plan, Survey
from builder.writers.pdf_standing import Standing
from builder.writers.pdf_task import Bound, Count, Task
from builder.writers.pdf_units import Unit, united, units_of

WINDOW = 8
"""Units of which several hands lay out the tallest first, so that none works alone at the end.

Those behind wait: a unit is painted, and its boxes let go, once all in front of it are laid out.
"""

FRONT = 0
"""The number of what is before the sections."""

Look = Callable[[Plan, list[Any], Survey], None]
"""Is shown a report's plan, pages and what is to be seen of them, before these are painted."""


class Worker(Protocol):
    """Who can be asked for one thing at a time."""

    is_busy: bool

    def ask(self, method: str, *arguments: object) -> None:
        """Have something done."""

    def answer(self) -> Any:
        """Wait for what comes of it."""


@dataclass(slots=True, eq=False)
class Alone:
    """A worker that is this process itself, and does at once what it is asked for."""

    workshop: Any
    is_busy: bool = False
    _done: Any = None

    def ask(self, method: str, *arguments: object) -> None:
        """Do it."""
        self._done, self.is_busy = getattr(self.workshop, method)(*arguments), True

    def answer(self) -> Any:
        """Give what came of it."""
        self.is_busy = False
        return self._done


@dataclass(slots=True)
class Shop:
    """A report's units, and those who print them."""

    workers: Sequence[Worker]
    wait: Callable[[], Sequence[Worker]]
    log: Diagnostics
    units: dict[int, Unit]
    at_rest: Callable[[], None] = lambda: None  # is told that a worker has nothing to do
    front: int | None = None  # pages before the first section, once the contents are done
    turn: int = 0  # how often the report was printed before

    @classmethod
    @contextmanager
    def opened(
        cls, task: Task, log: Diagnostics, hands: Hands | None, standing: Standing | None = None
    ) -> Iterator[Shop]:
        """Open a shop with some hands, or with this process alone, which may have standing type."""
        units = {u.number: u for u in units_of(task.document, task.setting(), task.page)}
        if hands and hands.all and len(units) > 1:
            hands.begin(task)
            for hand in hands.all:
                hand.answer()
            yield cls(hands.all, lambda: ready(hands.all), log, units, hands.at_rest.set)
            return
        from builder.writers.pdf_workshop import Workshop  # WeasyPrint comes with it

        alone = Alone(Workshop(task, packs=False, standing=standing))
        try:
            yield cls([alone], lambda: [alone] if alone.is_busy else [], log, units)
        finally:
            if alone.workshop.compositor is not None:
                alone.workshop.compositor.close()

    def printed(
        self, look: Look | None = None, plans: Mapping[int, Plan] | None = None
    ) -> tuple[Bound, dict[int, Plan]]:
        """Print the report, by plans or as well as can be done; give the file and the plans.

        Raises ContentErrors, with diagnostics, for faults that end it.
        """
        run = Run(self, plans or {}, look)
        parts = run.parts()
        self.turn += 1
        made = {number: count.plan for number, count in sorted(run.counts.items())}
        if run.counts[FRONT].pages != self.front:  # the contents grew
            self.front = run.counts[FRONT].pages
            return self.printed(look, made)
        first = self.workers[0]
        first.ask("do", "bind", parts)
        return self.take(first), made

    def take(self, worker: Worker) -> Any:
        """Give a worker's answer; what was found goes into the log."""
        answer, found, ended = worker.answer()
        known = set(self.log)
        for diagnostic in found:
            if diagnostic not in known:
                self.log.add(diagnostic)
        if ended:
            for other in self.workers:  # so that the next report finds them free
                if other.is_busy:
                    other.answer()
            raise ContentErrors
        return answer


Request = tuple[str, int, tuple[object, ...]]
"""What is asked of a compositor: its method, the unit's number, the arguments."""


@dataclass(slots=True)
class Run:
    """One way through a report."""

    shop: Shop
    plans: Mapping[int, Plan]
    look: Look | None
    counts: dict[int, Count] = field(default_factory=dict)
    _to_set: list[int] = field(default_factory=list)
    _holders: dict[int, Worker] = field(default_factory=dict)  # who has a unit that is laid out
    _asked: dict[int, tuple[str, int]] = field(default_factory=dict)  # by the worker's id
    _parts: dict[int, Any] = field(default_factory=dict)
    _places: dict[str, int] = field(default_factory=dict)
    _is_looked_at: bool = False
    _has_contents: bool = False  # their pages are known and have been asked for

    def parts(self) -> list[Any]:
        """Lay out and paint all units and the contents; give them in order."""
        window = WINDOW if len(self.shop.workers) > 1 else 1
        units = sorted(self.shop.units.values(), key=lambda u: (u.number // window, -u.size))
        self._to_set = [FRONT, *(unit.number for unit in units)]
        while len(self._parts) <= len(units):
            for worker in self.shop.workers:
                request = None if worker.is_busy else self._next(worker)
                if request is not None:
                    method, number, arguments = request
                    self._asked[id(worker)] = method, number
                    worker.ask("do", method, *arguments)
            if not all(worker.is_busy for worker in self.shop.workers):
                self.shop.at_rest()
            for worker in self.shop.wait():
                self._take(worker)
        return [self._parts[number] for number in sorted(self._parts)]

    def _next(self, worker: Worker) -> Request | None:
        """Give what a worker should do: paint what it has, else lay out, else wait."""
        for number in sorted(n for n, holder in self._holders.items() if holder is worker):
            before = self._before(number)
            if before is not None and self._may_paint():
                del self._holders[number]
                return "paint", number, (number, before, self.shop.turn)
        if self._to_set:
            number = self._to_set.pop(0)
            if number == FRONT:
                known = (self._places, self.counts[FRONT].plan) if self._has_contents else ()
                return "front", FRONT, known
            return "set", number, (self.shop.units[number], self.plans.get(number))
        return None

    def _take(self, worker: Worker) -> None:
        """Take what a worker has done."""
        answer = self.shop.take(worker)
        method, number = self._asked.pop(id(worker))
        if method == "paint":
            self._parts[number] = answer
            return
        if number == FRONT and not self._has_contents:
            self.shop.front = self.shop.front or answer.pages
        elif number == FRONT:
            self._holders[FRONT] = worker
        else:
            self._holders[number] = worker
        self.counts[number] = answer
        self._correct_notes()
        if len(self.counts) == len(self.shop.units) + 1 and not self._has_contents:
            self._number_contents()

    def _before(self, number: int) -> int | None:
        """Count the pages in front of a unit; None: not all of them are laid out."""
        if number == FRONT:
            return 0
        units = range(1, number)
        if self.shop.front is None or any(unit not in self.counts for unit in units):
            return None
        return self.shop.front + sum(self.counts[unit].pages for unit in units)

    def _correct_notes(self) -> None:
        """Have a unit laid out again whose notes were given other numbers than they have."""
        notes = 0
        for number in range(len(self.shop.units) + 1):
            if number not in self.counts:
                return
            unit = self.shop.units.get(number)
            if unit is not None and unit.notes_before != notes:
                self.shop.units[number] = replace(unit, notes_before=notes)
                del self.counts[number]
                self._holders.pop(number, None)
                self._to_set.insert(0, number)
                return
            notes += self.counts[number].notes

    def _number_contents(self) -> None:
        """Have the contents laid out for good: all pages are known."""
        for number in self.shop.units:
            before = self._before(number) or 0
            for name, page in self.counts[number].places.items():
                self._places.setdefault(name, before + page + 1)
        self._has_contents = True
        self._to_set.append(FRONT)

    def _may_paint(self) -> bool:
        """Tell whether pages may be painted: whoever wants to look does so before."""
        if self.look is None or self._is_looked_at:
            return True
        if set(self._holders) != set(range(len(self.shop.units) + 1)):
            return False
        self._is_looked_at = True
        self._show(self.look)
        return True

    def _show(self, look: Look) -> None:
        pages: list[Any] = []
        places: list[Place] = []
        empty: list[float] = []
        lost: list[str] = []
        compositor = cast("Alone", self.shop.workers[0]).workshop.compositor
        for number in range(len(self.shop.units) + 1):
            seen = compositor.seen[number]
            places += (replace(place, page=place.page + len(pages)) for place in seen.places)
            empty += seen.empty
            lost += seen.lost
            pages += compositor.laid[number].pages
        plan = united([self.counts[number].plan for number in sorted(self.counts)])
        look(plan, pages, Survey(tuple(places), tuple(empty), tuple(lost)))
