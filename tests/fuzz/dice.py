"""Hypothesis's choices drawn from a seed and from nothing else.

Its own way is not repeatable: it mixes in constants that it collects from every module of ours that
happens to be loaded, so what ran before in the process, and where the project lies, would change
the tries. A backend of one's own is what its documentation provides for this.
"""

from __future__ import annotations

import math
import random
import struct

from hypothesis import HealthCheck, Phase, settings
from hypothesis.internal.conjecture.providers import AVAILABLE_PROVIDERS, PrimitiveProvider
from hypothesis.internal.intervalsets import IntervalSet

EDGE = 0.08
"""How often a number is one of those at which programs break."""

WIDE = 2**70
"""What bounds an integer that has no bound."""

LONG = 8
"""Above the least size, as many signs or bytes as a string without an end has at most."""

BROKEN_AT = (0.0, -0.0, 1.0, -1.0, 0.1, 1e-300, 1e16, 1e300, math.inf, -math.inf, math.nan)


def backend(seed: int) -> str:
    """Give the name of a backend, for `settings`, whose choices are those of the seed."""
    name = f"dice-{seed}"
    AVAILABLE_PROVIDERS[name] = type(f"Dice{seed}", (Dice,), {"seed": seed})
    return name


def tries(count: int, seed: int, *, smaller: bool = False) -> settings:
    """Try so many examples, those of a seed; `smaller`: shrink what is found, which takes minutes."""
    return settings(
        max_examples=count,
        backend=backend(seed),
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=list(Phase) if smaller else [Phase.generate],
    )


class Dice(PrimitiveProvider):
    """Draws from one generator of random numbers for all tries of a test."""

    lifetime = "test_function"
    seed = 0

    def __init__(self, conjecturedata: object, /) -> None:
        super().__init__(None)
        self._random = random.Random(self.seed)

    def draw_boolean(self, p: float = 0.5) -> bool:
        """Give True with a probability; 0 and 1 are sure."""
        return self._random.random() < p

    def draw_integer(
        self,
        min_value: int | None = None,
        max_value: int | None = None,
        *,
        weights: dict[int, float] | None = None,
        shrink_towards: int = 0,
    ) -> int:
        """Give an integer between bounds, now and then the bound itself; small ones where there is none."""
        least = min_value if min_value is not None else min(-WIDE, (max_value or 0) - WIDE)
        most = max_value if max_value is not None else max(WIDE, least + WIDE)
        chance = self._random.random()
        for value, weight in (weights or {}).items():
            if chance < weight:
                return value
            chance -= weight
        if self._random.random() < EDGE:
            return self._random.choice((least, most))
        if min_value is not None and max_value is not None:
            return self._random.randint(least, most)
        near = min(max(shrink_towards, least), most)
        reach = 1 << self._random.randint(1, 70)
        return self._random.randint(max(least, near - reach), min(most, near + reach))

    def draw_float(
        self,
        *,
        min_value: float = -math.inf,
        max_value: float = math.inf,
        allow_nan: bool = True,
        smallest_nonzero_magnitude: float,
    ) -> float:
        """Give a float: one at which programs break, one by its bits, or any between the bounds."""

        def good(number: float) -> bool:
            if math.isnan(number):
                return allow_nan
            small = 0 < abs(number) < smallest_nonzero_magnitude
            return min_value <= number <= max_value and not small

        chance = self._random.random()
        if chance < EDGE:
            return self._random.choice([n for n in (*BROKEN_AT, min_value, max_value) if good(n)])
        (by_bits,) = struct.unpack("<d", self._random.randbytes(8))
        if chance < 0.5 and good(by_bits):
            return float(by_bits)
        least, most = max(min_value, -1e9), min(max_value, 1e9)
        number = self._random.uniform(least, most) if least <= most else min_value
        return number if good(number) else min_value

    def draw_string(
        self, intervals: IntervalSet, *, min_size: int = 0, max_size: int = 10**10
    ) -> str:
        """Give a string of an alphabet, whose first 256 signs come more often than others."""
        if not intervals:
            return ""
        return "".join(self._sign(intervals) for _ in range(self._size(min_size, max_size)))

    def draw_bytes(self, min_size: int = 0, max_size: int = 10**10) -> bytes:
        """Give bytes."""
        return self._random.randbytes(self._size(min_size, max_size))

    def _sign(self, intervals: IntervalSet) -> str:
        often = 256 if self._random.random() < 0.8 else len(intervals)
        return chr(intervals[self._random.randrange(min(often, len(intervals)))])

    def _size(self, least: int, most: int) -> int:
        return self._random.randint(least, min(most, least + LONG))
