"""Search for better page ends, one unit of the report at a time.

A unit with a nearly empty page is laid out by several plans, the most promising one first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from builder.document.nodes import Document
from builder.writers.markup_inlines import Setting
from builder.writers.pdf_plan import Place, Plan, Survey, improve, with_passing

LIMIT = 0.385
"""Part of a page that may be left empty: the page's picture then shows it at least 60 % filled."""

MOST_PAGES = 45
"""Pages laid out in search of plans, for one unit of the report."""

TRIALS = 6
"""Plans tried for one stretch."""

TALL = 0.5
"""Part of a page that a table takes at least before it may be parted."""

TOP = 0.02
"""What begins above this part of a page begins the page."""

Faults = tuple[int, int, int, float]
"""Notes lost, boxes cut in two, pages too empty and figures too far from their mention, and how
much is too empty: the first that differs counts."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Some pages as they were laid out, and what is to be seen of them."""

    seen: Survey
    laid: Any


Trial = Callable[[Plan], Sample]
"""Lay out the unit."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Sections that follow one another, of which the first begins a page."""

    sections: tuple[str, ...]
    final: bool  # the back cover comes next, so that the page before it may end where it likes

    def faults(self, seen: Survey) -> Faults:
        """Count notes lost, boxes cut in two, pages too empty and figures too far; add up gaps."""
        gaps = [gap - LIMIT for gap in self.inner(seen) if gap > LIMIT]
        wrong = len(gaps) + len(seen.far_figures)
        return len(seen.lost), len(seen.split_boxes), wrong, round(sum(gaps), 1)

    def inner(self, seen: Survey) -> Sequence[float]:
        """Give what is empty on each page that should be full."""
        return seen.empty[:-2] if self.final else seen.empty


@dataclass(frozen=True, slots=True)
class State:
    """A plan that was tried, and the plans that come of it."""

    faults: Faults
    number: int
    plan: Plan
    moves: Iterator[Plan]
    sample: Sample


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

    def best(self, plan: Plan, sample: Sample) -> State:
        """Look for a plan without faults, beginning with one; the best one wins."""
        best = State(
            self.stretch.faults(sample.seen), 0, plan, self.moves(plan, sample.seen), sample
        )
        found = [best]
        tried = {_key(plan)}
        trials, left = 0, MOST_PAGES
        while found and any(best.faults) and left >= len(sample.seen.empty) and trials < TRIALS:
            state = min(found, key=lambda state: (state.faults[1:], -state.number))
            move = next(state.moves, None)
            if move is None:
                found.remove(state)
                continue
            if _key(move) in tried:
                continue
            tried.add(_key(move))
            made = self.trial(move)
            left -= len(made.seen.empty)
            trials += 1
            moves = self.moves(move, made.seen)
            state = State(self.stretch.faults(made.seen), trials, move, moves, made)
            found.append(state)
            best = min(best, state, key=lambda state: state.faults)
        return best

    def moves(self, plan: Plan, seen: Survey) -> Iterator[Plan]:
        """Give plans that differ in one thing: text passes a figure, or the stretch is tighter."""
        inner = self.stretch.inner(seen)
        gaps = [page for page, gap in enumerate(inner) if gap > LIMIT]
        at_end = bool(gaps) and gaps[0] == len(inner) - 1
        for name in sorted(set(seen.lost) - plan.tight):
            yield _tightened(plan, name)
        usual = improve(plan, seen, self.document, self.setting, self.room)
        yield replace(usual, running_on=plan.running_on)
        if at_end:
            yield from self._tighter(plan)
        yield from _parted(plan, seen, gaps)
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


def _parted(plan: Plan, seen: Survey, gaps: Sequence[int]) -> Iterator[Plan]:
    """Give plans in which a page may end in a tall table that stands late, or leaves a gap."""
    for place in seen.places:
        if place.kind.startswith("fig table") and place.bottom - place.top > TALL:
            leaves_gap = place.page - 1 in gaps and place.top < TOP + 0.01
            if leaves_gap or place.name in seen.far_figures:
                yield replace(plan, parted=plan.parted | {place.name})


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
    sets = plan.running_on, plan.tight, plan.kept, plan.parted
    return deferred, *sets, plan.close_contents
