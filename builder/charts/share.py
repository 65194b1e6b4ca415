"""One bar divided into its parts: lengths can be compared, which a pie's angles cannot."""

from __future__ import annotations

from dataclasses import dataclass, replace

from builder.charts.annotate import Spot, annotate_upright
from builder.charts.canvas import Canvas
from builder.charts.pie import list_height, list_parts
from builder.charts.sheet import LEGEND_GAP, SWATCH, Sheet
from builder.document.nodes import Datum
from builder.theme.colours import LEGIBLE, contrast

THICK = 40.0
EDGE = 1.2
GAP = 10.0
TICK = 7.0
FILLING = 2.1
"""A slide's height by the bar's: the gap of the deck's native chart, 110 per cent of the bar."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the bar with its label: the value, below it the name in lines."""

    index: int
    start: float
    end: float
    value: str
    lines: tuple[str, ...]
    width: float


def draw_share(sheet: Sheet) -> Canvas:
    """Draw the first series as one bar; each part is named below itself, or all in a list.

    On a slide the bar fills its place, and the parts are named on themselves.
    """
    parts = _parts(sheet)
    if sheet.slide:
        return _filling(sheet, parts)
    lefts = _places(parts, sheet.width)
    values = sheet.chart.series[0].values if sheet.chart.series else ()
    if lefts is None or None in values:
        return _with_list(sheet, parts, values)
    rows = max((len(part.lines) for part in parts), default=0)
    below = TICK + sheet.label.leading.pt + rows * sheet.axis.leading.pt
    sheet = replace(sheet, height=THICK + below + 4)
    canvas = sheet.canvas()
    _bar(sheet, canvas, parts)
    for part, left in zip(parts, lefts, strict=True):
        middle = (part.start + part.end) / 2
        foot = THICK + TICK
        tick = min(max(middle, left + 2), left + part.width - 2)
        colour = sheet.part_colour(part.index)
        if not part.start - 1 <= left <= part.end:
            canvas.line(((middle, THICK + 1.5), (middle, THICK + 4), (tick, foot)), sheet.muted)
        base = foot + sheet.label.size.pt
        canvas.text(left, base, part.value, sheet.label, colour=sheet.text_colour(colour))
        for n, words in enumerate(part.lines, start=1):
            _name(sheet, canvas, part, left, base + n * sheet.axis.leading.pt, words)
    annotate_upright(sheet, canvas, _spots(sheet, parts))
    return canvas


def _filling(sheet: Sheet, parts: tuple[Part, ...]) -> Canvas:
    """Draw a bar in the middle of its place; names without room stand in a line above it."""
    names = [sheet.category(sheet.chart.categories[part.index]) for part in parts]
    named = all(
        sheet.ruler.width(name, sheet.label) + GAP <= part.end - part.start
        for name, part in zip(names, parts, strict=True)
    )
    missing = any(value is None for value in sheet.chart.series[0].values)
    canvas = sheet.canvas()
    above = 0.0 if named and not missing else _legend(sheet, canvas)
    thick = (sheet.height - above) / FILLING
    top = above + (sheet.height - above - thick) / 2
    leading, size = sheet.label.leading.pt, sheet.label.size.pt
    for name, part in zip(names, parts, strict=True):
        fill = sheet.part_colour(part.index)
        canvas.rect(part.start, top, max(part.end - part.start - EDGE, 0.4), thick, fill)
        light = sheet.theme.colour("on_dark")
        ink = light if contrast(light.hex, fill.hex) >= LEGIBLE else sheet.ink
        lines = (name, part.value) if named else (part.value,)
        if not named and sheet.ruler.width(part.value, sheet.label) > part.end - part.start:
            continue  # its value stands in the line above
        middle = (part.start + part.end) / 2
        first = top + thick / 2 - (len(lines) - 1) / 2 * leading + size * 0.35
        for n, words in enumerate(lines):
            base = first + n * leading
            canvas.text(middle, base, words, sheet.label, anchor="middle", colour=ink)
    annotate_upright(sheet, canvas, _spots(sheet, parts, top))
    return canvas


def _legend(sheet: Sheet, canvas: Canvas) -> float:
    """Name the parts with their values in lines above the bar; give the foot."""
    style, x, y = sheet.axis, 0.0, sheet.axis.leading.pt
    values = sheet.chart.series[0].values
    for index, name in enumerate(sheet.chart.categories):
        words = f"{sheet.category(name)}: {sheet.part(values[index])}"
        width = SWATCH + 4 + sheet.ruler.width(words, style)
        if x and x + width > sheet.width:
            x, y = 0.0, y + style.leading.pt
        if values[index] is not None:
            square = y - style.size.pt * 0.35 - SWATCH / 2
            canvas.rect(x, square, SWATCH, SWATCH, sheet.part_colour(index))
        canvas.text(x + SWATCH + 4, y, words, style, colour=sheet.ink)
        x += width + LEGEND_GAP
    return y + 4


def _parts(sheet: Sheet) -> tuple[Part, ...]:
    chart = sheet.chart
    values = chart.series[0].values if chart.series else ()
    total = sum(v for v in values if v) or 1.0
    room = sheet.width / max(len(values), 1) - GAP
    parts, start = [], 0.0
    for index, (name, value) in enumerate(zip(chart.categories, values, strict=True)):
        if value is None:
            continue
        end = start + value / total * sheet.width
        lines = sheet.ruler.lines(name, sheet.axis, max(room, end - start - GAP))
        shown = sheet.part(value)
        width = max(
            sheet.ruler.width(shown, sheet.label),
            sheet.ruler.widest(lines, replace(sheet.axis, weight=600)),
        )
        parts.append(Part(index, start, end, shown, lines, width))
        start = end
    return tuple(parts)


def _places(parts: tuple[Part, ...], width: float) -> tuple[float, ...] | None:
    """Give the left edge of each label, near its part; None where they have no room."""
    if sum(part.width + GAP for part in parts) - GAP > width:
        return None
    lefts: list[float] = []
    at = 0.0
    for part in parts:
        at = max(at, min(part.start, (part.start + part.end) / 2))
        lefts.append(at)
        at += part.width + GAP
    limit = width
    for n in reversed(range(len(parts))):
        lefts[n] = min(lefts[n], limit - parts[n].width)
        limit = lefts[n] - GAP
    return tuple(lefts)


def _bar(sheet: Sheet, canvas: Canvas, parts: tuple[Part, ...]) -> None:
    for part in parts:
        edge = EDGE if part is not parts[-1] else 0.0
        wide = max(part.end - part.start - edge, 0.4 if part.end > part.start else 0.0)
        canvas.rect(part.start, 0, wide, THICK, sheet.part_colour(part.index))


def _name(sheet: Sheet, canvas: Canvas, part: Part, x: float, y: float, words: str) -> None:
    stressed = sheet.chart.categories[part.index] == sheet.chart.highlight
    canvas.text(x, y, words, sheet.axis, colour=sheet.ink, weight=600 if stressed else 0)


def _with_list(sheet: Sheet, parts: tuple[Part, ...], values: tuple[float | None, ...]) -> Canvas:
    sheet = replace(sheet, height=THICK + GAP + list_height(sheet))
    canvas = sheet.canvas()
    _bar(sheet, canvas, parts)
    list_parts(sheet, canvas, values, left=0.0, top=THICK + GAP)
    annotate_upright(sheet, canvas, _spots(sheet, parts))
    return canvas


def _spots(sheet: Sheet, parts: tuple[Part, ...], top: float = 0.0) -> dict[Datum, Spot]:
    chart = sheet.chart
    return {
        Datum(chart.categories[part.index], chart.series[0].name): Spot(
            (part.start + part.end) / 2, top, top
        )
        for part in parts
    }
