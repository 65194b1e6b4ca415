"""Horizontal bars, side by side or stacked: names at the left, values at the end of each bar."""

from __future__ import annotations

from dataclasses import dataclass, replace

from builder.charts.beside import Beside, annotate_beside, room_beside
from builder.charts.canvas import Canvas
from builder.charts.scale import Scale
from builder.charts.sheet import Sheet, smaller
from builder.document.nodes import Datum
from builder.theme.model import TextStyle

LABEL_GAP = 5.0
NAMES = ((0.38, 1.0), (0.5, 1.0), (0.5, 0.85), (0.55, 0.72))
"""The most of the width that the names may take, and their size: the first that is not too high."""

LEAST_PLOT, LEAST_NAMES = 24.0, 40.0

TALLEST = 1.15
"""The most of its width that the drawing is high, before the bars get thinner."""

LEAST_SIZE = 6.5
"""Below this size values are not written; an axis stands for them."""

SEAM = 0.7


@dataclass(frozen=True, slots=True)
class Rows:
    """How the rows stand: names in lines, thickness of a bar, height of a row, first row's top."""

    lines: tuple[tuple[str, ...], ...]
    left: float  # where the names end and the plot begins
    thick: float
    slot: float
    top: float
    size: float  # of the values; 0: they are not written
    names: TextStyle

    def middle(self, row: int) -> float:
        """Give the height of a row's middle."""
        return self.top + (row + 0.5) * self.slot


def draw_bars(sheet: Sheet) -> Canvas:
    """Draw horizontal bars; the drawing is as tall as its bars need."""
    chart = sheet.chart
    probe = sheet.canvas()
    top = sheet.axis_title(probe, sheet.legend(probe))
    rows = _rows(sheet, top)
    foot = rows.top + rows.slot * len(chart.categories)
    sheet = replace(sheet, height=foot + 2)
    canvas = sheet.canvas()
    sheet.axis_title(canvas, sheet.legend(canvas))
    scale = _scale(sheet, rows)
    if not rows.size:
        _grid(sheet, canvas, scale, rows.top, foot)
    ends: dict[Datum, Beside] = {}
    for c, category in enumerate(chart.categories):
        _name(sheet, canvas, rows, c)
        if chart.type == "stacked":
            end = _pile(sheet, canvas, scale, rows, c)
            ends |= {Datum(category, s.name): end for s in chart.series}
            continue
        for s, series in enumerate(chart.series):
            y = rows.middle(c) + (s - len(chart.series) / 2) * rows.thick
            end = _bar(sheet, canvas, scale, rows, y, series.values[c], s, category)
            ends[Datum(category, series.name)] = end
    zero = scale.place(0)
    canvas.line(((zero, rows.top), (zero, foot)), sheet.ink)
    annotate_beside(sheet, canvas, ends)
    return canvas


def _rows(sheet: Sheet, top: float) -> Rows:
    chart = sheet.chart
    count = 1 if chart.type == "stacked" else len(chart.series)
    gap = sheet.gap
    thick = 17.0 if count == 1 else 12.0
    limit = sheet.width * TALLEST / max(len(chart.categories), 1)
    thick = min(thick, max(limit / (count + gap), 4.0))
    lines, style = _named(sheet, limit)
    strong = replace(style, weight=600)
    left = max((sheet.ruler.widest(part, strong) for part in lines), default=0.0) + 10
    tallest = max((len(part) for part in lines), default=1)
    slot = max(thick * (count + gap), tallest * style.leading.pt + min(6.0, limit * 0.2))
    if sheet.slide:
        slot = (sheet.height - top - 2) / max(len(chart.categories), 1)
        thick = slot / (count + gap)
    size = min(sheet.label.size.pt, thick * 0.9)
    if size < LEAST_SIZE:
        return Rows(lines, left, thick, slot, top + sheet.axis.leading.pt + 4, 0.0, style)
    return Rows(lines, left, thick, slot, top, size, style)


def _named(sheet: Sheet, limit: float) -> tuple[tuple[tuple[str, ...], ...], TextStyle]:
    """Break the names into lines so that a row is at most `limit` high, smaller if need be."""
    names = [sheet.category(c) for c in sheet.chart.categories]
    before, after = _ends(sheet)
    most = max(sheet.width - before - after - room_beside(sheet) - LEAST_PLOT, LEAST_NAMES)
    for share, scale in NAMES:
        style = smaller(sheet.axis, scale)
        strong = replace(style, weight=600)
        room = min(sheet.width * share, most) - 10
        lines = tuple(sheet.ruler.hard_lines(name, strong, room) for name in names)
        if max(len(part) for part in lines) * style.leading.pt <= max(limit, style.leading.pt):
            break
    return lines, style


def _name(sheet: Sheet, canvas: Canvas, rows: Rows, row: int) -> None:
    chart, leading = sheet.chart, rows.names.leading.pt
    stressed = chart.categories[row] == chart.highlight and len(chart.series) > 1
    for n, words in enumerate(rows.lines[row]):
        y = rows.middle(row) + (n - (len(rows.lines[row]) - 1) / 2) * leading
        base = y + rows.names.size.pt * 0.35
        weight = 600 if stressed else 0
        canvas.text(
            rows.left - 10, base, words, rows.names, anchor="end", colour=sheet.ink, weight=weight
        )


def _scale(sheet: Sheet, rows: Rows) -> Scale:
    """Give the value scale, with room for labels and remarks at both ends."""
    values = _bar_ends(sheet)
    high, low = max((0.0, *values)), min((0.0, *values))
    before, after = _ends(sheet)
    start = rows.left + before
    end = max(sheet.width - after - room_beside(sheet), start + 12)
    return Scale(low, high if high > low else low + 1.0, start, end)


def _bar_ends(sheet: Sheet) -> tuple[float, ...]:
    """Give the values at which bars end."""
    chart, values = sheet.chart, sheet.values()
    if chart.type == "stacked":
        piles = [[s.values[c] or 0.0 for s in chart.series] for c in range(len(chart.categories))]
        values = tuple(round(sum(v for v in pile if v > 0), 9) for pile in piles)
        values += tuple(sum(v for v in pile if v < 0) for pile in piles)
    return values


def _ends(sheet: Sheet) -> tuple[float, float]:
    """Give the room that the values need before negative bars and behind positive ones."""
    values = _bar_ends(sheet)
    written = [v for v in values if v >= 0] or [0.0]
    texts = tuple(sheet.shown(v) for v in (*written, None))
    after = sheet.ruler.widest(texts, sheet.label) + LABEL_GAP + 1
    below = tuple(sheet.shown(v) for v in values if v < 0)
    before = sheet.ruler.widest(below, sheet.label) + LABEL_GAP + 1 if below else 0.0
    return before, after


def _grid(sheet: Sheet, canvas: Canvas, scale: Scale, top: float, foot: float) -> None:
    """Draw an axis above the bars, for values that are too many to be written."""
    for mark, words in sheet.grid(scale.low, scale.high):
        x = scale.place(mark)
        if not scale.low <= mark <= scale.high:
            continue
        canvas.line(((x, top), (x, foot)), sheet.theme.chart.grid, width=0.5)
        ink = canvas.ink(x, top - 4, words, sheet.axis, anchor="middle")
        if canvas.free(ink, 3.0):
            canvas.text(x, top - 4, words, sheet.axis, anchor="middle", colour=sheet.muted)


def _bar(
    sheet: Sheet,
    canvas: Canvas,
    scale: Scale,
    rows: Rows,
    y: float,
    value: float | None,
    series: int,
    category: str,
) -> Beside:
    zero, middle = scale.place(0), y + rows.thick / 2
    size = rows.size or min(sheet.axis.size.pt * 0.85, max(rows.thick, 5.0))
    base = middle + size * 0.35
    words = sheet.shown(value)
    if value is None:
        size = min(size, sheet.axis.size.pt)
        ink = canvas.ink(zero + LABEL_GAP, base, words, sheet.axis, size=size)
        if canvas.free(ink, 0.2):
            canvas.text(zero + LABEL_GAP, base, words, sheet.axis, size=size, colour=sheet.muted)
        return Beside(middle, ink.right)
    end = scale.place(value)
    fill = sheet.datum_colour(series, category)
    canvas.rect(min(zero, end), y, abs(end - zero), rows.thick, fill)
    if not rows.size:
        return Beside(middle, max(zero, end))
    x, anchor = (end + LABEL_GAP, "start") if value >= 0 else (end - LABEL_GAP, "end")
    colour = sheet.text_colour(fill)
    ink = canvas.ink(x, base, words, sheet.label, anchor=anchor, size=size)
    canvas.text(x, base, words, sheet.label, anchor=anchor, size=size, colour=colour)
    return Beside(middle, max(ink.right, zero))


def _pile(sheet: Sheet, canvas: Canvas, scale: Scale, rows: Rows, row: int) -> Beside:
    """Draw one stacked bar, its total behind it; what is missing is said there as well."""
    pile = [series.values[row] for series in sheet.chart.series]
    y = rows.middle(row) - rows.thick / 2
    up = down = 0.0
    for s, value in enumerate(pile):
        if not value:
            continue
        start = up if value > 0 else down
        one, other = scale.place(start), scale.place(start + value)
        width = max(abs(other - one) - SEAM, 0.3)
        canvas.rect(min(one, other), y, width, rows.thick, sheet.series_colour(s))
        up, down = (up + value, down) if value > 0 else (up, down + value)
    end = scale.place(up)
    whole = None not in pile and down == 0
    words = sheet.shown(round(up, 9)) if whole else sheet.shown(None) if None in pile else ""
    if not rows.size or not words:
        return Beside(rows.middle(row), end)
    style, colour = (sheet.label, sheet.ink) if whole else (sheet.axis, sheet.muted)
    base = rows.middle(row) + rows.size * 0.35
    ink = canvas.ink(end + LABEL_GAP, base, words, style, size=rows.size)
    canvas.text(end + LABEL_GAP, base, words, style, size=rows.size, colour=colour)
    return Beside(rows.middle(row), ink.right)
