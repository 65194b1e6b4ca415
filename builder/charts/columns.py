"""Columns: side by side for several series, or stacked."""

from __future__ import annotations

from builder.charts.canvas import Canvas
from builder.charts.scale import Scale, spread
from builder.charts.sheet import Sheet

LABEL_GAP = 5.0
MAX_LINES = 3


def category_lines(sheet: Sheet, slot: float) -> tuple[tuple[str, ...], ...]:
    """Break the names below the axis to the room that each column has."""
    return tuple(sheet.ruler.lines(c, sheet.axis, slot - 6) for c in sheet.chart.categories)


def names_fit(sheet: Sheet) -> bool:
    """Tell whether the names stand below their columns without touching."""
    slot = sheet.width / max(len(sheet.chart.categories), 1)
    lines = category_lines(sheet, slot)
    return all(
        len(part) <= MAX_LINES and sheet.ruler.widest(part, sheet.axis) <= slot - 4
        for part in lines
    )


def draw_columns(sheet: Sheet) -> Canvas:
    """Draw columns with their values; where those have no room, a value axis instead."""
    canvas = sheet.canvas()
    chart = sheet.chart
    top = sheet.legend(canvas)
    count = len(chart.series)
    gap = sheet.gap
    slot = sheet.width / max(len(chart.categories), 1)
    texts = tuple(sheet.shown(v) for s in chart.series for v in s.values)
    size = sheet.label_size(texts, slot / (count + gap) * (1.0 if count > 1 else 1.4))
    scale, left, foot = _frame(sheet, canvas, top, labelled=size > 0)
    slot = (sheet.width - left) / max(len(chart.categories), 1)
    width = slot / (count + gap)
    for c, category in enumerate(chart.categories):
        start = left + c * slot + (slot - count * width) / 2
        for s, series in enumerate(chart.series):
            value, x = series.values[c], start + s * width
            _column(sheet, canvas, scale, x, width, value, s, category, size)
    _base(sheet, canvas, scale, left, foot, slot)
    return canvas


def _column(
    sheet: Sheet,
    canvas: Canvas,
    scale: Scale,
    x: float,
    width: float,
    value: float | None,
    series: int,
    category: str,
    size: float,
) -> None:
    zero = scale.place(0)
    middle = x + width / 2
    if value is None:
        canvas.text(
            middle,
            zero - LABEL_GAP,
            sheet.shown(None),
            sheet.axis,
            anchor="middle",
            colour=sheet.muted,
        )
        return
    fill = sheet.datum_colour(series, category)
    end = scale.place(value)
    canvas.rect(x, min(zero, end), width, abs(zero - end), fill)
    if size:
        y = end - LABEL_GAP if value >= 0 else end + LABEL_GAP + size * 0.72
        canvas.text(
            middle,
            y,
            sheet.shown(value),
            sheet.label,
            anchor="middle",
            size=size,
            colour=sheet.text_colour(fill),
        )


def draw_stacked(sheet: Sheet) -> Canvas:
    """Draw stacked columns: parts valued beside them, the total above; only positive values."""
    canvas = sheet.canvas()
    chart = sheet.chart
    top = sheet.legend(canvas)
    slot = sheet.width / max(len(chart.categories), 1)
    width = slot / (1 + sheet.gap)
    texts = tuple(sheet.shown(v) for s in chart.series for v in s.values if v is not None)
    small = sheet.axis.size.pt * 0.9
    labelled = (
        sheet.may_value and sheet.ruler.widest(texts, sheet.axis, size=small) <= slot - width - 6
    )
    totals = tuple(
        sum(s.values[c] or 0.0 for s in chart.series) for c in range(len(chart.categories))
    )
    scale, left, foot = _frame(sheet, canvas, top, labelled=labelled, highest=max(totals))
    slot = (sheet.width - left) / max(len(chart.categories), 1)
    width = slot / (1 + sheet.gap)
    for c, total in enumerate(totals):
        x = left + c * slot + (slot - width) / 2 - (slot - width) / 4 * labelled
        _pile(sheet, canvas, scale, c, x, width, small if labelled else 0.0)
        if labelled:
            canvas.text(
                x + width / 2,
                scale.place(total) - LABEL_GAP,
                sheet.shown(total),
                sheet.label,
                anchor="middle",
            )
    _base(sheet, canvas, scale, left, foot, slot)
    return canvas


def _pile(
    sheet: Sheet, canvas: Canvas, scale: Scale, c: int, x: float, width: float, size: float
) -> None:
    below, parts = 0.0, []
    for s, series in enumerate(sheet.chart.series):
        value = series.values[c] or 0.0
        y, end = scale.place(below), scale.place(below + value)
        canvas.rect(x, end, width, y - end, sheet.series_colour(s))
        if value > 0:
            parts.append(((y + end) / 2, sheet.shown(value)))
        below += value
    if not size:
        return
    places = spread(tuple(y for y, _ in parts), size * 1.1, 0, scale.place(0))
    for y, (_, words) in zip(places, parts, strict=True):
        canvas.text(x + width + 3, y + size * 0.35, words, sheet.axis, size=size, colour=sheet.ink)


def _frame(
    sheet: Sheet, canvas: Canvas, top: float, *, labelled: bool, highest: float | None = None
) -> tuple[Scale, float, float]:
    """Give the value scale, the left edge of the columns and the foot of the plot."""
    values = sheet.values()
    high = max(0.0, highest if highest is not None else max(values, default=1.0))
    low = min(0.0, *values) if values and highest is None else 0.0
    slot = sheet.width / max(len(sheet.chart.categories), 1)
    lines = max((len(part) for part in category_lines(sheet, slot)), default=1)
    foot = sheet.height - lines * sheet.axis.leading.pt - 4
    if labelled:
        room = sheet.label.size.pt + LABEL_GAP + 4
        return (
            Scale(low, high if high > low else 1.0, foot - (room if low < 0 else 0), top + room),
            0.0,
            foot,
        )
    scale = sheet.value_axis(canvas, low, high, top + 6, foot)
    return scale, sheet.axis_width((scale.low, scale.high)) + 4, foot


def _base(
    sheet: Sheet, canvas: Canvas, scale: Scale, left: float, foot: float, slot: float
) -> None:
    """Draw the base line, above the columns, and the categories below the plot."""
    zero = scale.place(0)
    canvas.line(((left, zero), (sheet.width, zero)), sheet.ink)
    for c, lines in enumerate(category_lines(sheet, slot)):
        stressed = sheet.chart.categories[c] == sheet.chart.highlight
        for n, words in enumerate(lines):
            y = foot + 4 + sheet.axis.leading.pt * (n + 0.8)
            canvas.text(
                left + (c + 0.5) * slot,
                y,
                words,
                sheet.axis,
                anchor="middle",
                colour=sheet.ink,
                weight=600 if stressed and len(sheet.chart.series) > 1 else 0,
            )
