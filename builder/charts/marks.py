"""Marks at the points of lines on slides: a shape for each line, as the native charts have."""

from __future__ import annotations

from builder.charts.canvas import Canvas
from builder.theme.model import Colour

RADIUS = 3.5
_SQUARE = ((-1, -1), (1, -1), (1, 1), (-1, 1))
_DIAMOND = ((0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0))
_TRIANGLE = ((0, -1.1), (1.1, 0.9), (-1.1, 0.9))
_DASH = ((-1, -0.35), (1, -0.35), (1, 0.35), (-1, 0.35))
_SHAPES = (_SQUARE, _DIAMOND, _TRIANGLE, _DASH)


def mark_point(canvas: Canvas, x: float, y: float, line: int, colour: Colour) -> None:
    """Mark a point of a line; the first line has circles, each other one another shape."""
    turn = line % (len(_SHAPES) + 1)
    if turn == 0:
        canvas.circle(x, y, RADIUS, colour)
        return
    corners = _SHAPES[turn - 1]
    canvas.polygon(tuple((x + RADIUS * a, y + RADIUS * b) for a, b in corners), colour)
