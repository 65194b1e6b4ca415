"""Search for better page ends, one stretch of sections at a time.

What begins a page of its own is laid out like that whatever is before it. So a stretch of sections
with a nearly empty page is laid out alone, a few pages each time, by several plans; the report
as a whole is not laid out again: the pages of the plans that won take the places of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from builder.document.nodes import Document
from builder.writers.markup_inlines import Setting
from builder.writers.pdf_plan import (
    FIRST_PAGES,
    OWN_PAGE,
    SECTIONS,
    Part,
    Place,
    Plan,
    Survey,
    improve,
    with_passing,
)

LIMIT = 0.385
"""Part of a page that may be left empty: the page's picture then shows it at least 60 % filled."""

PRICE = 2.0
"""Pages laid out in search of plans, for each page of the report."""

TRIALS = 6
"""Plans tried for one stretch."""

LAST_PAGES = 2
"""The back cover, and the page before it, which ends where the text does."""

TOP = 0.02
"""What begins above this part of a page begins the page."""

Faults = tuple[int, int, int, float]
"""Notes lost, boxes cut in two, pages too empty and figures too far from their mention, and how
much is too empty: the first that differs counts."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Some pages as they were laid out, and what is to be seen of them."""

    seen: Survey
    laid: object


Trial = Callable[[Plan, Part], Sample]
"""Lay out a part of the report."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Sections that follow one another, of which the first begins a page."""

    sections: tuple[str, ...]
    first: int
    last: int  # pages
    final: bool  # the back cover comes next, so that its last page may end where it likes

    def of(self, seen: Survey) -> Survey:
        """Cut the stretch out of the whole report."""
        places = tuple(
            replace(place, page=place.page - self.first)
            for place in seen.places
            if self.first <= place.page <= self.last
        )
        lost = tuple(name for name in seen.lost if name in self.sections)
        return Survey(places, seen.empty[self.first : self.last + 1], lost)

    def faults(self, seen: Survey) -> Faults:
        """Count notes lost, boxes cut in two, pages too empty and figures too far; add up gaps."""
        inner = seen.empty[:-1] if self.final else seen.empty
        holes = [gap - LIMIT for gap in inner if gap > LIMIT]
        wrong = len(holes) + len(seen.far_figures)
        return len(seen.lost), len(seen.split_boxes), wrong, round(sum(holes), 1)


@dataclass(frozen=True, slots=True)
class Mended:
    """The plan of a whole report, and the pages of the stretches that it sets otherwise."""

    plan: Plan
    parts: tuple[tuple[Stretch, Sample], ...]

    @property
    def fits(self) -> bool:
        """Tell whether each stretch takes as many pages as before."""
        return all(
            len(sample.seen.empty) == stretch.last - stretch.first + 1
            for stretch, sample in self.parts
        )


def mended(seen: Survey, document: Document, setting: Setting, room: float, trial: Trial) -> Mended:
    """Give the plan of the whole report in which each stretch is set as well as was found."""
    plan = Plan(close_contents=improve(Plan(), seen, document, setting, room).close_contents)
    left = round(len(seen.empty) * PRICE)
    parts: list[tuple[Stretch, Sample]] = []
    for stretch in stretches(seen):
        part = stretch.of(seen)
        if any(stretch.faults(part)):
            search = Search.of(stretch, document, setting, room, trial)
            plan, sample, left = search.best(plan, part, left)
            if sample is not None:
                parts.append((stretch, sample))
    return Mended(plan, tuple(parts))


def holes(seen: Survey) -> int:
    """Count the pages of a report that are too empty."""
    return sum(gap > LIMIT for gap in seen.empty[FIRST_PAGES:-LAST_PAGES])


def stretches(seen: Survey) -> Iterator[Stretch]:
    """Divide the report where a section must begin a page, less what is well before the faults."""
    opened: list[Place] = []
    for place in seen.places:
        known = any(place.name == other.name for other in opened)
        if place.kind.startswith((*SECTIONS, "back")) and not known:
            opened.append(place)
    starts = [n for n, place in enumerate(opened) if place.kind.startswith((*OWN_PAGE, "back"))]
    for start, end in pairwise(starts):
        whole = _stretch(opened, start, end)
        faults = whole.faults(whole.of(seen))
        tops = [n for n in range(start, end) if n == start or opened[n].top < TOP]
        shorter = (_stretch(opened, n, end) for n in reversed(tops))
        yield next((s for s in shorter if s.faults(s.of(seen)) == faults), whole)


def _stretch(opened: Sequence[Place], start: int, end: int) -> Stretch:
    return Stretch(
        tuple(place.name for place in opened[start:end]),
        opened[start].page,
        opened[end].page - 1,
        final=opened[end].kind.startswith("back"),
    )


@dataclass(frozen=True, slots=True)
class State:
    """A plan that was tried, and the plans that come of it."""

    faults: Faults
    number: int
    plan: Plan
    moves: Iterator[Plan]
    sample: Sample | None = None  # None: it was not laid out anew


@dataclass(frozen=True, slots=True)
class Search:
    """Plans for one stretch, the most promising one tried first."""

    stretch: Stretch
    document: Document  # with the stretch's sections only
    setting: Setting
    room: float
    trial: Trial

    @classmethod
    def of(
        cls, stretch: Stretch, document: Document, setting: Setting, room: float, trial: Trial
    ) -> Search:
        """Take the stretch's sections out of the document."""
        chosen = tuple(s for s in document.sections if (s.label or s.id) in stretch.sections)
        return cls(stretch, replace(document, sections=chosen), setting, room, trial)

    def best(self, plan: Plan, seen: Survey, left: int) -> tuple[Plan, Sample | None, int]:
        """Look for a plan without faults while there are pages `left` to try; the best one wins."""
        part = Part(frozenset(self.stretch.sections), self.stretch.first)
        best = State(self.stretch.faults(seen), 0, plan, self.moves(plan, seen))
        found = [best]
        tried = {_key(plan)}
        trials = 0
        while found and any(best.faults) and left >= len(seen.empty) and trials < TRIALS:
            state = min(found, key=lambda state: (state.faults[1:], -state.number))
            move = next(state.moves, None)
            if move is None:
                found.remove(state)
                continue
            if _key(move) in tried:
                continue
            tried.add(_key(move))
            sample = self.trial(move, part)
            left -= len(sample.seen.empty)
            trials += 1
            faults = self.stretch.faults(sample.seen)
            state = State(faults, trials, move, self.moves(move, sample.seen), sample)
            found.append(state)
            best = min(best, state, key=lambda state: state.faults)
        return best.plan, best.sample, left

    def moves(self, plan: Plan, seen: Survey) -> Iterator[Plan]:
        """Give plans that differ in one thing: text passes a figure, or the stretch is tighter."""
        gaps = [page for page, gap in enumerate(seen.empty) if gap > LIMIT]
        at_end = bool(gaps) and gaps[0] == len(seen.empty) - 1
        for name in sorted(set(seen.lost) - plan.tight):
            yield _tightened(plan, name)
        usual = improve(plan, seen, self.document, self.setting, self.room)
        yield replace(usual, running_on=plan.running_on)
        if at_end:
            yield from self._tighter(plan)
        for counts, earlier in (((0, 1), (3, 4)), ((-1, 2), (2, 1))):
            for page in gaps:
                for name in _before(seen.places, page):
                    for more in earlier:
                        yield from self._passed(plan, name, 0.0, more)
                for name in _at_top(seen.places, page + 1):
                    for more in counts:
                        yield from self._passed(plan, name, seen.empty[page] * self.room, more)
        if gaps and not at_end:
            yield from self._tighter(plan)

    def _passed(self, plan: Plan, name: str, gap: float, more: int) -> Iterator[Plan]:
        moved = with_passing(plan, self.document.sections, name, gap, more, self.setting)
        if moved is not None:
            yield moved

    def _tighter(self, plan: Plan) -> Iterator[Plan]:
        """Give plans in which one section has a little less space between paragraphs.

        Never more: a page that ends early is better than one that is stretched.
        """
        for name in reversed(self.stretch.sections):
            if name not in plan.tight:
                yield _tightened(plan, name)


def _tightened(plan: Plan, name: str) -> Plan:
    return replace(plan, tight=plan.tight | {name})


def _at_top(places: Sequence[Place], page: int) -> Iterator[str]:
    """Name the figure that a page begins with."""
    for place in places:
        if place.page == page and place.kind.startswith("fig") and place.top < TOP + 0.01:
            yield place.name


def _before(places: Sequence[Place], page: int) -> Iterator[str]:
    """Name the last figures on a page and the one before it, the nearest first."""
    for place in reversed(places):
        if page - 2 <= place.page <= page and place.kind.startswith("fig"):
            yield place.name


def _key(plan: Plan) -> tuple[object, ...]:
    deferred = tuple(sorted(plan.deferred.items()))
    return deferred, plan.running_on, plan.tight, plan.kept, plan.close_contents
