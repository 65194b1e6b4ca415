"""The voices of a theme (text, titles, labels, code) and the text styles that speak in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from builder.theme.model import STYLES, Colour, FontFamily, FontRole, TextStyle
from builder.theme.source import TextOptions, TypeStyle, Typography, Voice
from builder.units import Length

_HEADINGS = ("h1", "h1_inline", "h2", "h3", "h4", "fig_title")
_RUNNING_TEXT = ("body", "list", "quote", "bibliography", "footnote")
_SCALED = ("body", "list", "quote", "term")
_BODY = Length.from_pt(10.5)
_NUMBER = r"\d+(?:\.\d*)?|\.\d+"

SMALLEST_TEXT, LARGEST_TEXT = 0.85, 1.25
"""How much smaller or larger than the shipped theme's running text may be, by `base: {size: …}`."""


@dataclass(frozen=True, slots=True)
class Voices:
    """The typeface of each voice."""

    text: FontFamily
    titles: FontFamily
    labels: FontFamily
    code: FontFamily

    def family(self, voice: Voice) -> FontFamily:
        """Give a voice's typeface."""
        match voice:
            case "text":
                return self.text
            case "titles":
                return self.titles
            case "labels":
                return self.labels
            case "code":
                return self.code

    @property
    def serif(self) -> FontFamily:
        """The family that argues: that of titles, unless titles and labels share one."""
        return self.text if self.titles == self.labels else self.titles

    @property
    def sans(self) -> FontFamily:
        """The family that organises."""
        return self.labels

    def role(self, voice: Voice) -> FontRole:
        """Give the theme's name for a voice's family."""
        family = self.family(voice)
        if voice == "code":
            return "mono"
        if family == self.serif:
            return "serif"
        return "sans" if family == self.sans or family.generic != "serif" else "serif"


def styles(
    scale: Mapping[str, TypeStyle],
    own: Mapping[str, TypeStyle],
    voices: Voices,
    typography: Typography,
    colour: Callable[[str], Colour],
    heading: Colour | None,
) -> dict[str, TextStyle]:
    """Make every text style of the shipped `scale`, as changed by the theme's `own` entries.

    Where the brand says how headings and running text look, styles of those kinds that the theme
    does not describe itself follow it. `heading` is the brand's colour of headings.
    """
    made: dict[str, TextStyle] = {}
    for role in STYLES:
        wish = _followed(role, scale[role], own.get(role), typography)
        style = _style(role, wish, voices, colour)
        if role in _HEADINGS and heading is not None and not _sets_colour(own.get(role)):
            style = replace(style, colour=heading)
        made[role] = style
    return made


def _style(
    role: str, wish: TypeStyle, voices: Voices, colour: Callable[[str], Colour]
) -> TextStyle:
    voice: Voice = wish.font or "text"
    size = wish.size or _BODY
    return TextStyle(
        role,
        voices.role(voice),
        voices.family(voice),
        wish.weight or 400,
        bool(wish.italic),
        size,
        wish.leading or Length(round(size * 1.4)),
        colour(wish.color or "ink"),
        wish.before or Length(0),
        wish.after or Length(0),
        wish.tracking or 0.0,
        bool(wish.caps),
        wish.minimum or Length(0),
    )


def _followed(
    role: str, scale: TypeStyle, own: TypeStyle | None, typography: Typography
) -> TypeStyle:
    """Lay over the scale what the brand says of headings or text, and over that the theme's own."""
    wish = scale
    if role in _HEADINGS and typography.headings is not None:
        wish = _as_headings(wish, typography.headings)
    if role in _RUNNING_TEXT and typography.base is not None:
        wish = _as_text(role, wish, typography.base)
    given = own.model_dump(exclude_unset=True) if own is not None else {}
    return wish.model_copy(update=given)


def _as_headings(wish: TypeStyle, headings: TextOptions) -> TypeStyle:
    changes: dict[str, object] = {}
    if headings.family:
        changes["font"] = "titles"
    if headings.weight:
        changes["weight"] = headings.weight
    if headings.style:
        changes["italic"] = headings.style != "normal"
    if (height := line_height(headings)) and wish.size:
        changes["leading"] = _quarters(wish.size * height)
    return wish.model_copy(update=changes)


def _as_text(role: str, wish: TypeStyle, base: TextOptions) -> TypeStyle:
    changes: dict[str, object] = {}
    size = wish.size or _BODY
    if role in _SCALED and (wanted := factor(base.size)):
        taken = min(max(wanted, SMALLEST_TEXT), LARGEST_TEXT)
        changes["leading"] = _quarters((wish.leading or size) * taken)
        changes["size"] = size = _quarters(size * taken)
    if base.weight:
        changes["weight"] = base.weight
    if role in _SCALED and (height := line_height(base)):
        changes["leading"] = _quarters(size * height)
    return wish.model_copy(update=changes)


def factor(size: str | None) -> float:
    """Give how much larger than ours the brand wants its text: 16px there is 10.5pt here.

    0 where that cannot be read.
    """
    found = re.fullmatch(rf"\s*({_NUMBER})\s*(pt|mm|px|rem|em|%)\s*", size or "")
    if found is None:
        return 0.0
    unit = {"pt": 10.5, "mm": 3.704, "px": 16.0, "rem": 1.0, "em": 1.0, "%": 100.0}[found[2]]
    return float(found[1]) / unit


def line_height(options: TextOptions) -> float:
    """Give the line height as a multiple of the size; 0 where none is given that suits paper."""
    found = re.fullmatch(rf"\s*({_NUMBER})\s*(%?)\s*", options.line_height or "")
    if found is None:
        return 0.0
    height = float(found[1]) / (100 if found[2] else 1)
    return height if 1.0 <= height <= 2.0 else 0.0


def _quarters(length: float) -> Length:
    """Round to quarters of a point."""
    return Length.from_pt(round(Length(round(length)).pt * 4) / 4)


def _sets_colour(own: TypeStyle | None) -> bool:
    return own is not None and bool(own.color)
