"""Horizontal bars: names at the left, values at the end of each bar."""

from __future__ import annotations

from dataclasses import replace

from builder.charts.canvas import Canvas
from builder.charts.scale import Scale
from builder.charts.sheet import Sheet

LABEL_GAP = 5.0
NAMES_SHARE = 0.38
"""The most of the width that the names may take before they are broken into lines."""


def draw_bars(sheet: Sheet) -> Canvas:
    """Draw horizontal bars; the drawing is as tall as its bars need."""
    chart = sheet.chart
    count = len(chart.series)
    room = sheet.width * NAMES_SHARE
    lines = tuple(sheet.ruler.lines(c, sheet.axis, room) for c in chart.categories)
    names = max((sheet.ruler.widest(part, sheet.axis) for part in lines), default=0.0) + 10
    tallest = max((len(part) for part in lines), default=1)
    thick = 17.0 if count == 1 else 12.0
    slot = max(thick * (count + sheet.gap), tallest * sheet.axis.leading.pt + 6)
    probe = sheet.canvas()
    top = sheet.legend(probe)
    if sheet.slide:
        slot = (sheet.height - top - 2) / max(len(chart.categories), 1)
        thick = slot / (count + sheet.gap)
    else:
        sheet = replace(sheet, height=top + slot * len(chart.categories) + 2)
    canvas = sheet.canvas()
    sheet.legend(canvas)
    scale = _scale(sheet, names)
    for c, category in enumerate(chart.categories):
        middle = top + (c + 0.5) * slot
        for n, words in enumerate(lines[c]):
            y = middle + (n - (len(lines[c]) - 1) / 2) * sheet.axis.leading.pt
            canvas.text(
                names - 10,
                y + sheet.axis.size.pt * 0.35,
                words,
                sheet.axis,
                anchor="end",
                colour=sheet.ink,
                weight=600 if category == chart.highlight and count > 1 else 0,
            )
        for s, series in enumerate(chart.series):
            y = middle + (s - count / 2) * thick
            _bar(sheet, canvas, scale, y, thick, series.values[c], s, category)
    zero = scale.place(0)
    canvas.line(((zero, top), (zero, sheet.height - 2)), sheet.ink)
    return canvas


def _scale(sheet: Sheet, names: float) -> Scale:
    """Give the value scale, with room for the labels at both ends."""
    values = sheet.values()
    high, low = max((0.0, *values)), min((0.0, *values))
    after = max(
        (
            _label_width(sheet, v)
            for s in sheet.chart.series
            for v in s.values
            if v is None or v >= 0
        ),
        default=0.0,
    )
    before = max((_label_width(sheet, v) for v in values if v < 0), default=0.0)
    return Scale(low, high if high > low else 1.0, names + before, sheet.width - after)


def _label_width(sheet: Sheet, value: float | None) -> float:
    return sheet.ruler.width(sheet.shown(value), sheet.label) + LABEL_GAP + 1


def _bar(
    sheet: Sheet,
    canvas: Canvas,
    scale: Scale,
    y: float,
    thick: float,
    value: float | None,
    series: int,
    category: str,
) -> None:
    zero = scale.place(0)
    size = min(sheet.label.size.pt, thick * 0.9)
    base = y + thick / 2 + size * 0.35
    if value is None:
        canvas.text(zero + LABEL_GAP, base, sheet.shown(None), sheet.axis, colour=sheet.muted)
        return
    end = scale.place(value)
    fill = sheet.datum_colour(series, category)
    canvas.rect(min(zero, end), y, abs(end - zero), thick, fill)
    canvas.text(
        end + LABEL_GAP if value >= 0 else end - LABEL_GAP,
        base,
        sheet.shown(value),
        sheet.label,
        anchor="start" if value >= 0 else "end",
        size=size,
        colour=sheet.text_colour(fill),
    )
