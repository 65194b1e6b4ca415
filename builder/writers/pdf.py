"""The printed report: tree → HTML → WeasyPrint → PDF, and a check that every word arrived."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePosixPath

from builder.diagnostics import Code, Diagnostics
from builder.document.nodes import Diagram, Document, Note
from builder.document.walk import every, plain
from builder.hands import Hands
from builder.theme.model import Theme
from builder.writers.base import Artifact
from builder.writers.pdf_losses import report_losses
from builder.writers.pdf_plan import Plan
from builder.writers.pdf_press import tell_warning
from builder.writers.pdf_shop import Look, Shop
from builder.writers.pdf_standing import Standing
from builder.writers.pdf_task import Bound, Task
from builder.writers.pdf_units import Unit, united
from builder.writers.pdf_words import Loss

LONGEST_NOTE = 250
"""Words; a footnote is never split, so a longer one may not find a page to stand on."""


def write_pdf(
    document: Document,
    theme: Theme,
    log: Diagnostics,
    *,
    stamp: datetime,
    read: Callable[[PurePosixPath], bytes],
    hands: Hands | None = None,
    standing: Standing | None = None,
) -> Artifact:
    """Write the report to be read, filed and listened to: PDF/A-3a and PDF/UA-1.

    With `hands`, its parts are laid out side by side; parts that `standing` knows are not laid out
    at all. The bytes are the same.
    """
    done = typeset(document, theme, log, stamp=stamp, read=read, hands=hands, standing=standing)
    return Artifact(f"{document.meta.name}.pdf", "pdf", done.pdf, done.pages)


def write_print(
    document: Document,
    theme: Theme,
    log: Diagnostics,
    *,
    stamp: datetime,
    read: Callable[[PurePosixPath], bytes],
    hands: Hands | None = None,
    standing: Standing | None = None,
) -> Artifact:
    """Write the report for the printing house, with bleed and crop marks."""
    if theme.print_profile is None:
        log.warning(
            Code.PROFILE_MISSING,
            "the theme names no CMYK profile, so the print file is RGB and claims no PDF/X-4",
            hint="write `print: {icc: name.icc}` below defaults.briefing in _brand.yml",
        )
    done = typeset(
        document,
        theme,
        log,
        stamp=stamp,
        read=read,
        for_print=True,
        hands=hands,
        standing=standing,
    )
    return Artifact(f"{document.meta.name}-print.pdf", "print", done.pdf, done.pages)


@dataclass(frozen=True, slots=True)
class Typeset:
    """A report's file, and the plan that its pages were made by."""

    pdf: bytes
    plan: Plan
    pages: int


def typeset(
    document: Document,
    theme: Theme,
    log: Diagnostics,
    *,
    stamp: datetime,
    read: Callable[[PurePosixPath], bytes],
    for_print: bool = False,
    look: Look | None = None,
    hands: Hands | None = None,
    standing: Standing | None = None,
) -> Typeset:
    """Make the pages and the file. Text that found no place on paper is an error, never silence.

    `look` is shown the pages before they are painted, for then their boxes are let go of; the
    elements behind these say from which lines they come. Its pages are made in this process.
    """
    check_notes(document, log)
    check_drawings(document, log)
    task = Task(document, theme, stamp, read, for_print, sources=look is not None)
    apart = None if look else hands, None if look else standing
    with Shop.opened(task, log, *apart) as shop:
        done, plans = shop.printed(look)
        if done.lost:
            done, plans = shop.printed(look, _loosened(plans, done.lost, shop.units))
    _tell(done, document, log)
    return Typeset(done.pdf, united(list(plans.values())), done.pages)


def _loosened(
    plans: Mapping[int, Plan], lost: Sequence[Loss], units: Mapping[int, Unit]
) -> dict[int, Plan]:
    """Give single lines leave to stand alone in the units that lost words."""
    sections = {loss.section for loss in lost}
    hit = {n for n, unit in units.items() if sections & set(unit.sections)} or set(units)
    return {n: replace(plan, loose=True) if n in hit else plan for n, plan in plans.items()}


def _tell(done: Bound, document: Document, log: Diagnostics) -> None:
    """Turn every warning of WeasyPrint into an error of ours: its own command exits 0 on them."""
    for warning in done.warnings:
        tell_warning(warning, log)
    report_losses(done.lost, document, log)


def check_notes(document: Document, log: Diagnostics) -> None:
    """Warn of footnotes so long that they may not find room on any page."""
    for note in every(document.sections, Note):
        count = len(plain(note.blocks).split())
        if count > LONGEST_NOTE:
            log.warning(
                Code.FOOTNOTE_LONG,
                f"a footnote of {count} words",
                at=note.at,
                hint=f"keep notes under {LONGEST_NOTE} words; move the rest into the text",
            )


def check_drawings(document: Document, log: Diagnostics) -> None:
    """Warn of footnotes on a drawing, which has no place for their calls."""
    for diagram in every(document.sections, Diagram):
        for note in every(diagram.arrows, Note):
            log.warning(
                Code.FORMAT_CANNOT_SHOW,
                "a footnote in a diagram is not shown in the PDF",
                at=note.at if note.at.line else diagram.at,
                hint="put the note into the diagram's title or source",
            )
