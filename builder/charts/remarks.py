"""Remarks on data as lines below a drawing that has no room for arrows."""

from __future__ import annotations

from builder.charts.canvas import Canvas
from builder.charts.sheet import Sheet
from builder.document.nodes import Datum
from builder.document.walk import plain


def remark_lines(sheet: Sheet) -> tuple[str, ...]:
    """Give the remarks as lines, each with the data that it speaks of."""
    lines: list[str] = []
    for remark in sheet.chart.annotations:
        source = f"{_name(sheet, remark.source)} \u2192 " if remark.source else ""
        words = f"{source}{_name(sheet, remark.target)}: {plain(remark.text)}"
        lines += sheet.ruler.hard_lines(words, sheet.axis, sheet.width)
    return tuple(lines)


def set_remarks(sheet: Sheet, canvas: Canvas, lines: tuple[str, ...], top: float) -> None:
    """Write the remarks below `top`."""
    for n, words in enumerate(lines, start=1):
        canvas.text(0, top + n * sheet.axis.leading.pt - 3, words, sheet.axis, colour=sheet.muted)


def _name(sheet: Sheet, datum: Datum) -> str:
    several = len(sheet.chart.series) > 1
    return f"{datum.series} {datum.category}" if several else datum.category
