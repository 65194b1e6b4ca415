"""Lines, named at their ends, and scatter plots."""

from __future__ import annotations

from builder.charts.canvas import Canvas
from builder.charts.numbers import MISSING, format_number
from builder.charts.scale import Scale, decimals_of, spread, steps
from builder.charts.sheet import Sheet
from builder.document.nodes import Series

LABEL_GAP = 6.0
END_SHARE = 0.3
MANY = 12
"""With more points than this, only the highlighted and the last one are valued."""

Box = tuple[float, float, float, float]


def draw_lines(sheet: Sheet) -> Canvas:
    """Draw lines over a value axis; a gap where a value is missing, "n/s" at the foot."""
    canvas = sheet.canvas()
    chart = sheet.chart
    foot = sheet.height - sheet.axis.leading.pt - 6
    values = sheet.values()
    low, high = min(values, default=0.0), max(values, default=1.0)
    low = 0.0 if low >= 0 else low
    top = sheet.label.size.pt + LABEL_GAP if len(chart.series) == 1 else 6.0
    _title(sheet, canvas, chart.y_title)
    top += sheet.axis.leading.pt if chart.y_title else 0.0
    if _all_valued(sheet):
        scale, left = Scale(low, high if high > low else low + 1, foot - 6, top), 10.0
    else:
        scale = sheet.value_axis(canvas, low, high, top, foot)
        left = sheet.axis_width(steps(low, high)) + 8
    right = sheet.width - _end_room(sheet) - 4
    step = (right - left) / max(len(chart.categories) - 1, 1)
    xs = tuple(left + i * step for i in range(len(chart.categories)))
    for index, series in enumerate(chart.series):
        _line(sheet, canvas, scale, xs, index, series)
    _ends(sheet, canvas, scale, right)
    _names(sheet, canvas, xs, foot)
    return canvas


def _all_valued(sheet: Sheet) -> bool:
    """Tell whether every point has its value beside it, so that no axis is needed."""
    if sheet.slide:
        return sheet.slide.valued
    return len(sheet.chart.series) == 1 and len(sheet.chart.categories) <= MANY


def _end_room(sheet: Sheet) -> float:
    """Give the room that the series' names need at the right."""
    if len(sheet.chart.series) < 2:
        last = sheet.chart.series[0].values[-1] if sheet.chart.series else None
        return sheet.ruler.width(sheet.shown(last), sheet.label) / 2 + 2
    names = tuple(s.name for s in sheet.chart.series)
    return min(sheet.ruler.widest(names, sheet.label) + 12, sheet.width * END_SHARE)


def _line(
    sheet: Sheet, canvas: Canvas, scale: Scale, xs: tuple[float, ...], index: int, series: Series
) -> None:
    run: list[tuple[float, float]] = []
    for x, value in zip(xs, series.values, strict=True):
        if value is not None:
            run.append((x, scale.place(value)))
            continue
        _run(canvas, run, sheet, index)
        run = []
        canvas.text(
            x,
            scale.start - 4,
            MISSING,
            sheet.axis,
            anchor="middle",
            colour=sheet.muted,
            size=sheet.axis.size.pt * 0.85,
        )
    _run(canvas, run, sheet, index)
    if len(sheet.chart.series) > 1:
        return
    taken: list[Box] = []
    size = sheet.label.size.pt
    points = [
        (c, x, v)
        for c, x, v in zip(sheet.chart.categories, xs, series.values, strict=True)
        if v is not None
    ]
    shown = [
        p for p in points if _all_valued(sheet) or p[0] == sheet.chart.highlight or p is points[-1]
    ]
    for category, x, value in sorted(shown, key=lambda p: p[0] != sheet.chart.highlight):
        fill = sheet.datum_colour(index, category)
        canvas.circle(x, scale.place(value), 3, fill)
        half = sheet.ruler.width(sheet.shown(value), sheet.label) / 2
        y = scale.place(value) - LABEL_GAP
        box = (x - half - 2, y - size, x + half + 2, y)
        if any(_touch(box, other) for other in taken):
            continue
        taken.append(box)
        canvas.text(x, y, sheet.shown(value), sheet.label, anchor="middle", colour=fill)


def _run(canvas: Canvas, run: list[tuple[float, float]], sheet: Sheet, index: int) -> None:
    colour = sheet.series_colour(index)
    if len(run) == 1:
        canvas.circle(*run[0], 2.5, colour)
    elif run:
        canvas.line(tuple(run), colour, width=2)


def _ends(sheet: Sheet, canvas: Canvas, scale: Scale, right: float) -> None:
    """Name each of several series at the end of its line."""
    series = sheet.chart.series
    if len(series) < 2:
        return
    wanted = []
    for one in series:
        last = next((v for v in reversed(one.values) if v is not None), 0.0)
        wanted.append(scale.place(last))
    room = sheet.width - right - 12
    lines = [sheet.ruler.lines(s.name, sheet.label, room) for s in series]
    leading = sheet.label.leading.pt
    gap = leading * max(len(part) for part in lines)
    places = spread(tuple(wanted), gap, scale.end, scale.start)
    for index, (y, part) in enumerate(zip(places, lines, strict=True)):
        canvas.line(
            ((right + 2, wanted[index]), (right + 8, y)), sheet.series_colour(index), width=0.75
        )
        for n, words in enumerate(part):
            base = y + (n - (len(part) - 1) / 2) * leading + sheet.label.size.pt * 0.35
            canvas.text(
                right + 10,
                base,
                words,
                sheet.label,
                colour=sheet.text_colour(sheet.series_colour(index)),
            )


def _names(sheet: Sheet, canvas: Canvas, xs: tuple[float, ...], foot: float) -> None:
    """Set the categories below the axis, leaving out those for which there is no room."""
    canvas.line(((xs[0] - 8 if xs else 0, foot), (sheet.width, foot)), sheet.ink)
    end = -1.0
    for x, category in zip(xs, sheet.chart.categories, strict=True):
        half = sheet.ruler.width(category, sheet.axis) / 2
        start = max(x - half, 0)
        if start < end:
            continue
        end = start + half * 2 + 6
        canvas.text(
            start + half,
            foot + 4 + sheet.axis.leading.pt * 0.8,
            category,
            sheet.axis,
            anchor="middle",
            colour=sheet.ink,
        )


def _title(sheet: Sheet, canvas: Canvas, words: str) -> None:
    canvas.text(0, sheet.axis.size.pt, words, sheet.axis, colour=sheet.muted)


def draw_scatter(sheet: Sheet) -> Canvas:
    """Draw points over two axes; names of points stand where they touch nothing."""
    canvas = sheet.canvas()
    chart = sheet.chart
    top = sheet.legend(canvas) + 6
    if chart.y_title:
        canvas.text(0, top + 4, chart.y_title, sheet.axis, colour=sheet.muted)
        top += sheet.axis.leading.pt
    foot = sheet.height - sheet.axis.leading.pt * (2 if chart.x_title else 1) - 8
    values = sheet.values()
    low, high = min(values, default=0.0), max(values, default=1.0)
    upright = sheet.value_axis(canvas, low, high, top, foot)
    left = sheet.axis_width(steps(low, high)) + 6
    xs = [x for s in chart.series for x in s.xs]
    marks = steps(min(xs, default=0.0), max(xs, default=1.0))
    flat = Scale(marks[0], marks[-1], left, sheet.width - 14)
    canvas.line(((left - 6, foot), (sheet.width, foot)), sheet.ink)
    digits = decimals_of(marks)
    for mark in marks:
        words = format_number(mark, digits, sheet.language)
        canvas.text(
            flat.place(mark),
            foot + 4 + sheet.axis.leading.pt * 0.8,
            words,
            sheet.axis,
            anchor="middle",
            colour=sheet.muted,
        )
    canvas.text(
        sheet.width, sheet.height - 3, chart.x_title, sheet.axis, anchor="end", colour=sheet.muted
    )
    _points(sheet, canvas, flat, upright)
    return canvas


def _points(sheet: Sheet, canvas: Canvas, flat: Scale, upright: Scale) -> None:
    chart = sheet.chart
    placed: list[tuple[float, float, str, int]] = []
    for s, series in enumerate(chart.series):
        names = chart.categories if _named(chart.categories, series) else ()
        for i, (x, value) in enumerate(zip(series.xs, series.values, strict=True)):
            if value is not None:
                name = names[i] if names else ""
                placed.append((flat.place(x), upright.place(value), name, s))
    taken: list[Box] = [(x - 4, y - 4, x + 4, y + 4) for x, y, _, _ in placed]
    for x, y, name, s in placed:
        canvas.circle(x, y, 3.5, sheet.datum_colour(s, name))
    for x, y, name, _ in sorted(placed, key=lambda p: p[2] != chart.highlight):
        _name_point(sheet, canvas, x, y, name, taken)


def _named(categories: tuple[str, ...], series: Series) -> bool:
    """Tell whether the categories are names of the points, not their horizontal values again."""
    if len(categories) != len(series.values):
        return False
    return not all(_is_number(c) for c in categories)


def _is_number(text: str) -> bool:
    try:
        float(text.replace(",", ""))
    except ValueError:
        return False
    return True


def _name_point(
    sheet: Sheet, canvas: Canvas, x: float, y: float, name: str, taken: list[Box]
) -> None:
    width, size = sheet.ruler.width(name, sheet.axis), sheet.axis.size.pt
    for dx, dy in (
        (6.0, 0.35 * size),
        (-6.0 - width, 0.35 * size),
        (-width / 2, -6.0),
        (-width / 2, 6.0 + size),
    ):
        box = (x + dx, y + dy - size, x + dx + width, y + dy)
        inside = box[0] >= 0 and box[2] <= sheet.width
        if inside and not any(_touch(box, other) for other in taken):
            taken.append(box)
            canvas.text(x + dx, y + dy, name, sheet.axis, colour=sheet.ink)
            return


def _touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
