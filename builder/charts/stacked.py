"""Columns whose series are parts of a whole: positive parts upwards, negative ones downwards."""

from __future__ import annotations

from dataclasses import replace

from builder.charts.annotate import Spot, annotate_upright
from builder.charts.canvas import Canvas
from builder.charts.columns import LABEL_GAP, base_line, frame
from builder.charts.scale import Scale, spread
from builder.charts.sheet import Sheet
from builder.document.nodes import Datum

SEAM = 0.7
Values = tuple[float | None, ...]


def draw_stacked(sheet: Sheet) -> Canvas | None:
    """Draw stacked columns: parts valued beside them, the total above where it is one.

    Where the labels have no room there is a value axis instead; None: nor have the names.
    """
    valued = _draw(sheet, labelled=True) if sheet.may_value else None
    return valued or _draw(sheet, labelled=False)


def _draw(sheet: Sheet, *, labelled: bool) -> Canvas | None:
    sheet = replace(sheet, height=sheet.height - sheet.legend(sheet.canvas()))
    canvas = sheet.canvas()
    chart = sheet.chart
    top = sheet.axis_title(canvas, 0.0)
    piles = tuple(tuple(s.values[c] for s in chart.series) for c in range(len(chart.categories)))
    high = max((sum(v for v in pile if v and v > 0) for pile in piles), default=1.0)
    low = min((sum(v for v in pile if v and v < 0) for pile in piles), default=0.0)
    plot = frame(sheet, canvas, top, low, high, labelled=labelled)
    if plot is None:
        return None
    scale, left, foot = plot
    slot = (sheet.width - left) / max(len(chart.categories), 1)
    width = slot / (1 + sheet.gap)
    size = sheet.axis.size.pt * 0.9 if labelled else 0.0
    shown = tuple(sheet.shown(v) for pile in piles for v in pile)
    if labelled and sheet.ruler.widest(shown, sheet.axis, size=size) > slot - width - 6:
        return None
    spots: dict[Datum, Spot] = {}
    for c, pile in enumerate(piles):
        x = left + c * slot + (slot - width) / 2 - (slot - width) / 4 * labelled
        _pile(sheet, canvas, scale, x, width, pile)
        if size and not _label(sheet, canvas, scale, x + width + 3, pile, size):
            return None
        tops = _total(sheet, canvas, scale, x + width / 2, width, pile, labelled=labelled)
        if tops is None:
            return None
        for series in chart.series:
            spots[Datum(chart.categories[c], series.name)] = Spot(x + width / 2, *tops, width / 2)
    base_line(sheet, canvas, scale, left, foot, slot)
    annotate_upright(sheet, canvas, spots)
    sheet.legend_above(canvas)
    return canvas


def _pile(sheet: Sheet, canvas: Canvas, scale: Scale, x: float, width: float, pile: Values) -> None:
    up = down = 0.0
    for s, value in enumerate(pile):
        if not value:
            continue
        start = up if value > 0 else down
        y, end = scale.place(start), scale.place(start + value)
        height = max(abs(y - end) - SEAM, 0.3)
        canvas.rect(x, min(y, end), width, height, sheet.series_colour(s))
        up, down = (up + value, down) if value > 0 else (up, down + value)


def _label(sheet: Sheet, canvas: Canvas, scale: Scale, x: float, pile: Values, size: float) -> bool:
    """Write the values beside their parts, what is missing at the base; False: no room."""
    middles: list[tuple[float, str, bool]] = []
    up = down = 0.0
    for value in pile:
        if not value:
            middles += [(scale.place(0), sheet.shown(None), True)] if value is None else []
            continue
        start = up if value > 0 else down
        middles.append((scale.place(start + value / 2), sheet.shown(value), False))
        up, down = (up + value, down) if value > 0 else (up, down + value)
    low, high = scale.end, scale.start
    if (high - low) < size * 1.15 * (len(middles) - 1):
        return False
    places = spread(tuple(y for y, _, _ in middles), size * 1.15, low, high)
    for y, (_, words, missing) in zip(places, middles, strict=True):
        colour = sheet.muted if missing else sheet.ink
        base = y + size * 0.35
        if not canvas.free(canvas.ink(x, base, words, sheet.axis, size=size), 0.3, shapes=False):
            return False
        canvas.text(x, base, words, sheet.axis, size=size, colour=colour)
    return True


def _total(
    sheet: Sheet,
    canvas: Canvas,
    scale: Scale,
    middle: float,
    width: float,
    pile: Values,
    *,
    labelled: bool,
) -> tuple[float, float] | None:
    """Write the total above a pile; give the pile's top and the label's. None: no room.

    A pile with a missing or negative part has no total: it would not be the sum of what is seen.
    """
    top = scale.place(sum(v for v in pile if v and v > 0))
    whole = all(v is not None and v >= 0 for v in pile) and len(pile) > 1
    if None in pile and not labelled:
        words, style, colour = sheet.shown(None), sheet.axis, sheet.muted
        ink = canvas.ink(middle, top - LABEL_GAP, words, style, anchor="middle")
        if canvas.free(ink):
            canvas.text(middle, top - LABEL_GAP, words, style, anchor="middle", colour=colour)
            return top, ink.top
        half = min(width * 0.3, 3.0)
        canvas.line(((middle - half, top - 3), (middle + half, top - 3)), sheet.muted, width=1)
    if not labelled or not whole:
        return top, top
    words = sheet.shown(round(sum(v for v in pile if v), 9))
    ink = canvas.ink(middle, top - LABEL_GAP, words, sheet.label, anchor="middle")
    if not canvas.free(ink):
        return None
    canvas.text(middle, top - LABEL_GAP, words, sheet.label, anchor="middle")
    return top, ink.top
