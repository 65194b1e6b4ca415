"""Axes: from values to places, with round steps."""

from __future__ import annotations

import math
from dataclasses import dataclass

FEW_STEPS = 7


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis from `low` to `high` (values) over `start` to `end` (points); `log`: by powers."""

    low: float
    high: float
    start: float
    end: float
    log: bool = False

    def place(self, value: float) -> float:
        """Give where a value stands."""
        low, high = self._stretch(self.low), self._stretch(self.high)
        return self.start + (self._stretch(value) - low) / (high - low or 1.0) * self._room

    @property
    def _room(self) -> float:
        return self.end - self.start

    def _stretch(self, value: float) -> float:
        return math.log10(value) if self.log else value


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


def log_steps(low: float, high: float) -> tuple[float, ...]:
    """Give round values for a logarithmic axis: powers of ten, with 2 and 5 between where few."""
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    fine = [round(n * 10.0**power, 12) for power in range(first, last + 1) for n in (1, 2, 5)]
    start = max((v for v in fine if v <= low * 1.0001), default=fine[0])
    end = min((v for v in fine if v >= high * 0.9999 and v > start), default=fine[-1])
    between = tuple(v for v in fine if start <= v <= end)
    if len(between) <= FEW_STEPS:
        return between
    powers = [10.0**power for power in range(first, last + 1)]
    return tuple(powers[:: -(-len(powers) // FEW_STEPS)])


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
