"""A compositor that lays out nothing that stands already."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from builder.diagnostics import Diagnostics
from builder.writers.pdf_compositor import FRONT, PLAIN, AnyPage, Compositor
from builder.writers.pdf_plan import Part, Plan, in_order, survey
from builder.writers.pdf_sheets import Painted
from builder.writers.pdf_standing import Forme, Standing, digest_of, looks
from builder.writers.pdf_task import Count, Task
from builder.writers.pdf_units import Unit


@dataclass(frozen=True, slots=True)
class Set:
    """A part of this report: how it would be laid out, and what it is printed from."""

    part: Part
    forme: Forme


class Reprinter(Compositor):
    """One report in one process, which has printed others and keeps what may come again."""

    def __init__(self, task: Task, log: Diagnostics, standing: Standing) -> None:
        super().__init__(task, log)
        self._standing = standing
        self._set: dict[int, Set] = {}
        profile = task.theme.print_profile
        inks = profile.read_bytes() if profile and task.for_print else b""
        self._looks = looks(task.theme, self._css, repr(task.for_print), inks)

    def front(self, pages: Mapping[str, int] | None = None, plan: Plan = PLAIN) -> Count:
        """Give what is before the sections as it was laid out, or lay it out."""
        part = Part(pages=AnyPage() if pages is None else pages)
        key = digest_of(self._looks, self._html(plan, part))
        front_now = super().front
        return self._once(FRONT, part, key, lambda: front_now(pages, plan))

    def set(self, unit: Unit, plan: Plan | None = None) -> Count:
        """Give a unit as it was laid out, or lay it out."""
        html = self._html(plan or Plan(), unit.part)
        searched = "" if plan else repr(self._outline(unit))
        key = digest_of(self._looks, html, searched)
        return self._once(
            unit.number, unit.part, key, lambda: super(Reprinter, self).set(unit, plan)
        )

    def paint(self, number: int, before: int, turn: int) -> tuple[Painted, tuple[str, ...]]:
        """Give a part's pages as they were painted in this place, or paint them."""
        stands = self._set.get(number)
        if stands is None:
            return super().paint(number, before, turn)
        known = self._standing.pages(stands.forme, number, before)
        if known is not None:
            self.laid.pop(number, None)
            return known, ()
        if number not in self.laid:  # it stood on other pages
            plan = stands.forme.count.plan
            laid = self._lay_out(plan, stands.part)
            self._keep(number, laid, survey(laid.pages, laid.root), plan)
        painted, warnings = super().paint(number, before, turn)
        if not warnings:  # of letters that no font has, among others
            self._standing.keep(stands.forme, number, before, painted)
        return painted, warnings

    def _once(self, number: int, part: Part, key: bytes, lay_out: Callable[[], Count]) -> Count:
        self.laid.pop(number, None)
        self._set.pop(number, None)
        forme = self._standing.get(key, self._press.fetcher.data_of)
        if forme is None:
            self._press.fetcher.fetched.clear()
            count = lay_out()
            if self.laid[number].warnings:
                return count
            images = dict(self._press.fetcher.fetched)
            forme = self._standing.put(key, Forme(count, self._looks, images))
        self._set[number] = Set(part, forme)
        return forme.count

    def _outline(self, unit: Unit) -> list[tuple[Any, ...]]:
        """Say of which blocks a unit is made: by them better page ends are looked for."""
        sections = self.task.document.sections
        return [
            (type(node).__name__, node.id)
            for section in sections
            if (section.label or section.id) in unit.sections
            for node in in_order(section.blocks, Plan())
        ]
