"""Scatter plots: points over two axes, named where they touch nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from builder.charts.annotate import draw_arrow
from builder.charts.boxes import FALL, RISE, Box
from builder.charts.canvas import Canvas
from builder.charts.days_axis import name_days, time_scale
from builder.charts.numbers import format_number
from builder.charts.scale import Scale, decimals_of, steps
from builder.charts.sheet import Sheet
from builder.document.days import parse_day
from builder.document.nodes import Datum, Series
from builder.document.walk import plain

RADIUS = 3.5
LEAST_PLOT = 96.0
WORDS_ROOM = 100.0
DISTANCES = (7.0, 14.0, 22.0, 32.0, 44.0, 58.0, 74.0)
Points = dict[Datum, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Words:
    """Lines to be put beside a point."""

    lines: tuple[str, ...]
    width: float
    height: float


def draw_scatter(sheet: Sheet) -> Canvas:
    """Draw points over two axes; what is missing is named below."""
    canvas = sheet.canvas()
    chart = sheet.chart
    top = sheet.axis_title(canvas, sheet.legend(canvas)) + 6
    lost = _missing_lines(sheet)
    leading = sheet.axis.leading.pt
    below = leading * ((2 if chart.x_title else 1) + len(lost)) + 8
    foot = max(sheet.height - below, top + LEAST_PLOT)
    canvas.height = foot + below
    values = sheet.values()
    low, high = min(values, default=0.0), max(values, default=1.0)
    upright = sheet.value_axis(canvas, low, high, top, foot)
    left = sheet.axis_width(sheet.marks(low, high)) + 6
    flat = _across(sheet, canvas, left, foot)
    base = foot + 8 + leading
    if chart.x_title:
        base += leading
        title = sheet.ruler.hard_lines(chart.x_title, sheet.axis, sheet.width)[0]
        canvas.text(sheet.width, base - 3, title, sheet.axis, anchor="end", colour=sheet.muted)
    for n, words in enumerate(lost, start=1):
        canvas.text(0, base + n * leading - 3, words, sheet.axis, colour=sheet.muted)
    points = _points(sheet, canvas, flat, upright)
    _remarks(sheet, canvas, points, foot)
    _names(sheet, canvas, points, foot)
    return canvas


def _across(sheet: Sheet, canvas: Canvas, left: float, foot: float) -> Scale:
    """Draw the horizontal axis."""
    chart = sheet.chart
    canvas.line(((left - 6, foot), (sheet.width, foot)), sheet.ink)
    xs = [
        x for s in chart.series for x, v in zip(s.xs, s.values, strict=True) if v is not None
    ] or [0.0]
    if chart.dates:
        scale = time_scale(tuple(xs), left, sheet.width - 14)
        name_days(sheet, canvas, scale, foot)
        return scale
    base = foot + 4 + sheet.axis.leading.pt * 0.8
    for wanted in (5, 4, 3, 2):
        marks = steps(min(xs), max(xs), wanted)
        scale = Scale(marks[0], marks[-1], left, sheet.width - 14)
        digits = decimals_of(marks)
        texts = [format_number(mark, digits, sheet.language) for mark in marks]
        inks = [
            canvas.ink(scale.place(m), base, t, sheet.axis, anchor="middle")
            for m, t in zip(marks, texts, strict=True)
        ]
        if all(a.right + 6 <= b.left for a, b in pairwise(inks)):
            break
    for mark, words, ink in zip(marks, texts, inks, strict=True):
        x = min(
            max(scale.place(mark), (ink.right - ink.left) / 2),
            sheet.width - (ink.right - ink.left) / 2,
        )
        here = canvas.ink(x, base, words, sheet.axis, anchor="middle")
        if canvas.free(here, 3.0):
            canvas.text(x, base, words, sheet.axis, anchor="middle", colour=sheet.muted)
    return scale


def _points(sheet: Sheet, canvas: Canvas, flat: Scale, upright: Scale) -> Points:
    places: Points = {}
    for s, series in enumerate(sheet.chart.series):
        rows = zip(sheet.chart.categories, series.xs, series.values, strict=True)
        for name, x, value in rows:
            if value is None:
                continue
            at = flat.place(x), upright.place(value)
            places.setdefault(Datum(name, series.name), at)
            canvas.circle(*at, RADIUS, sheet.datum_colour(s, name))
    return places


def _names(sheet: Sheet, canvas: Canvas, points: Points, foot: float) -> None:
    """Name the points, the highlighted one first; a name without room is left out."""
    chart = sheet.chart
    for series in chart.series:
        if not _named(chart.categories, series):
            continue
        own = [(d, at) for d, at in points.items() if d.series == series.name]
        for datum, at in sorted(own, key=lambda p: p[0].category != chart.highlight):
            words = _measured(sheet, (datum.category,))
            for box in _around(at, words, DISTANCES[:2]):
                if box.top >= 0 and box.foot <= foot - 2 and canvas.free(box):
                    _set(sheet, canvas, words, box, muted=False)
                    break


def _remarks(sheet: Sheet, canvas: Canvas, points: Points, foot: float) -> None:
    for remark in sheet.chart.annotations:
        target = points[remark.target]
        lines = sheet.ruler.hard_lines(plain(remark.text), sheet.axis, WORDS_ROOM)
        words = _measured(sheet, lines)
        if remark.source is None:
            _put(sheet, canvas, words, target, foot)
            continue
        source = points[remark.source]
        _arrow(sheet, canvas, source, target)
        middle = ((source[0] + target[0]) / 2, (source[1] + target[1]) / 2)
        _put(sheet, canvas, words, middle, foot)


def _arrow(
    sheet: Sheet, canvas: Canvas, source: tuple[float, float], target: tuple[float, float]
) -> None:
    (x, y), (x2, y2) = source, target
    length = ((x2 - x) ** 2 + (y2 - y) ** 2) ** 0.5
    gap = RADIUS + 2
    if length <= 2 * gap + 2:
        return
    dx, dy = (x2 - x) / length * gap, (y2 - y) / length * gap
    path = ((x + dx, y + dy), (x2 - dx, y2 - dy))
    draw_arrow(sheet, canvas, path)
    canvas.strokes.append(path)


def _put(sheet: Sheet, canvas: Canvas, words: Words, at: tuple[float, float], foot: float) -> None:
    """Put a remark near a place, above `foot`; where nothing is free, above the plot."""
    for box in _around(at, words, DISTANCES):
        inside = box.foot <= foot - 2
        if inside and canvas.free(box) and not canvas.crossed(box):
            _set(sheet, canvas, words, box)
            return
    top = canvas.top() - 4
    left = min(max(at[0] - words.width / 2, 0.0), sheet.width - words.width)
    _set(sheet, canvas, words, Box(left, top - words.height, left + words.width, top))


def _around(at: tuple[float, float], words: Words, distances: tuple[float, ...]) -> Iterator[Box]:
    """Give places around a point: right, left, above, below, then the corners."""
    x, y = at
    wide, high = words.width, words.height
    for gap in distances:
        slant = gap * 0.7
        for left, top in (
            (x + gap, y - high / 2),
            (x - gap - wide, y - high / 2),
            (x - wide / 2, y - gap - high),
            (x - wide / 2, y + gap),
            (x + slant, y - slant - high),
            (x - slant - wide, y - slant - high),
            (x + slant, y + slant),
            (x - slant - wide, y + slant),
        ):
            yield Box(left, top, left + wide, top + high)


def _measured(sheet: Sheet, lines: tuple[str, ...]) -> Words:
    height = (len(lines) - 1) * sheet.axis.leading.pt + (RISE + FALL) * sheet.axis.size.pt
    return Words(lines, sheet.ruler.widest(lines, sheet.axis), height)


def _set(sheet: Sheet, canvas: Canvas, words: Words, box: Box, *, muted: bool = True) -> None:
    colour = sheet.muted if muted else sheet.ink
    for n, line in enumerate(words.lines):
        base = box.top + RISE * sheet.axis.size.pt + n * sheet.axis.leading.pt
        canvas.text(box.left, base, line, sheet.axis, colour=colour)


def _missing_lines(sheet: Sheet) -> tuple[str, ...]:
    """Say which points have no place because a value of theirs is missing."""
    chart = sheet.chart
    names = [
        name
        for series in chart.series
        for name, value in zip(chart.categories, series.values, strict=True)
        if value is None and _named(chart.categories, series)
    ]
    count = sum(v is None for s in chart.series for v in s.values)
    if not count:
        return ()
    said = ", ".join(dict.fromkeys(names)) or str(count)
    words = f"{sheet.shown(None)}: {said}"
    return sheet.ruler.hard_lines(words, sheet.axis, sheet.width)


def _named(categories: tuple[str, ...], series: Series) -> bool:
    """Tell whether the categories are names of the points, not their horizontal values again."""
    if len(categories) != len(series.values):
        return False
    return not all(_is_number(c) or parse_day(c) for c in categories if c)


def _is_number(text: str) -> bool:
    try:
        float(text.replace(",", ""))
    except ValueError:
        return False
    return True
