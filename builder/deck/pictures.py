"""Where pictures stand on slides, and what of them is cut off."""

from __future__ import annotations

from dataclasses import dataclass

from builder.deck.layout import Box
from builder.units import Length

MOST_LOST = 0.12
"""The share of a picture that may be cropped so that it fills its placeholder."""


@dataclass(frozen=True, slots=True)
class Framed:
    """Where a picture stands, and what is cut off at each side, in thousandths of a per cent."""

    box: Box
    left: int = 0
    top: int = 0
    right: int = 0
    bottom: int = 0


def framed(box: Box, size: tuple[int, int]) -> Framed:
    """Let a picture fill its placeholder where little of it is lost; else show it whole.

    What is shown whole stands at the middle of the placeholder's width, from its top.
    """
    wide, high = (max(side, 1) for side in size)
    ratio, wanted = wide / high, box.width / box.height
    lost = 1 - min(ratio, wanted) / max(ratio, wanted)
    if 0 < lost <= MOST_LOST:
        each = round(lost / 2 * 100000)
        if ratio > wanted:
            return Framed(box, left=each, right=each)
        return Framed(box, top=each, bottom=each)
    whole = inside(box, size)
    x = Length(box.x + (box.width - whole.width) // 2)
    return Framed(Box(x, whole.y, whole.width, whole.height))


def inside(box: Box, size: tuple[int, int], *, at_right: bool = False) -> Box:
    """Give the largest rectangle of an image's shape inside a box, from its upper corner."""
    scale = min(box.width / max(size[0], 1), box.height / max(size[1], 1))
    width, height = (Length(round(side * scale)) for side in size)
    return Box(Length(box.right - width) if at_right else box.x, box.y, width, height)
