"""The largest size at which something fits."""

from __future__ import annotations

from collections.abc import Callable

from builder.units import Length

STEP = Length.from_pt(1)


def largest(most: Length, least: Length, fits: Callable[[Length], bool]) -> Length | None:
    """Give the largest size, in steps of a point from `most` down to `least`, that fits; else None.

    What fits at a size is taken to fit at all smaller ones; only sizes that were tried are given.
    """
    if fits(most):
        return most
    count = (most - least) // STEP
    if count < 1 or not fits(Length(most - count * STEP)):
        return None
    low, high = 0, count  # steps down: too large, fits
    while high - low > 1:
        middle = (low + high) // 2
        if fits(Length(most - middle * STEP)):
            high = middle
        else:
            low = middle
    return Length(most - high * STEP)
