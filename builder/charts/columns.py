"""Columns, for several series side by side."""

from __future__ import annotations

from dataclasses import replace

from builder.charts.annotate import Spot, annotate_upright
from builder.charts.canvas import Canvas
from builder.charts.names import broken, fit, name_slots, ordered
from builder.charts.scale import Scale
from builder.charts.sheet import Sheet
from builder.document.nodes import Datum

LABEL_GAP = 5.0
MISSING_SIZES = (1.0, 0.85, 0.7)


def draw_columns(sheet: Sheet) -> Canvas | None:
    """Draw columns with their values; where those have no room, a value axis instead.

    None: the names have no room below.
    """
    sheet = replace(sheet, height=sheet.height - sheet.legend(sheet.canvas()))
    canvas = sheet.canvas()
    chart = sheet.chart
    count = len(chart.series)
    gap = sheet.gap
    slot = sheet.width / max(len(chart.categories), 1)
    top = sheet.axis_title(canvas, 0.0)
    texts = tuple(sheet.shown(v) for s in chart.series for v in s.values if v is not None)
    size = sheet.label_size(texts, slot / (count + gap) * (1.0 if count > 1 else 1.4) - 1)
    values = sheet.values()
    low, high = min((0.0, *values)), max((0.0, *values))
    plot = frame(sheet, canvas, top, low, high, labelled=size > 0)
    if plot is None:
        return None
    scale, left, foot = plot
    slot = (sheet.width - left) / max(len(chart.categories), 1)
    width = slot / (count + gap)
    spots: dict[Datum, Spot] = {}
    for c, category in enumerate(chart.categories):
        start = left + c * slot + (slot - count * width) / 2
        for s, series in enumerate(chart.series):
            value, x = series.values[c], start + s * width
            if value is not None:
                datum = Datum(category, series.name)
                spots[datum] = _column(sheet, canvas, scale, x, width, value, s, category, size)
    for c in range(len(chart.categories)):
        start = left + c * slot + (slot - count * width) / 2
        for s, series in enumerate(chart.series):
            if series.values[c] is None:
                mark_missing(sheet, canvas, start + (s + 0.5) * width, scale.place(0), width)
    base_line(sheet, canvas, scale, left, foot, slot)
    annotate_upright(sheet, canvas, spots)
    sheet.legend_above(canvas)
    return canvas


def _column(
    sheet: Sheet,
    canvas: Canvas,
    scale: Scale,
    x: float,
    width: float,
    value: float,
    series: int,
    category: str,
    size: float,
) -> Spot:
    zero, end = scale.place(0), scale.place(value)
    middle = x + width / 2
    fill = sheet.datum_colour(series, category)
    canvas.rect(x, min(zero, end), width, abs(zero - end), fill)
    top = min(zero, end)
    stressed = not size and len(sheet.chart.series) == 1 and category == sheet.chart.highlight
    size = size or (sheet.label.size.pt * 0.85 if stressed else 0.0)
    if not size:
        return Spot(middle, top, top, width / 2)
    y = end - LABEL_GAP if value >= 0 else end + LABEL_GAP + size * 0.72
    words = sheet.shown(value)
    ink = canvas.ink(middle, y, words, sheet.label, anchor="middle", size=size)
    # Below the plot stand the categories, which are drawn later.
    if stressed and (not canvas.free(ink) or y > scale.start):
        return Spot(middle, top, top, width / 2)
    colour = sheet.text_colour(fill)
    canvas.text(middle, y, words, sheet.label, anchor="middle", size=size, colour=colour)
    return Spot(middle, top, min(top, ink.top), width / 2)


def mark_missing(sheet: Sheet, canvas: Canvas, middle: float, zero: float, width: float) -> None:
    """Say that a value is missing: in words, or by a short stroke where they have no room."""
    words = sheet.shown(None)
    for share in MISSING_SIZES:
        size = sheet.axis.size.pt * share
        y = zero - LABEL_GAP
        ink = canvas.ink(middle, y, words, sheet.axis, anchor="middle", size=size)
        if canvas.free(ink):
            canvas.text(
                middle, y, words, sheet.axis, anchor="middle", size=size, colour=sheet.muted
            )
            return
    half = min(width * 0.3, 3.0)
    canvas.line(((middle - half, zero - 3), (middle + half, zero - 3)), sheet.muted, width=1)


def frame(
    sheet: Sheet, canvas: Canvas, top: float, low: float, high: float, *, labelled: bool
) -> tuple[Scale, float, float] | None:
    """Give the value scale, the left edge of the columns and the foot of the plot.

    None: the names have no room below.
    """
    left = 0.0 if labelled else sheet.axis_width(sheet.marks(low, high)) + 4
    slot = (sheet.width - left) / max(len(sheet.chart.categories), 1)
    named = fit(sheet, slot)
    if not named and not ordered(sheet):
        return None
    lines = max((len(part) for part in broken(sheet, slot)), default=1) if named else 1
    foot = sheet.height - lines * sheet.axis.leading.pt - 4
    if labelled:
        room = sheet.label.size.pt + LABEL_GAP + 4
        below = room if low < 0 else 0
        return Scale(low, high if high > low else 1.0, foot - below, top + room), left, foot
    return sheet.value_axis(canvas, low, high, top + 6, foot), left, foot


def base_line(
    sheet: Sheet, canvas: Canvas, scale: Scale, left: float, foot: float, slot: float
) -> None:
    """Draw the base line, above the columns, and the categories below the plot."""
    zero = scale.place(0)
    canvas.line(((left, zero), (sheet.width, zero)), sheet.ink)
    name_slots(sheet, canvas, left, slot, foot)
