"""Pies: shares of one whole, named in a list beside it, so that no label can touch another."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations

from builder.charts.canvas import Canvas, number
from builder.charts.sheet import Sheet
from builder.theme.model import Colour

ROW = 20.0


def draw_pie(sheet: Sheet) -> Canvas:
    """Draw the first series as a pie, clockwise from twelve; missing values are named as such."""
    chart = sheet.chart
    values = chart.series[0].values if chart.series else ()
    if sheet.slide:
        return _filling(sheet, values)
    listed = list_height(sheet)
    height = max(min(sheet.height * 0.75, 190.0), listed)
    sheet = replace(sheet, height=height)
    canvas = sheet.canvas()
    radius = min(height, 170.0) / 2 - 2
    for index, start, end in _angles(values):
        sector = _sector((radius + 2, height / 2), radius, start, end)
        canvas.path(sector, part_colour(sheet, index))
    list_parts(sheet, canvas, values, left=radius * 2 + 32, top=(height - listed) / 2)
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
    canvas = sheet.canvas()
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
    for index, start, end in sectors:
        canvas.path(_sector(middle, radius, start, end), part_colour(sheet, index))
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
        words = f"{sheet.chart.categories[index]}: {sheet.shown(values[index])}"
        size, width = sheet.axis.size.pt, sheet.ruler.width(words, sheet.axis)
        x, y = middle[0] + reach * math.sin(turn), middle[1] - reach * math.cos(turn)
        y += size * (0.35 - 0.35 * math.cos(turn))
        anchor = "start" if math.sin(turn) >= 0 else "end"
        return cls(words, x, y, anchor, x if anchor == "start" else x - width, width, size)

    def touches(self, other: _Label) -> bool:
        """Tell whether two labels stand in each other's way."""
        across = self.left < other.left + other.width and other.left < self.left + self.width
        return across and abs(self.y - other.y) < self.size * 1.2


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


def part_colour(sheet: Sheet, index: int) -> Colour:
    """Give the colour of a part: the highlighted one stands out."""
    look, chart = sheet.theme.chart, sheet.chart
    if chart.highlight in chart.categories:
        if chart.categories[index] == chart.highlight:
            return look.highlight
        shades = [c for c in look.series if c.hex != look.highlight.hex]
        return shades[index % len(shades)]
    return look.series[index % len(look.series)]


def list_height(sheet: Sheet) -> float:
    """Give the room that the list of parts needs."""
    return len(sheet.chart.categories) * ROW + 4


def list_parts(
    sheet: Sheet, canvas: Canvas, values: tuple[float | None, ...], *, left: float, top: float
) -> None:
    """Name the parts with their values, one a line; missing values are named as such."""
    shown = tuple(sheet.shown(v) for v in values)
    width = sheet.ruler.widest(shown, sheet.label)
    for index, (name, words) in enumerate(zip(sheet.chart.categories, shown, strict=True)):
        base = top + index * ROW + 14
        colour = sheet.ink
        if values[index] is None:
            colour = sheet.muted
        else:
            canvas.rect(left, base - 8.5, 9, 9, part_colour(sheet, index))
        canvas.text(left + 16 + width, base, words, sheet.label, anchor="end", colour=colour)
        stressed = name == sheet.chart.highlight
        canvas.text(
            left + 26 + width,
            base,
            name,
            sheet.axis,
            colour=sheet.ink,
            weight=600 if stressed else 0,
        )
