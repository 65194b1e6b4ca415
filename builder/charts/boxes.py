"""What stands where on a drawing: boxes, and whether they touch; y downwards, in points."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

Point = tuple[float, float]
RISE, FALL = 0.72, 0.21
"""How far letters reach above and below their baseline, as parts of the type size."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle from its left and top edge to its right and foot."""

    left: float
    top: float
    right: float
    foot: float

    def touches(self, other: Box, gap: float = 0.0) -> bool:
        """Tell whether two boxes are less than `gap` apart."""
        return (
            self.left < other.right + gap
            and other.left < self.right + gap
            and self.top < other.foot + gap
            and other.top < self.foot + gap
        )

    def moved(self, across: float = 0.0, down: float = 0.0) -> Box:
        """Give the box at another place."""
        return Box(self.left + across, self.top + down, self.right + across, self.foot + down)

    def crossed_by(self, points: tuple[Point, ...]) -> bool:
        """Tell whether a line through points runs through the box."""
        return any(self._cut(one, other) for one, other in pairwise(points))

    def _cut(self, one: Point, other: Point) -> bool:
        """Clip a segment against the box (Liang and Barsky) and tell whether any of it is left."""
        (x, y), (dx, dy) = one, (other[0] - one[0], other[1] - one[1])
        enter, leave = 0.0, 1.0
        edges = (
            (-dx, x - self.left),
            (dx, self.right - x),
            (-dy, y - self.top),
            (dy, self.foot - y),
        )
        for slope, room in edges:
            if slope == 0:
                if room < 0:
                    return False
                continue
            share = room / slope
            if slope < 0:
                enter = max(enter, share)
            else:
                leave = min(leave, share)
        return enter <= leave
