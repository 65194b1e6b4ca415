"""The colours of every role, from whatever a brand file says of colour."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from builder.theme.colours import (
    contrast,
    hue_distance,
    legible,
    lightness,
    mix,
    saturation,
    with_lightness,
)

_COLOURFUL = 0.2
_VISIBLE = 3.0  # contrast of a chart's shapes with the page: WCAG 2.2, 1.4.11
_SECOND = ("AE4413", "0B4F60")  # the shipped theme's, for brands of a single colour
_SPARE = ("C77E1F", "5694B2", "502583", "938586", "2C6B3F", "A2262B")


def on_paper(standard: Mapping[str, str]) -> Mapping[str, str]:
    """Turn a brand for dark screens round: its ground becomes text and cover, its page white.

    Paper cannot be black, nor does Word print a page's colour.
    """
    ground = standard.get("background", "FFFFFF")
    if lightness(ground) >= 0.5:
        return standard
    return {**standard, "background": "FFFFFF", "foreground": ground, "dark": ground}


def derive_roles(
    standard: Mapping[str, str], palette: Iterable[str], given: Mapping[str, str]
) -> dict[str, str]:
    """Give every role a colour, from the standard's names ("primary") and the palette's values.

    Roles that are given stay as they are, and the others are made to go with them. Every other pair
    of text and ground that writers use comes out legible: a colour that is too faint for text is
    darkened (on a dark page: lightened) by as little as that takes.
    """
    paper = given.get("paper", standard.get("background", "FFFFFF"))
    ink = legible(given.get("ink", standard.get("foreground", "1F2328")), [paper])
    accent, second = _accents(standard, palette, ink)
    sand = given.get("sand") or _sand(standard.get("light"), paper, second)
    mist = given.get("mist", mix(paper, accent, 0.09))
    grounds = [paper, sand, mist]
    petrol = given.get("accent") or legible(accent, grounds)
    oxide = given.get("accent_2") or legible(second, grounds)
    deep = given.get("accent_deep") or legible(_deep(standard.get("dark"), petrol), [paper])
    on_dark = given.get("on_dark", paper)
    band_1, band_2 = (legible(mix(deep, petrol, share), [on_dark]) for share in (0.3, 0.65))
    derived = {
        "ink": legible(ink, grounds),
        "paper": paper,
        "sand": sand,
        "mist": mist,
        "accent": petrol,
        "accent_deep": deep,
        "accent_2": oxide,
        "muted": legible(mix(ink, paper, 0.3), grounds),
        "rule": mix(ink, paper, 0.75),
        "positive": legible(standard.get("success", "2C6B3F"), grounds),
        "negative": legible(standard.get("danger", "A2262B"), grounds),
        "on_dark": on_dark,
        "on_dark_2": legible(mix(on_dark, petrol, 0.4), [petrol, deep]),
        "on_dark_hi": legible(mix(on_dark, oxide, 0.45), [petrol, deep]),
        "band_1": band_1,
        "band_2": band_2,
        "band_3": petrol,
        "band_hi": second,
    }
    return derived | dict(given)


def derive_series(
    roles: Mapping[str, str], standard: Mapping[str, str], palette: Iterable[str]
) -> tuple[str, ...]:
    """Give six colours for charts, told apart by eye: the accents, then what else the brand has."""
    paper = roles["paper"]
    order = [
        standard.get(name, "") for name in ("tertiary", "info", "warning", "success", "danger")
    ]
    series = [roles["accent"], roles["accent_2"]]
    for colour in [*_colourful(filter(None, order)), *_colourful(palette), *_SPARE]:
        candidate = legible(colour, [paper], _VISIBLE)
        if all(_apart(candidate, chosen) for chosen in series):
            series.append(candidate)
    while len(series) < 6:
        series.append(legible(mix(series[-2], paper, 0.3), [paper], _VISIBLE))
    return tuple(series[:6])


def _accents(standard: Mapping[str, str], palette: Iterable[str], ink: str) -> tuple[str, str]:
    """Choose the working colour and the one for highlights, which should look different."""
    named = (standard.get(name, "") for name in ("primary", "secondary", "tertiary", "link"))
    more = (standard.get(name, "") for name in ("info", "warning", "danger", "success"))
    colours = [
        *_colourful(filter(None, named)),
        *_colourful(palette),
        *_colourful(filter(None, more)),
    ]
    accent = standard.get("primary") or next(iter(colours), ink)
    grey = saturation(accent) < _COLOURFUL
    others = (c for c in (*colours, *_SECOND) if grey or hue_distance(c, accent) > 0.06)
    return accent, next(c for c in others if c != accent)


def _sand(light: str | None, paper: str, second: str) -> str:
    """Give the ground of boxes: the brand's light colour where it is one, else a tint."""
    if light is not None and 1.02 <= contrast(light, paper) <= 1.3:
        return light
    return mix(paper, second, 0.07)


def _deep(dark: str | None, accent: str) -> str:
    if dark is not None and lightness(dark) <= 0.3:
        return dark
    return with_lightness(accent, min(lightness(accent) * 0.6, 0.16))


def _colourful(colours: Iterable[str]) -> Iterator[str]:
    return (c for c in colours if saturation(c) >= _COLOURFUL)


def _apart(one: str, other: str) -> bool:
    """Tell whether two colours of a chart can be told apart, by hue or by lightness."""
    hues = saturation(one) >= _COLOURFUL and saturation(other) >= _COLOURFUL
    return (hues and hue_distance(one, other) > 0.07) or contrast(one, other) > 1.6
