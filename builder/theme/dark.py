"""The theme after dark: every colour turned so that it is legible on a dark screen."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import lru_cache

from builder.theme.colours import LEGIBLE, channels_of, contrast, hex_of, mix
from builder.theme.model import Colour, Theme

VISIBLE = 3.2
"""Contrast of a chart's shapes with the page: WCAG 2.2 (1.4.11) asks for 3."""

GROUNDS = ("paper", "sand", "mist")
NIGHT = "101316"
MOST_CHROMA = 0.13
"""A colour that is stronger than this glares on a dark ground."""

READ_AFTER_DARK = ("ink", "accent", "accent_2", "positive", "negative", "muted")
AFTER_DARK = (*GROUNDS, *READ_AFTER_DARK, "rule", "on_dark")
"""The roles that are others on dark screens; a theme may give them itself."""

Lab = tuple[float, float, float]


def dark(theme: Theme) -> Theme:
    """Give the theme's colours for dark screens; sizes, faces and rules stay as they are.

    What the theme says itself of dark colours goes first. On a coloured ground words are dark then,
    for the grounds are light.
    """
    roles = _roles(theme)
    grounds = tuple(roles[name] for name in GROUNDS)
    shapes = {c.hex for c in (*theme.chart.series, theme.chart.context)}
    turned: dict[str, str] = {}

    def turn(colour: Colour, *, shape: bool = False) -> Colour:
        if colour.name in roles:
            return replace(colour, hex=roles[colour.name])
        known = {theme.palette[role].hex: value for role, value in roles.items()}
        if colour.hex in known and not shape:
            return replace(colour, hex=known[colour.hex])
        least = VISIBLE if shape or colour.hex in shapes else LEGIBLE
        key = f"{colour.hex}{least}"
        if key not in turned:
            turned[key] = lightened(colour.hex, grounds if least == LEGIBLE else grounds[:1], least)
        return replace(colour, hex=turned[key])

    look = theme.chart
    return replace(
        theme,
        palette={name: turn(colour) for name, colour in theme.palette.items()},
        styles={role: replace(s, colour=turn(s.colour)) for role, s in theme.styles.items()},
        tab=replace(theme.tab, colour=turn(theme.tab.colour)),
        chart=replace(
            look,
            series=tuple(turn(colour, shape=True) for colour in look.series),
            single=turn(look.single),
            highlight=turn(look.highlight),
            context=replace(look.context, hex=mix(roles["paper"], roles["ink"], 0.36)),
            axis=turn(look.axis),
            grid=turn(look.grid),
        ),
    )


def _roles(theme: Theme) -> dict[str, str]:
    """Give the roles that change after dark; the cover's own colours are dark already."""
    light = {name: theme.palette[name].hex for name in theme.palette}
    given = {name: colour.hex for name, colour in theme.dark.items()}
    paper = given.get("paper", mix(NIGHT, light["accent_deep"], 0.22))
    ink = given.get(
        "ink", mix(light["sand"], "FFFFFF", 0.35) if _is_light(light["sand"]) else "F2F2F2"
    )
    sand = given.get("sand", mix(paper, ink, 0.075))
    mist = given.get("mist", mix(paper, lightened(light["accent"], (paper,), LEGIBLE), 0.14))
    grounds = (paper, sand, mist)
    found = {"paper": paper, "ink": ink, "sand": sand, "mist": mist}
    for name in ("accent", "accent_2", "positive", "negative"):
        found[name] = lightened(light[name], grounds, LEGIBLE + 0.9)
    found["muted"] = lightened(light["muted"], grounds, LEGIBLE + 1.2)
    found["rule"] = mix(paper, ink, 0.27)
    found["on_dark"] = paper
    return found | given


@lru_cache(maxsize=512)
def lightened(colour: str, grounds: tuple[str, ...], least: float) -> str:
    """Lighten a colour as little as it takes to be legible on dark grounds; its hue stays.

    Lightness is OKLab's, so that colours of different hues come out equally bright.
    """
    lightness, a, b = _lab(colour)
    strength = math.hypot(a, b)
    share = min(1.0, MOST_CHROMA / strength) if strength else 1.0
    for step in range(round(lightness * 100), 101):
        candidate = _within((step / 100, a * share, b * share))
        if all(contrast(candidate, ground) >= least for ground in grounds):
            return candidate
    return "FFFFFF"


def _is_light(colour: str) -> bool:
    return contrast(colour, "000000") > contrast(colour, "FFFFFF")


def _within(lab: Lab) -> str:
    """Give the colour, less colourful where no screen can show it."""
    lightness, a, b = lab
    for share in (1.0, 0.85, 0.7, 0.55, 0.4, 0.25, 0.1, 0.0):
        channels = _channels((lightness, a * share, b * share))
        if all(-0.002 <= channel <= 1.002 for channel in channels):
            return hex_of(channels)
    return hex_of(channels)


def _lab(colour: str) -> Lab:
    """Give a colour in OKLab (https://bottosson.github.io/posts/oklab/)."""
    red, green, blue = (_linear(channel) for channel in channels_of(colour))
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def _channels(lab: Lab) -> Lab:
    lightness, a, b = lab
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        _curved(4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short),
        _curved(-1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short),
        _curved(-0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short),
    )


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _curved(linear: float) -> float:
    if linear <= 0.0031308:
        return linear * 12.92
    return float(1.055 * linear ** (1 / 2.4) - 0.055)
