"""Lengths: the unit is in the type, never in a name."""

from __future__ import annotations

import re
from typing import Self

_EMU = {"mm": 36000, "cm": 360000, "in": 914400, "pt": 12700, "px": 9525}
_LENGTH = re.compile(r"^\s*(-?\d+(?:\.\d+)?)\s*(mm|cm|in|pt|px)\s*$")


class Length(int):
    """A length in English Metric Units (914,400 an inch), the unit of both Office formats."""

    @classmethod
    def from_pt(cls, points: float) -> Self:
        """Make a length from points (72 an inch)."""
        return cls(round(points * _EMU["pt"]))

    @classmethod
    def from_mm(cls, millimetres: float) -> Self:
        """Make a length from millimetres."""
        return cls(round(millimetres * _EMU["mm"]))

    @classmethod
    def from_inches(cls, inches: float) -> Self:
        """Make a length from inches."""
        return cls(round(inches * _EMU["in"]))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "25mm", "2.5 cm", "1in", "12pt" or "16px". Raises ValueError on anything else."""
        match = _LENGTH.match(text)
        if match is None:
            raise ValueError(f"{text!r} is no length: write a number and mm, cm, in, pt or px")
        return cls(round(float(match[1]) * _EMU[match[2]]))

    @property
    def pt(self) -> float:
        """The length in points."""
        return self / _EMU["pt"]

    @property
    def mm(self) -> float:
        """The length in millimetres."""
        return self / _EMU["mm"]

    @property
    def inches(self) -> float:
        """The length in inches."""
        return self / _EMU["in"]

    @property
    def twips(self) -> int:
        """The length in twentieths of a point, WordprocessingML's usual unit."""
        return round(self / 635)
