"""Names below an axis: broken into lines, or thinned where they follow an order."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from builder.charts.canvas import Canvas
from builder.charts.sheet import Sheet

MAX_LINES = 3
BETWEEN = 6.0
_ORDERED = re.compile(r"\D{0,3}\d[\d\s./–-]*\D{0,3}")
MANY = 6


def broken(sheet: Sheet, slot: float) -> tuple[tuple[str, ...], ...]:
    """Break the names to the room that each has."""
    names = (sheet.category(c) for c in sheet.chart.categories)
    return tuple(sheet.ruler.lines(name, sheet.axis, slot - BETWEEN) for name in names)


def fit(sheet: Sheet, slot: float) -> bool:
    """Tell whether the broken names stand side by side without touching."""
    return all(
        len(part) <= MAX_LINES and sheet.ruler.widest(part, sheet.axis) <= slot - 4
        for part in broken(sheet, slot)
    )


def ordered(sheet: Sheet) -> bool:
    """Tell whether the names are years, quarters or other numbers, so that some may be left out."""
    names = sheet.chart.categories
    return len(names) > MANY and all(_ORDERED.fullmatch(name) for name in names)


def name_slots(sheet: Sheet, canvas: Canvas, left: float, slot: float, foot: float) -> None:
    """Name columns below `foot`: all of them in lines, else every second, third and so on."""
    if fit(sheet, slot):
        for c, lines in enumerate(broken(sheet, slot)):
            middle = left + (c + 0.5) * slot
            weight = _weight(sheet, sheet.chart.categories[c])
            for n, words in enumerate(lines):
                y = foot + 4 + sheet.axis.leading.pt * (n + 0.8)
                canvas.text(
                    middle,
                    y,
                    words,
                    sheet.axis,
                    anchor="middle",
                    colour=sheet.ink,
                    weight=weight,
                )
        return
    middles = tuple(left + (c + 0.5) * slot for c in range(len(sheet.chart.categories)))
    name_points(sheet, canvas, middles, foot)


def name_points(sheet: Sheet, canvas: Canvas, middles: tuple[float, ...], foot: float) -> None:
    """Name points below `foot`, as many as have room: every one, every second and so on.

    The highlighted category is always among them.
    """
    names = [sheet.category(c) for c in sheet.chart.categories]
    base = foot + 4 + sheet.axis.leading.pt * 0.8
    weights = [_weight(sheet, category) for category in sheet.chart.categories]
    halves = [
        sheet.ruler.width(name, replace(sheet.axis, weight=weight or sheet.axis.weight)) / 2
        for name, weight in zip(names, weights, strict=True)
    ]
    places = [
        min(max(x, half), max(sheet.width - half, half))
        for x, half in zip(middles, halves, strict=True)
    ]
    stressed = sheet.chart.highlight
    keep = sheet.chart.categories.index(stressed) if stressed in sheet.chart.categories else 0
    for step in range(1, len(names) + 1):
        shown = range(keep % step, len(names), step)
        edges = [(places[i] - halves[i], places[i] + halves[i]) for i in shown]
        if all(a[1] + BETWEEN <= b[0] for a, b in pairwise(edges)):
            break
    leading = sheet.axis.leading.pt
    for i in shown:
        # A lone name may be wider than the sheet.
        lines = sheet.ruler.hard_lines(names[i], sheet.axis, sheet.width / 1.05)
        middle = sheet.width / 2 if len(lines) > 1 else places[i]
        for n, words in enumerate(lines):
            canvas.text(
                middle,
                base + n * leading,
                words,
                sheet.axis,
                anchor="middle",
                colour=sheet.ink,
                weight=weights[i],
            )
        canvas.height = max(canvas.height, base + (len(lines) - 0.6) * leading)


def _weight(sheet: Sheet, category: str) -> int:
    """Give the weight of a category's name: strong where colour cannot say that it is meant."""
    return 600 if category == sheet.chart.highlight and len(sheet.chart.series) > 1 else 0
