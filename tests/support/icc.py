"""A small CMYK profile made of nothing, so that none need be kept: black stands for grey."""

from __future__ import annotations

import struct
from itertools import product

GRID = 9
RAMP = bytes(range(256))


def cmyk_profile(name: str = "Test press") -> bytes:
    """Give an ICC profile (version 2) of an imaginary press."""
    tags = {
        b"desc": _description(name),
        b"cprt": b"text\0\0\0\0nobody's\0",
        b"wtpt": b"XYZ \0\0\0\0" + struct.pack(">3i", 63190, 65536, 54061),
        b"A2B0": _table(4, 3, 2, _lab_of_inks),
        b"B2A0": _table(3, 4, GRID, _inks_of_lab),
    }
    offset = 128 + 4 + 12 * len(tags)
    listed, bodies = b"", b""
    for sign, body in tags.items():
        body += b"\0" * (-len(body) % 4)
        listed += sign + struct.pack(">2I", offset + len(bodies), len(body))
        bodies += body
    size = offset + len(bodies)
    head = struct.pack(">I4sI4s4s4s", size, b"none", 0x02400000, b"prtr", b"CMYK", b"Lab ")
    head += struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp" + b"\0" * 28
    head += struct.pack(">3i", 63190, 65536, 54061) + b"\0" * 48
    return head + struct.pack(">I", len(tags)) + listed + bodies


def _description(name: str) -> bytes:
    text = name.encode() + b"\0"
    return b"desc\0\0\0\0" + struct.pack(">I", len(text)) + text + b"\0" * (4 + 4 + 2 + 1 + 67)


def _table(inputs: int, outputs: int, grid: int, convert: object) -> bytes:
    assert callable(convert)
    head = b"mft1\0\0\0\0" + bytes((inputs, outputs, grid, 0))
    matrix = struct.pack(">9i", 65536, 0, 0, 0, 65536, 0, 0, 0, 65536)
    steps = [n / (grid - 1) for n in range(grid)]
    cells = b"".join(
        bytes(round(255 * min(max(value, 0.0), 1.0)) for value in convert(*point))
        for point in product(steps, repeat=inputs)
    )
    return head + matrix + RAMP * inputs + cells + RAMP * outputs


def _inks_of_lab(light: float, a: float, b: float) -> tuple[float, float, float, float]:
    """Give cyan, magenta, yellow and black; 0.5 stands for no colour in `a` and `b`."""
    red, blue = (a - 0.5) * 2, (0.5 - b) * 2
    return max(-red, 0) + max(blue, 0) / 2, max(red, 0) + max(blue, 0) / 2, max(-blue, 0), 1 - light


def _lab_of_inks(
    cyan: float, magenta: float, yellow: float, black: float
) -> tuple[float, float, float]:
    light = (1 - black) * (1 - 0.2 * cyan - 0.25 * magenta - 0.05 * yellow)
    return light, 0.5 + (magenta - cyan) / 4, 0.5 + (yellow - cyan / 2 - magenta / 2) / 4
