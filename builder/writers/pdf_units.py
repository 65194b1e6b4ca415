"""The parts that a report is laid out in: one for each section that begins a page of its own.

Such a section stands there alike whatever is before it; sections that run on stay with it. Cover
and contents are a part, too, laid out last, when the page numbers are known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from builder.document.nodes import Document, SectionRole
from builder.theme.model import Page
from builder.writers.markup_inlines import Setting
from builder.writers.pdf_pages import estimate, first_calls, kind_of
from builder.writers.pdf_plan import OWN_PAGE, Part, Plan


@dataclass(frozen=True, slots=True)
class Unit:
    """Sections that are laid out together, by their anchors; the last one has the back cover."""

    number: int  # its place in the report; 0 is what is before the first section
    sections: tuple[str, ...]
    notes_before: int
    size: float  # a guess at its height in points
    is_last: bool = False

    @property
    def part(self) -> Part:
        """Give the part of the report that it is."""
        return Part(frozenset(self.sections), notes_before=self.notes_before, back=self.is_last)


def units_of(document: Document, setting: Setting, page: Page) -> tuple[Unit, ...]:
    """Divide the report's sections; there is always a last unit, be it for the back cover only."""
    runs: list[list[str]] = []
    sizes: list[float] = []
    notes: list[int] = []
    count = sum(len(first_calls(s)) for s in document.sections if s.role is SectionRole.ABOUT)
    for section in document.sections:
        if section.role is SectionRole.ABOUT:
            continue
        if not runs or kind_of(section, setting, page, Plan()).startswith(OWN_PAGE):
            runs.append([])
            sizes.append(0.0)
            notes.append(count)
        runs[-1].append(section.label or section.id)
        sizes[-1] += estimate(section, setting)
        count += len(first_calls(section))
    if not runs:
        runs, sizes, notes = [[]], [0.0], [count]
    units = [
        Unit(number, tuple(run), before, size)
        for number, (run, before, size) in enumerate(zip(runs, notes, sizes, strict=True), 1)
    ]
    return (*units[:-1], replace(units[-1], is_last=True))


def united(plans: Sequence[Plan]) -> Plan:
    """Give the plan of the whole report."""
    return Plan(
        {name: count for plan in plans for name, count in plan.deferred.items()},
        frozenset().union(*(plan.running_on for plan in plans)),
        frozenset().union(*(plan.tight for plan in plans)),
        any(plan.close_contents for plan in plans),
        frozenset().union(*(plan.kept for plan in plans)),
        any(plan.loose for plan in plans),
        frozenset().union(*(plan.parted for plan in plans)),
    )
