"""Lays out, mends, paints and binds the parts of one report, in one process.

There may be several at work on one report, each in a process of its own; what they are asked for
and what they answer is plain data.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

from builder.diagnostics import Diagnostics
from builder.document.walk import plain
from builder.writers.pdf_about import About, data_of
from builder.writers.pdf_binding import bound
from builder.writers.pdf_mend import Sample, Search, Stretch
from builder.writers.pdf_pages import report_values
from builder.writers.pdf_plan import Part, Plan, Survey, spills, survey
from builder.writers.pdf_press import (
    Laid,
    Press,
    private_fonts,
    rarely_collected,
    warnings_of_weasyprint,
)
from builder.writers.pdf_print import for_press
from builder.writers.pdf_recalls import notes_in
from builder.writers.pdf_sheets import Easel, Fonts, Painted
from builder.writers.pdf_task import Bound, Count, Task
from builder.writers.pdf_units import Unit
from builder.writers.pdf_words import losses, pdf_texts
from builder.writers.stylesheet import stylesheet
from builder.writers.templates import fill

FRONT = 0
"""The number of what is before the sections."""

PLAIN = Plan()

UNKNOWN = 88
"""A page number that is as wide as most are, while the true one is not known."""


class AnyPage(dict[str, int]):
    """Pages of the contents' entries before anybody knows them."""

    def get(self, key: str, default: Any = None) -> Any:
        """Give a number for any id."""
        return UNKNOWN


class Compositor:
    """One report in one process."""

    def __init__(self, task: Task, log: Diagnostics) -> None:
        """Load the theme's fonts and styles. Raises ContentErrors for a theme with faults."""
        self.task, self.log = task, log
        self.laid: dict[int, Laid] = {}
        self.seen: dict[int, Survey] = {}
        self._open = ExitStack()
        theme = task.theme
        enter = self._open.enter_context
        enter(private_fonts(theme))
        enter(rarely_collected())
        self._warned = enter(warnings_of_weasyprint(Diagnostics()))
        self._page = task.page
        self._setting = task.setting()
        self._css = stylesheet(theme, self._page, self.log, for_print=task.for_print)
        self._press = Press.start(
            theme,
            self._css,
            task.read,
            keeps_inks=task.for_print and theme.print_profile is not None,
        )
        if task.for_print:
            profile = theme.print_profile.read_bytes() if theme.print_profile else None
            claim = for_press(profile, task.document.meta.title)
            self._about = About(task.document.meta, task.stamp, (), claim)
        else:
            data = data_of(task.document, task.read, self.log)
            self._about = About(task.document.meta, task.stamp, data)
        text = plain(task.document.sections) + task.document.meta.title
        self._easel = Easel(Fonts(text), self._about.claim)

    def close(self) -> None:
        """Let go of fonts and styles."""
        self._open.close()

    # ------------------------------------------------------------ layout

    def front(self, pages: Mapping[str, int] | None = None, plan: Plan = PLAIN) -> Count:
        """Lay out what is before the sections; without `pages` the contents name guesses.

        The contents are set closely where the plan says so, or where few of them stand alone.
        """
        part = Part(pages=AnyPage() if pages is None else pages)
        laid = self._lay_out(plan, part)
        seen = survey(laid.pages, laid.root)
        if not plan.close_contents and spills(seen.places):
            plan = replace(plan, close_contents=True)
            laid = self._lay_out(plan, part)
            seen = survey(laid.pages, laid.root)
        return self._keep(FRONT, laid, seen, plan)

    def set(self, unit: Unit, plan: Plan | None = None) -> Count:
        """Lay out a unit, by a plan or as well as it can be done."""
        laid = self._lay_out(plan or Plan(), unit.part)
        seen = survey(laid.pages, laid.root)
        if plan is None:
            stretch = Stretch(unit.sections, unit.is_last)
            chosen = Search.of(
                stretch, self.task.document, self._setting, self.task.room, self._trial(unit)
            ).best(Plan(), Sample(seen, laid))
            plan = chosen.plan
            seen, laid = chosen.sample.seen, chosen.sample.laid
        return self._keep(unit.number, laid, seen, plan)

    def _trial(self, unit: Unit) -> Callable[[Plan], Sample]:
        def trial(plan: Plan) -> Sample:
            laid = self._lay_out(plan, unit.part)
            return Sample(survey(laid.pages, laid.root), laid)

        return trial

    def _html(self, plan: Plan, part: Part) -> str:
        task = self.task
        values = report_values(task.document, self._setting, self._page, task.stamp, plan, part)
        return fill("report.html.j2", values, task.theme, self.log)

    def _lay_out(self, plan: Plan, part: Part) -> Laid:
        return self._press.lay_out(self._html(plan, part), self._warned)

    def _keep(self, number: int, laid: Laid, seen: Survey, plan: Plan) -> Count:
        self.laid[number], self.seen[number] = laid, seen
        places: dict[str, int] = {}
        for index, page in enumerate(laid.pages):
            for name in page.anchors:
                places.setdefault(name, index)
        return Count(len(laid.pages), notes_in(laid.root), places, plan)

    # ------------------------------------------------------------ the file

    def paint(self, number: int, before: int, turn: int) -> tuple[Painted, tuple[str, ...]]:
        """Paint a unit that was laid out here, in the report's first painting or a later one.

        There are `before` pages in front of it.
        """
        laid = self.laid.pop(number)
        self._warned.clear()
        painted = self._easel.paint(laid.root, laid.pages, before, number, turn)
        warnings = (*laid.warnings, *self._warned)
        self._warned.clear()
        return painted, warnings

    def bind(self, parts: Sequence[tuple[Painted, tuple[str, ...]]]) -> Bound:
        """Make the file, and look for words that it lacks."""
        self._warned.clear()
        painted = [part for part, _ in parts]
        pdf = bound(painted, self._about)
        warnings = [warning for _, said in parts for warning in said]
        warnings += self._warned
        self._warned.clear()
        asked = [passage for part in painted for passage in part.passages]
        lost = losses(asked, pdf_texts(pdf))
        lost = lost or tuple(loss for part in painted for loss in part.stranded)
        pages = sum(len(part.sheets) for part in painted)
        return Bound(pdf, pages, lost, tuple(dict.fromkeys(warnings)))
