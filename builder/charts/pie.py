"""Pies: shares of one whole, named in a list beside it, so that no label can touch another."""

from __future__ import annotations

import math
from dataclasses import replace

from builder.charts.canvas import Canvas, number
from builder.charts.sheet import Sheet
from builder.theme.model import Colour

ROW = 20.0


def draw_pie(sheet: Sheet) -> Canvas:
    """Draw the first series as a pie, clockwise from twelve; missing values are named as such."""
    chart = sheet.chart
    values = chart.series[0].values if chart.series else ()
    listed = list_height(sheet)
    height = max(min(sheet.height * 0.75, 190.0), listed)
    sheet = replace(sheet, height=height)
    canvas = sheet.canvas()
    radius = min(height, 170.0) / 2 - 2
    middle = (radius + 2, height / 2)
    total = sum(v for v in values if v is not None and v > 0) or 1.0
    angle = 0.0
    for index, value in enumerate(values):
        if value is None or value <= 0:
            continue
        sweep = value / total * math.tau
        canvas.path(_sector(middle, radius, angle, angle + sweep), part_colour(sheet, index))
        angle += sweep
    list_parts(sheet, canvas, values, left=radius * 2 + 32, top=(height - listed) / 2)
    return canvas


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
