"""Pies: shares of one whole, named in a list beside it, so that no label can touch another."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations

from builder.charts.canvas import Canvas, number
from builder.charts.remarks import remark_lines, set_remarks
from builder.charts.sheet import LABEL_SIZES, Sheet, smaller
from builder.theme.model import TextStyle

ROW = 20.0
CIRCLE = 170.0
LEAST = 44.0
SEAM = 1.5


def draw_pie(sheet: Sheet) -> Canvas:
    """Draw the first series as a pie, clockwise from twelve; missing values are named as such."""
    chart = sheet.chart
    values = chart.series[0].values if chart.series else ()
    if sheet.slide:
        return _filling(sheet, values)
    listed = list_height(sheet)
    height = max(min(sheet.height * 0.75, 190.0), listed)
    said = remark_lines(sheet)
    sheet = replace(sheet, height=height + len(said) * sheet.axis.leading.pt)
    canvas = sheet.canvas()
    radius = min(height, _circle(sheet)) / 2 - 2
    _sectors(sheet, canvas, (radius + 2, height / 2), radius, tuple(_angles(values)))
    list_parts(sheet, canvas, values, left=radius * 2 + 32, top=(height - listed) / 2)
    set_remarks(sheet, canvas, said, height)
    return canvas


def _angles(values: tuple[float | None, ...]) -> Iterator[tuple[int, float, float]]:
    """Give each sector with where it begins and ends, clockwise from twelve."""
    total = sum(v for v in values if v is not None and v > 0) or 1.0
    angle = 0.0
    for index, value in enumerate(values):
        if value is not None and value > 0:
            sweep = value / total * math.tau
            yield index, angle, angle + sweep
            angle += sweep


def _filling(sheet: Sheet, values: tuple[float | None, ...]) -> Canvas:
    """Draw a pie in the middle of its place, each sector named with its value beside it.

    Where names would touch, they stand in a list beside the pie.
    """
    said = remark_lines(sheet)
    whole, sheet = (
        sheet.height,
        replace(sheet, height=sheet.height - len(said) * sheet.axis.leading.pt),
    )
    canvas = sheet.canvas()
    set_remarks(sheet, canvas, said, sheet.height)
    canvas.height = whole
    size = sheet.axis.size.pt
    radius = sheet.height / 2 - size * 1.6
    middle = (sheet.width / 2, sheet.height / 2)
    sectors = tuple(_angles(values))
    labels = [_Label.at(sheet, middle, radius + size * 0.5, *s, values) for s in sectors]
    apart = not any(one.touches(two) for one, two in combinations(labels, 2))
    if not apart or len(sectors) < len(values):
        middle = (radius + 2, middle[1])
        top = (sheet.height - list_height(sheet)) / 2
        list_parts(sheet, canvas, values, left=radius * 2 + 48, top=top)
    _sectors(sheet, canvas, middle, radius, sectors)
    if apart and len(sectors) == len(values):
        for label in labels:
            canvas.text(
                label.x, label.y, label.words, sheet.axis, anchor=label.anchor, colour=sheet.ink
            )
    return canvas


@dataclass(frozen=True, slots=True)
class _Label:
    """A sector's name and value, with where it is written."""

    words: str
    x: float
    y: float
    anchor: str
    left: float
    width: float
    size: float

    @classmethod
    def at(
        cls,
        sheet: Sheet,
        middle: tuple[float, float],
        reach: float,
        index: int,
        start: float,
        end: float,
        values: tuple[float | None, ...],
    ) -> _Label:
        """Place a label where the middle of its sector points to."""
        turn = (start + end) / 2
        words = f"{sheet.chart.categories[index]}: {sheet.part(values[index])}"
        size, width = sheet.axis.size.pt, sheet.ruler.width(words, sheet.axis)
        x, y = middle[0] + reach * math.sin(turn), middle[1] - reach * math.cos(turn)
        y += size * (0.35 - 0.35 * math.cos(turn))
        anchor = "start" if math.sin(turn) >= 0 else "end"
        return cls(words, x, y, anchor, x if anchor == "start" else x - width, width, size)

    def touches(self, other: _Label) -> bool:
        """Tell whether two labels stand in each other's way."""
        across = self.left < other.left + other.width and other.left < self.left + self.width
        return across and abs(self.y - other.y) < self.size * 1.2


def _sectors(
    sheet: Sheet,
    canvas: Canvas,
    middle: tuple[float, float],
    radius: float,
    sectors: tuple[tuple[int, float, float], ...],
) -> None:
    """Draw the sectors, an edge between them: those that step back have one colour."""
    for index, start, end in sectors:
        canvas.path(_sector(middle, radius, start, end), sheet.part_colour(index))
    for _, start, _ in sectors if len(sectors) > 1 else ():
        rim = middle[0] + radius * math.sin(start), middle[1] - radius * math.cos(start)
        canvas.line((middle, rim), sheet.theme.colour("paper"), width=SEAM)


def _sector(middle: tuple[float, float], radius: float, start: float, end: float) -> str:
    x, y = middle
    if end - start > math.tau - 1e-6:
        top, foot = number(y - radius), number(y + radius)
        r = number(radius)
        return (
            f"M{number(x)} {top}A{r} {r} 0 1 1 {number(x)} {foot}A{r} {r} 0 1 1 {number(x)} {top}Z"
        )
    points = [(x + radius * math.sin(a), y - radius * math.cos(a)) for a in (start, end)]
    large = 1 if end - start > math.pi else 0
    (x1, y1), (x2, y2) = points
    r = number(radius)
    return (
        f"M{number(x)} {number(y)}L{number(x1)} {number(y1)}"
        f"A{r} {r} 0 {large} 1 {number(x2)} {number(y2)}Z"
    )


def list_height(sheet: Sheet) -> float:
    """Give the room that the list of parts needs."""
    return sum(max(len(lines) * sheet.axis.leading.pt + 4, ROW) for lines in _names(sheet)) + 4


def list_parts(
    sheet: Sheet, canvas: Canvas, values: tuple[float | None, ...], *, left: float, top: float
) -> None:
    """Name the parts with their values, one below the other; what is missing is named as such."""
    width, style = _value_width(sheet), _value_style(sheet)
    base, leading = top + 14, sheet.axis.leading.pt
    for index, (name, lines) in enumerate(zip(sheet.chart.categories, _names(sheet), strict=True)):
        colour = sheet.ink if values[index] is not None else sheet.muted
        if values[index] is not None:
            canvas.rect(left, base - 8.5, 9, 9, sheet.part_colour(index))
        words = sheet.part(values[index])
        canvas.text(left + 16 + width, base, words, style, anchor="end", colour=colour)
        weight = 600 if name == sheet.chart.highlight else 0
        for n, line in enumerate(lines):
            canvas.text(
                left + 26 + width,
                base + n * leading,
                line,
                sheet.axis,
                colour=sheet.ink,
                weight=weight,
            )
        base += max(len(lines) * leading + 4, ROW)


def _names(sheet: Sheet) -> list[tuple[str, ...]]:
    """Break the names of the parts to the room beside the circle."""
    room = sheet.width - _circle(sheet) - 34 - 26 - _value_width(sheet)
    strong = replace(sheet.axis, weight=600)
    return [sheet.ruler.hard_lines(c, strong, max(room, LEAST)) for c in sheet.chart.categories]


def _circle(sheet: Sheet) -> float:
    """Give the circle's room: less where values and names need more."""
    rest = sheet.width - 34 - 26 - _value_width(sheet) - LEAST
    return min(CIRCLE, sheet.width * 0.4, max(rest, 40.0))


def _value_style(sheet: Sheet) -> TextStyle:
    """Give the style of the values, smaller where they would take half the width."""
    values = sheet.chart.series[0].values if sheet.chart.series else ()
    shown = tuple(sheet.part(v) for v in values)
    for scale in LABEL_SIZES:
        style = smaller(sheet.label, scale)
        if sheet.ruler.widest(shown, style) <= sheet.width * 0.3:
            break
    return style


def _value_width(sheet: Sheet) -> float:
    values = sheet.chart.series[0].values if sheet.chart.series else ()
    return sheet.ruler.widest(tuple(sheet.part(v) for v in values), _value_style(sheet))
