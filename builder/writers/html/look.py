"""The theme as the edition's style sheet: every text style in rem, every colour by its name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from builder.css import css_string
from builder.theme.model import Colour, FontFamily, TextStyle, Theme
from builder.units import Length
from builder.writers.html.fonts import WebFont
from builder.writers.html.inks import Inks

REM = 0.1012
"""What a point of the printed report is on the screen, in rem: the text is 1.0625 rem high."""

COVER = (
    "accent_deep",
    "on_dark",
    "on_dark_2",
    "on_dark_hi",
    "band_1",
    "band_2",
    "band_3",
    "band_hi",
)
"""Roles of the cover, which is dark by day as by night."""


def sheet_values(
    theme: Theme, dark: Theme, inks: Inks, fonts: list[WebFont]
) -> Mapping[str, object]:
    """Give the values that `edition.css.j2` names."""
    look = Look(theme)
    return {
        "text": look.text,
        "face": look.face,
        "rem": look.rem,
        "colour": look.colour,
        "day": _properties(theme, [(name, pair[0]) for name, pair in inks.pairs.items()]),
        "night": _properties(dark, [(name, pair[1]) for name, pair in inks.pairs.items()]),
        "cover": [(_property(name), theme.palette[name].css) for name in COVER],
        "fonts": [replace(font, family=css_string(font.family)[1:-1]) for font in fonts],
        "theme": theme,
        "hyphenate": theme.hyphenate,
    }


@dataclass(frozen=True, slots=True)
class Look:
    """Writes text styles as CSS declarations."""

    theme: Theme

    def text(self, role: str, scale: float = 1.0) -> str:
        """Give everything that a role says of text; `scale` makes it larger or smaller."""
        style = self.theme.styles[role]
        slope = "italic" if style.italic else "normal"
        leading = round(style.leading / style.size, 3)
        size = round(style.size.pt * REM * scale, 3)
        case = "; text-transform: uppercase" if style.caps else ""
        tracking = f"; letter-spacing: {style.tracking}em" if style.tracking else ""
        return (
            f"font: {slope} {style.weight} {size}rem/{leading} {_families(style.family)};"
            f" color: {self._colour(style)}{tracking}{case}"
        )

    def face(self, voice: str) -> str:
        """Give the typeface of a voice: "label" (sans), "text" (serif) or "code"."""
        families = {"label": self.theme.sans, "text": self.theme.serif, "code": self.theme.mono}
        return f"font-family: {_families(families[voice])}"

    def rem(self, length: Length | float) -> str:
        """Give a length of the report, or one in points, as it is on the screen."""
        points = length.pt if isinstance(length, Length) else length
        return f"{round(points * REM, 3)}rem"

    def colour(self, name: str) -> str:
        """Give a palette colour, which changes after dark."""
        return f"var({_property(name)})"

    def _colour(self, style: TextStyle) -> str:
        if style.colour.name in self.theme.palette:
            return self.colour(style.colour.name)
        return style.colour.css


def _properties(theme: Theme, drawn: list[tuple[str, str]]) -> list[tuple[str, str]]:
    own = [(_property(name), colour.css) for name, colour in _named(theme) if name not in COVER]
    return [*own, *((name, f"#{value}") for name, value in drawn)]


def _named(theme: Theme) -> list[tuple[str, Colour]]:
    """Give the palette's colours that the style sheet or a text style may name."""
    styled = (s.colour for s in theme.styles.values())
    wanted = {colour.name for colour in (*styled, theme.tab.colour)}
    roles = {"ink", "paper", "sand", "mist", "accent", "accent_2", "muted", "rule"}
    return [(n, c) for n, c in theme.palette.items() if n in wanted | roles]


def _property(name: str) -> str:
    return "--" + re.sub(r"[^a-z0-9]+", "-", name.lower())


def _families(family: FontFamily) -> str:
    names = (family.name, *family.substitutes)
    return ", ".join([*(css_string(name) for name in names), family.generic])
