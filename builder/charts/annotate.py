"""Remarks on data that stand upright: words above a datum, arrows from one to another.

Each is put at the first of many places where it touches no label, bar or mark. Above the plot
there is always room: the drawing grows by what is needed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from builder.charts.boxes import FALL, RISE, Box, Point
from builder.charts.canvas import Canvas
from builder.charts.sheet import Sheet
from builder.document.nodes import Annotation, Datum
from builder.document.walk import plain

CLEAR = 4.0
WORDS_ROOM = 104.0
LEAST_RUN = 44.0
LEAST_RISE = 14.0
TRIES, STEP = 160, 3.0
HEAD = 5.0


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a datum stands: its middle, the end of its bar, what is above it, half its width."""

    x: float
    mark: float
    top: float
    half: float = 0.0


@dataclass(frozen=True, slots=True)
class Route:
    """An arrow's path, and the level part of it, above which its words stand."""

    path: tuple[Point, ...]
    ends: tuple[float, float]
    level: float

    @property
    def left(self) -> float:
        """Where the level part begins."""
        return min(self.ends)

    @property
    def right(self) -> float:
        """Where the level part ends."""
        return max(self.ends)


def annotate_upright(sheet: Sheet, canvas: Canvas, spots: Mapping[Datum, Spot]) -> None:
    """Draw all remarks of a chart: words first, then arrows, the short ones before the long."""
    remarks = sheet.chart.annotations
    for remark in remarks:
        if remark.source is None:
            _words_at(sheet, canvas, remark, spots[remark.target])
    arrows = [
        (abs(spots[r.target].x - spots[r.source].x), n, r, spots[r.source], spots[r.target])
        for n, r in enumerate(remarks)
        if r.source is not None
    ]
    for _, _, remark, source, target in sorted(arrows, key=lambda arrow: arrow[:2]):
        _arrow(sheet, canvas, remark, source, target)


def _words_at(sheet: Sheet, canvas: Canvas, remark: Annotation, spot: Spot) -> None:
    lines = sheet.ruler.hard_lines(plain(remark.text), sheet.axis, min(WORDS_ROOM, sheet.width))
    width = sheet.ruler.widest(lines, sheet.axis)
    for rise in range(TRIES):
        for shift in (0.0, -0.4 * width, 0.4 * width):
            foot = spot.top - CLEAR - rise * STEP
            box = _block(sheet, lines, spot.x + shift, foot)
            if not canvas.free(box) or canvas.crossed(box):
                continue
            far = rise * STEP > 2 * CLEAR
            lead = Box(spot.x - 0.4, foot + 2, spot.x + 0.4, spot.top - 2)
            if far and (not canvas.free(lead) or not box.left < spot.x < box.right):
                continue
            _set(sheet, canvas, lines, box)
            if far:
                canvas.line(((spot.x, spot.top - 2), (spot.x, foot + 2)), sheet.muted, width=0.6)
                canvas.shapes.append(lead)
            return
    _set(sheet, canvas, lines, _block(sheet, lines, spot.x, canvas.top() - CLEAR))


def _arrow(sheet: Sheet, canvas: Canvas, remark: Annotation, source: Spot, target: Spot) -> None:
    words = plain(remark.text)
    for route in _routes(canvas, source, target):
        room = max(route.right - route.left - 2 * CLEAR, LEAST_RUN)
        lines = sheet.ruler.hard_lines(words, sheet.axis, min(room, sheet.width))
        box = _block(sheet, lines, (route.left + route.right) / 2, route.level - CLEAR)
        if canvas.free(box) and not canvas.crossed(box) and _open(canvas, route):
            break
    else:
        route = _bracket(source, target, canvas.top() - 3 * CLEAR)
        lines = sheet.ruler.hard_lines(words, sheet.axis, sheet.width)
        box = _block(sheet, lines, (route.left + route.right) / 2, route.level - CLEAR)
    _set(sheet, canvas, lines, box)
    draw_arrow(sheet, canvas, route.path)
    canvas.shapes.extend(_legs(route.path))


def _routes(canvas: Canvas, source: Spot, target: Spot) -> Iterator[Route]:
    """Give ways from source to target, the plainest first."""
    side = 1 if target.x > source.x else -1
    if target.half and source.top - target.mark > LEAST_RISE:
        # Up beside the taller bar, then into its side.
        end = target.x - side * (target.half + CLEAR)
        path = ((source.x, source.top - CLEAR), (source.x, target.mark), (end, target.mark))
        yield Route(path, (source.x, end), target.mark)
    if source.half and target.top - source.mark > LEAST_RISE:
        # Out of the taller bar's side, then down onto the lower one.
        start = source.x + side * (source.half + CLEAR)
        path = ((start, source.mark), (target.x, source.mark), (target.x, target.top - CLEAR))
        yield Route(path, (start, target.x), source.mark)
    left, right = sorted((source.x, target.x))
    between = [b.top for b in (*canvas.words, *canvas.shapes) if b.right > left and b.left < right]
    between += [y for s in canvas.strokes for x, y in s if left <= x <= right]
    level = min((source.top, target.top, *between)) - 3.5 * CLEAR
    for rise in range(TRIES):
        yield _bracket(source, target, level - rise * STEP)


def _bracket(source: Spot, target: Spot, level: float) -> Route:
    path = (
        (source.x, source.top - CLEAR),
        (source.x, level),
        (target.x, level),
        (target.x, target.top - CLEAR),
    )
    return Route(path, (source.x, target.x), level)


def draw_arrow(sheet: Sheet, canvas: Canvas, path: tuple[Point, ...]) -> None:
    """Draw a thin line with an open head at its end."""
    canvas.line(path, sheet.muted, width=0.8)
    (x0, y0), (x, y) = path[-2:]
    length = max(((x - x0) ** 2 + (y - y0) ** 2) ** 0.5, 1e-6)
    dx, dy = (x - x0) / length * HEAD, (y - y0) / length * HEAD
    barbs = ((x - dx - dy * 0.6, y - dy + dx * 0.6), (x, y), (x - dx + dy * 0.6, y - dy - dx * 0.6))
    canvas.line(barbs, sheet.muted, width=0.8)


def _open(canvas: Canvas, route: Route) -> bool:
    """Tell whether an arrow's path meets no label, bar or other arrow."""
    return all(canvas.free(leg, 1.0) for leg in _legs(route.path))


def _legs(path: tuple[Point, ...]) -> list[Box]:
    return [
        Box(min(x, x2) - 0.5, min(y, y2) - 0.5, max(x, x2) + 0.5, max(y, y2) + 0.5)
        for (x, y), (x2, y2) in pairwise(path)
    ]


def _block(sheet: Sheet, lines: tuple[str, ...], middle: float, foot: float) -> Box:
    """Give the box of centred lines that end at `foot`, kept within the sheet."""
    size, leading = sheet.axis.size.pt, sheet.axis.leading.pt
    half = sheet.ruler.widest(lines, sheet.axis) / 2
    middle = min(max(middle, half + 0.1), sheet.width - half - 0.1)
    height = (len(lines) - 1) * leading + (RISE + FALL) * size
    return Box(middle - half, foot - height, middle + half, foot)


def _set(sheet: Sheet, canvas: Canvas, lines: tuple[str, ...], box: Box) -> None:
    middle = (box.left + box.right) / 2
    for n, words in enumerate(lines):
        base = box.foot - FALL * sheet.axis.size.pt - (len(lines) - 1 - n) * sheet.axis.leading.pt
        canvas.text(middle, base, words, sheet.axis, anchor="middle", colour=sheet.muted)
