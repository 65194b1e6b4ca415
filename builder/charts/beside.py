"""Remarks on horizontal bars: words behind a bar, arrows from row to row in a margin at the right.

The margin's width is known before the bars are drawn, so that they leave it free.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from builder.charts.annotate import draw_arrow
from builder.charts.boxes import FALL, RISE, Box
from builder.charts.canvas import Canvas
from builder.charts.remarks import remark_lines, set_remarks
from builder.charts.sheet import Sheet
from builder.document.nodes import Annotation, Datum
from builder.document.walk import plain

CLEAR = 4.0
RUN = 10.0
MOST = 0.5
"""The most of the width that the values and the margin for remarks may take."""

WORDS_SHARE, WORDS_LEAST, WORDS_MOST = 0.2, 44.0, 96.0


@dataclass(frozen=True, slots=True)
class Beside:
    """Where a row has its middle, and where its bar and label end."""

    y: float
    end: float


@dataclass(frozen=True, slots=True)
class Remark:
    """A remark broken into lines, with the column of the margin that it stands in."""

    node: Annotation
    lines: tuple[str, ...]
    width: float
    column: int = 0


def room_beside(sheet: Sheet) -> float:
    """Give the width that the remarks need at the right of the bars."""
    return 0.0 if _below(sheet) else _room(sheet)


def _room(sheet: Sheet) -> float:
    words = max((r.width + 2 * CLEAR for r in _words(sheet)), default=0.0)
    return words + sum(_columns(_arrows(sheet)))


def _below(sheet: Sheet) -> bool:
    """Tell whether the remarks would take too much of the width, so that they stand below."""
    room = _room(sheet)
    values = sheet.ruler.widest(tuple(sheet.shown(v) for v in sheet.values()), sheet.label)
    ends = 2 if min(sheet.values(), default=0.0) < 0 else 1
    return bool(room) and room + values * ends > sheet.width * MOST


def annotate_beside(sheet: Sheet, canvas: Canvas, ends: Mapping[Datum, Beside]) -> None:
    """Draw all remarks of a chart of horizontal bars."""
    if _below(sheet):
        said = remark_lines(sheet)
        set_remarks(sheet, canvas, said, canvas.height)
        canvas.height += len(said) * sheet.axis.leading.pt
        return
    for remark in _words(sheet):
        at = ends[remark.node.target]
        left = at.end + 2 * CLEAR
        _set(sheet, canvas, remark, left, at.y)
    arrows = _arrows(sheet)
    widths = _columns(arrows)
    start = sheet.width - sum(widths)
    for remark in arrows:
        if remark.node.source is None:
            continue
        x = start + sum(widths[: remark.column])
        source, target = ends[remark.node.source], ends[remark.node.target]
        path = (
            (source.end + CLEAR, source.y),
            (x + RUN, source.y),
            (x + RUN, target.y),
            (target.end + CLEAR, target.y),
        )
        draw_arrow(sheet, canvas, path)
        _set(sheet, canvas, remark, x + RUN + CLEAR, (source.y + target.y) / 2)


def _words(sheet: Sheet) -> list[Remark]:
    return [_broken(sheet, a) for a in sheet.chart.annotations if a.source is None]


def _arrows(sheet: Sheet) -> list[Remark]:
    """Give the arrows, short ones first, each in the first column where its rows are free."""
    names = sheet.chart.categories
    spans = []
    for n, node in enumerate(sheet.chart.annotations):
        if node.source is not None:
            rows = sorted((names.index(node.source.category), names.index(node.target.category)))
            spans.append((rows[1] - rows[0], n, rows, node))
    taken: list[list[tuple[int, int]]] = []
    arrows: list[Remark] = []
    for _, _, (first, last), node in sorted(spans, key=lambda span: span[:2]):
        column = 0
        while column < len(taken) and any(first <= b and a <= last for a, b in taken[column]):
            column += 1
        taken += [[]] if column == len(taken) else []
        taken[column].append((first, last))
        remark = _broken(sheet, node)
        arrows.append(Remark(node, remark.lines, remark.width, column))
    return arrows


def _columns(arrows: list[Remark]) -> list[float]:
    count = max((r.column for r in arrows), default=-1) + 1
    return [
        RUN + 2 * CLEAR + max(r.width for r in arrows if r.column == column)
        for column in range(count)
    ]


def _broken(sheet: Sheet, node: Annotation) -> Remark:
    room = min(max(sheet.width * WORDS_SHARE, WORDS_LEAST), WORDS_MOST)
    lines = sheet.ruler.hard_lines(plain(node.text), sheet.axis, room)
    return Remark(node, lines, sheet.ruler.widest(lines, sheet.axis))


def _set(sheet: Sheet, canvas: Canvas, remark: Remark, left: float, middle: float) -> None:
    """Write lines around a middle, as near to it as no other remark stands."""
    size, leading = sheet.axis.size.pt, sheet.axis.leading.pt
    height = (len(remark.lines) - 1) * leading + (RISE + FALL) * size
    box = Box(left, middle - height / 2, left + remark.width, middle + height / 2)
    for n in range(400):
        shift = (n + 1) // 2 * 3.0 * (-1 if n % 2 else 1)
        if not any(box.moved(0, shift).touches(other, 1.0) for other in canvas.words):
            box = box.moved(0, shift)
            break
    for n, words in enumerate(remark.lines):
        base = box.top + RISE * size + n * leading
        canvas.text(left, base, words, sheet.axis, colour=sheet.muted)
    canvas.height = max(canvas.height, box.foot + 2)
