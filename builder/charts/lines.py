"""Lines, each named at its end."""

from __future__ import annotations

from dataclasses import dataclass, replace

from builder.charts.annotate import Spot, annotate_upright
from builder.charts.canvas import Canvas
from builder.charts.days_axis import name_days, ordinals, time_scale
from builder.charts.marks import mark_point
from builder.charts.names import name_points
from builder.charts.scale import Scale, spread
from builder.charts.sheet import Sheet
from builder.document.nodes import Datum

LABEL_GAP = 8.0
END_SHARE = 0.3
MANY = 12
"""With more points than this, only the highlighted and the last one are valued."""

MISSING_SIZE = 0.85


@dataclass(frozen=True, slots=True)
class Plot:
    """The room of the lines, with the scale of their values."""

    scale: Scale
    xs: tuple[float, ...]
    right: float
    foot: float


def draw_lines(sheet: Sheet) -> Canvas:
    """Draw lines over a value axis; a gap where a value is missing, which is marked at the foot.

    A short, lone line has its values at its points instead of an axis, where all have room.
    """
    few = len(sheet.chart.series) == 1 and len(sheet.chart.categories) <= MANY
    if (sheet.slide.valued if sheet.slide else few) and not sheet.chart.log:
        canvas = _draw(sheet, valued=True, direct=True)
        if canvas is not None:
            return canvas
    elif sheet.slide and sheet.slide.valued:  # that steps are ratios is to be seen as well
        canvas = _draw(sheet, valued=False, direct=True, every=True)
        if canvas is not None:
            return canvas
    return _draw(sheet, valued=False, direct=True) or _must(sheet)


def _must(sheet: Sheet) -> Canvas:
    canvas = _draw(sheet, valued=False, direct=False)
    if canvas is None:
        raise AssertionError("lines with a legend always have room")
    return canvas


def _draw(sheet: Sheet, *, valued: bool, direct: bool, every: bool = False) -> Canvas | None:
    """Draw; `valued`: values instead of an axis; `every`: each point has its value even so.

    `direct`: lines are named at their ends.

    None: that has no room.
    """
    if not direct:
        sheet = replace(sheet, height=sheet.height - sheet.legend(sheet.canvas()))
    canvas = sheet.canvas()
    chart = sheet.chart
    top = sheet.axis_title(canvas, 0.0)
    top += sheet.label.size.pt + LABEL_GAP if len(chart.series) == 1 else 6.0
    foot = sheet.height - sheet.axis.leading.pt - (8 if chart.dates else 6)
    values = sheet.values()
    low, high = min(values, default=0.0), max(values, default=1.0)
    if not chart.log and chart.minimum is None:
        low = min(low, 0.0)
    right = sheet.width - (_end_room(sheet) if direct else 4.0) - 4
    if valued:
        low = low if chart.minimum is None else chart.minimum
        high = high if high > low else low + 1
        below = 10.0 + (sheet.label.size.pt if low < 0 else 0.0)
        first = sheet.ruler.width(sheet.shown(chart.series[0].values[0]), sheet.label)
        scale, left = Scale(low, high, foot - below, top), max(12.0, first / 2 + 1)
    else:
        scale = sheet.value_axis(canvas, low, high, top, foot, right + 4)
        left = sheet.axis_width(sheet.marks(low, high)) + 8
    plot = Plot(scale, _places(sheet, left, right), right, foot)
    spots = _lines(sheet, canvas, plot)
    if direct and not _ends(sheet, canvas, plot):
        return None
    if len(chart.series) == 1 and not _values(sheet, canvas, plot, spots, every=valued or every):
        return None
    _missing(sheet, canvas, plot)
    canvas.line(((left - 8, foot), (right + 4, foot)), sheet.ink)
    if chart.dates:
        name_days(sheet, canvas, time_scale(ordinals(chart.categories), left, right), foot)
    else:
        name_points(sheet, canvas, plot.xs, foot)
    annotate_upright(sheet, canvas, spots)
    if not direct:
        sheet.legend_above(canvas)
    return canvas


def _places(sheet: Sheet, left: float, right: float) -> tuple[float, ...]:
    categories = sheet.chart.categories
    if sheet.chart.dates:
        days = ordinals(categories)
        scale = time_scale(days, left, right)
        return tuple(scale.place(day) for day in days)
    step = (right - left) / max(len(categories) - 1, 1)
    return tuple(left + i * step for i in range(len(categories)))


def _end_room(sheet: Sheet) -> float:
    """Give the room that the series' names need at the right."""
    if len(sheet.chart.series) < 2:
        last = sheet.chart.series[0].values[-1] if sheet.chart.series else None
        return sheet.ruler.width(sheet.shown(last), sheet.label) / 2 + 2
    names = tuple(s.name for s in sheet.chart.series)
    return min(sheet.ruler.widest(names, sheet.label) + 12, sheet.width * END_SHARE)


def _lines(sheet: Sheet, canvas: Canvas, plot: Plot) -> dict[Datum, Spot]:
    spots: dict[Datum, Spot] = {}
    highlighted = [s.name == sheet.chart.highlight for s in sheet.chart.series]
    order = sorted(range(len(highlighted)), key=lambda i: (highlighted[i], i))
    for index in order:
        series = sheet.chart.series[index]
        run: list[tuple[float, float]] = []
        for x, category, value in zip(plot.xs, sheet.chart.categories, series.values, strict=True):
            if value is None:
                _run(canvas, run, sheet, index)
                run = []
                continue
            y = plot.scale.place(value)
            run.append((x, y))
            spots[Datum(category, series.name)] = Spot(x, y, y - 3)
        _run(canvas, run, sheet, index)
    return spots


def _run(canvas: Canvas, run: list[tuple[float, float]], sheet: Sheet, index: int) -> None:
    colour = sheet.series_colour(index)
    if len(run) > 1:
        canvas.line(tuple(run), colour, width=2, data=True)
    if sheet.slide:
        for x, y in run:
            mark_point(canvas, x, y, index, colour)
    elif len(run) == 1:
        canvas.circle(*run[0], 2.5, colour)


def _values(
    sheet: Sheet, canvas: Canvas, plot: Plot, spots: dict[Datum, Spot], *, every: bool
) -> bool:
    """Write values at the points of a lone line; tell whether all that must be there are."""
    chart, series = sheet.chart, sheet.chart.series[0]
    points = [
        (category, value)
        for category, value in zip(chart.categories, series.values, strict=True)
        if value is not None
    ]
    shown = [p for p in points if every or p[0] == chart.highlight or p is points[-1]]
    for category, _ in shown:
        spot = spots[Datum(category, series.name)]
        canvas.circle(spot.x, spot.mark, 3, sheet.datum_colour(0, category))
    for category, value in sorted(shown, key=lambda p: p[0] != chart.highlight):
        datum = Datum(category, series.name)
        spot, words = spots[datum], sheet.shown(value)
        colour = sheet.ink if sheet.slide else sheet.datum_colour(0, category)
        for x, y in _around(sheet, spot, words):
            ink = canvas.ink(x, y, words, sheet.label, anchor="middle")
            inside = ink.top >= 0 and ink.foot <= plot.foot - 1
            if inside and canvas.free(ink) and not canvas.crossed(ink):
                canvas.text(x, y, words, sheet.label, anchor="middle", colour=colour)
                spots[datum] = Spot(spot.x, spot.mark, min(spot.top, ink.top))
                break
        else:
            if every:
                return False
    return True


def _around(sheet: Sheet, spot: Spot, words: str) -> tuple[tuple[float, float], ...]:
    """Give places for a point's value: above it, below it, and both a little aside."""
    half = sheet.ruler.width(words, sheet.label) / 2
    above, below = spot.mark - LABEL_GAP, spot.mark + LABEL_GAP + sheet.label.size.pt * 0.72
    return (
        (spot.x, above),
        (spot.x, below),
        (spot.x - half, above),
        (spot.x + half, above),
        (spot.x - half, below),
        (spot.x + half, below),
        (spot.x, above - 6),
        (spot.x, below + 6),
    )


def _missing(sheet: Sheet, canvas: Canvas, plot: Plot) -> None:
    """Mark on the axis where values are missing; a run of them is named once."""
    chart = sheet.chart
    gaps = [any(s.values[i] is None for s in chart.series) for i in range(len(chart.categories))]
    size, words = sheet.axis.size.pt * MISSING_SIZE, sheet.shown(None)
    run: list[float] = []
    for x, gap in zip((*plot.xs, 0.0), (*gaps, False), strict=True):
        if gap:
            canvas.line(((x, plot.foot - 3), (x, plot.foot)), sheet.muted, width=1)
            run.append(x)
            continue
        if run:
            middle, base = sum(run) / len(run), plot.foot - 5
            ink = canvas.ink(middle, base, words, sheet.axis, anchor="middle", size=size)
            if canvas.free(ink):
                canvas.text(
                    middle,
                    base,
                    words,
                    sheet.axis,
                    anchor="middle",
                    size=size,
                    colour=sheet.muted,
                )
        run = []


def _ends(sheet: Sheet, canvas: Canvas, plot: Plot) -> bool:
    """Name each of several series at the end of its line; False: the names have no room."""
    series = sheet.chart.series
    if len(series) < 2:
        return True
    room = sheet.width - plot.right - 12
    lines = [sheet.ruler.hard_lines(s.name, sheet.label, room) for s in series]
    leading = sheet.label.leading.pt
    gap = leading * max(len(part) for part in lines)
    low, high = max(plot.scale.end, gap / 2), min(plot.scale.start, plot.foot - gap / 2 - 3)
    if gap * (len(series) - 1) > high - low:
        return False
    ends = [_end(plot, one.values) for one in series]
    places = spread(tuple(y for _, y in ends), gap, low, high)
    for index, (y, part, end) in enumerate(zip(places, lines, ends, strict=True)):
        colour = sheet.series_colour(index)
        canvas.line((end, (plot.right + 8, y)), colour, width=0.75)
        for n, words in enumerate(part):
            base = y + (n - (len(part) - 1) / 2) * leading + sheet.label.size.pt * 0.35
            canvas.text(plot.right + 10, base, words, sheet.label, colour=sheet.name_colour(colour))
    return True


def _end(plot: Plot, values: tuple[float | None, ...]) -> tuple[float, float]:
    """Give the last point of a line; of one without any value the foot of the plot."""
    known = [(x, v) for x, v in zip(plot.xs, values, strict=True) if v is not None]
    if not known:
        return plot.right, plot.scale.start
    return known[-1][0], plot.scale.place(known[-1][1])
