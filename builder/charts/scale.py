"""Axes: from values to places, with round steps."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight axis from `low` to `high` (values) over `start` to `end` (points)."""

    low: float
    high: float
    start: float
    end: float

    def place(self, value: float) -> float:
        """Give where a value stands."""
        span = self.high - self.low or 1.0
        return self.start + (value - self.low) / span * (self.end - self.start)


def steps(low: float, high: float, wanted: int = 5) -> tuple[float, ...]:
    """Give round values from at or below `low` to at or above `high`, about `wanted` of them."""
    if not low < high:
        high = low + 1.0
    rough = (high - low) / max(wanted - 1, 1)
    power = math.floor(math.log10(rough))
    unit = next(u for u in (1, 2, 2.5, 5, 10) if u * 10.0**power >= rough * 0.999)
    step = unit * 10.0**power
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return tuple(round(n * step, 12) for n in range(first, last + 1))


def decimals_of(values: tuple[float, ...]) -> int:
    """Give how many digits behind the point the values of an axis need."""
    return max((len(f"{v:.10f}".rstrip("0").partition(".")[2]) for v in values), default=0)


def spread(wanted: tuple[float, ...], gap: float, low: float, high: float) -> tuple[float, ...]:
    """Move labels apart until neighbours are `gap` away, as near to `wanted` as may be.

    The result keeps the order of `wanted` by place; where the room is too short, the gap shrinks.
    """
    if not wanted:
        return ()
    order = sorted(range(len(wanted)), key=lambda i: (wanted[i], i))
    gap = min(gap, (high - low) / max(len(wanted) - 1, 1)) if high > low else 0.0
    places = [min(max(wanted[i], low), high) for i in order]
    for i in range(1, len(places)):
        places[i] = max(places[i], places[i - 1] + gap)
    if places[-1] > high:
        places[-1] = high
        for i in range(len(places) - 2, -1, -1):
            places[i] = min(places[i], places[i + 1] - gap)
    result = [0.0] * len(wanted)
    for i, place in zip(order, places, strict=True):
        result[i] = place
    return tuple(result)
