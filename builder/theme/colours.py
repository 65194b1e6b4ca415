"""Colours as numbers: contrast, mixing, legibility, and the nearest of Office's theme colours.

A colour is six upper-case hexadecimal digits throughout.
"""

from __future__ import annotations

import colorsys
import math
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from builder.theme.model import SLOTS, Colour, Slot

LEGIBLE = 4.5
"""The contrast that text needs: WCAG 2.2, success criterion 1.4.3."""

_KEPT = 4_096  # colours, or pairs of them, that a process has reckoned before
_SIMILAR = 0.08  # distance in the RGB cube, whose edge is 1
_HEX = re.compile(r"#?([0-9A-Fa-f]{6})(?:[Ff]{2})?|#([0-9A-Fa-f]{3})")


def parse(written: str) -> str | None:
    """Read "#16202A", "#ABC", "rgb(22, 32, 42)", "hsl(…)" or a CSS name; None if it is none."""
    if found := _HEX.fullmatch(written):
        digits: str = found[1] or "".join(c * 2 for c in found[2])
        return digits.upper()
    from PIL import ImageColor  # only where a colour is not hexadecimal

    try:
        red, green, blue = ImageColor.getrgb(written)[:3]
    except ValueError:
        return None
    return f"{red:02X}{green:02X}{blue:02X}"


def contrast(one: str, other: str) -> float:
    """Give the contrast ratio, 1 to 21, as WCAG defines it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def mix(one: str, other: str, share: float) -> str:
    """Blend two colours; `share` is how much of the other there is."""
    pairs = zip(channels_of(one), channels_of(other), strict=True)
    return hex_of([a + (b - a) * share for a, b in pairs])


def with_lightness(colour: str, lightness: float) -> str:
    """Keep hue and saturation, set the lightness (0 to 1)."""
    hue, _, saturation = _hls(colour)
    return hex_of(colorsys.hls_to_rgb(hue, min(max(lightness, 0.0), 1.0), saturation))


def lightness(colour: str) -> float:
    """Give the lightness, 0 to 1."""
    return _hls(colour)[1]


def saturation(colour: str) -> float:
    """Give how colourful it looks, 0 to 1: the range of the three channels."""
    return max(channels_of(colour)) - min(channels_of(colour))


def hue_distance(one: str, other: str) -> float:
    """Give how far apart two hues are on their circle, 0 to 0.5."""
    gap = abs(_hls(one)[0] - _hls(other)[0])
    return min(gap, 1 - gap)


def legible(colour: str, grounds: Sequence[str], least: float = LEGIBLE) -> str:
    """Darken or lighten a colour, as little as it takes, until it is legible on all grounds.

    Where no lightness does, black or white is given, whichever is the better.
    """
    start = lightness(colour)
    for step in range(101):
        for target in (start - step / 100, start + step / 100):
            if not 0 <= target <= 1:
                continue
            candidate = with_lightness(colour, target) if step else colour
            if all(contrast(candidate, ground) >= least for ground in grounds):
                return candidate
    return max(("000000", "FFFFFF"), key=lambda c: min(contrast(c, g) for g in grounds))


def placed(name: str, value: str, slots: Mapping[Slot, str]) -> Colour:
    """Make a palette colour that knows its theme slot, or the nearest and the way from there."""
    slot = next((s for s in SLOTS if slots[s] == value), None)
    if slot is not None:
        return Colour(name, value, slot, slot)
    near = min(SLOTS[:10], key=lambda s: (_miss(value, slots[s]), SLOTS.index(s)))
    modulation, offset = _way(slots[near], value)
    faithful = _miss(value, slots[near]) <= _SIMILAR
    return Colour(name, value, None, near, modulation, offset, faithful)


def shade(colour: str, lum_mod: int, lum_off: int) -> str:
    """Give what Office makes of a colour by lumMod and lumOff, in thousandths of a per cent."""
    return with_lightness(colour, lightness(colour) * lum_mod / 100000 + lum_off / 100000)


def _way(start: str, target: str) -> tuple[int, int]:
    """Give lumMod and lumOff in Office's own forms: tint = m, 1 - m; shade = m, 0."""
    here, there = lightness(start), lightness(target)
    if there > here:
        modulation = round((1 - there) / (1 - here) * 100000)
        return modulation, 100000 - modulation
    return (round(there / here * 100000) if here else 100000), 0


@lru_cache(_KEPT)
def _miss(value: str, slot: str) -> float:
    made = shade(slot, *_way(slot, value))
    return math.dist(channels_of(made), channels_of(value))


def _luminance(colour: str) -> float:
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels_of(colour)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@lru_cache(_KEPT)
def channels_of(colour: str) -> tuple[float, float, float]:
    """Give red, green and blue, 0 to 1."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4))
    return red, green, blue


@lru_cache(_KEPT)
def _hls(colour: str) -> tuple[float, float, float]:
    return colorsys.rgb_to_hls(*channels_of(colour))


def hex_of(channels: Sequence[float]) -> str:
    """Make a colour of red, green and blue; what is beyond 0 to 1 is cut."""
    return "".join(f"{round(min(max(c, 0.0), 1.0) * 255):02X}" for c in channels)
