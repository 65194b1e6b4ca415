"""The theme as CSS: every text style by its role, every colour by its name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from builder.charts.canvas import family_names
from builder.css import css_string
from builder.diagnostics import Diagnostics
from builder.theme.model import FontFamily, Page, TextStyle, Theme
from builder.units import Length
from builder.writers.templates import fill

BLEED, SLUG = Length.from_mm(3), Length.from_mm(10)
"""What a print file has around the trimmed page: pictures to be cut, and room for crop marks."""

GUARD_SHARE = 0.4
"""A short section begins on a page that has at least this part of its height left."""


def stylesheet(theme: Theme, page: Page, log: Diagnostics, *, for_print: bool = False) -> str:
    """Give the style sheet of the printed report for one paper size; `for_print`, with bleed."""
    css = Css(theme)
    values: Mapping[str, object] = {
        "text": css.text,
        "font": css.font,
        "face": css.face,
        "before": css.before,
        "after": css.after,
        "colour": {name: colour.css for name, colour in theme.palette.items()},
        "theme": theme,
        "hyphenate": theme.hyphenate,
        "turned": round((page.height - page.left - page.right) / Length.from_pt(1), 2),
        "page": page,
        "grid": theme.grid,
        "indent": theme.grid.indent.pt,
        "hair": theme.hair.pt,
        "strong": theme.strong.pt,
        "tab": theme.tab,
        "table": theme.table,
        "pad_h": theme.table.pad_horizontal.pt,
        "box_bar": theme.box_bar.pt,
        "box_padding": theme.box_padding.pt,
        "bleed": BLEED.pt if for_print else 0,
        "slug": SLUG.pt if for_print else 0,
        "guard": round((page.height - page.top - page.bottom) / Length.from_pt(1) * GUARD_SHARE, 2),
    }
    return fill("report.css.j2", values, theme, log)


@dataclass(frozen=True, slots=True)
class Css:
    """Writes text styles as CSS declarations."""

    theme: Theme

    def text(self, role: str) -> str:
        """Give everything that a role says of text: font, colour, tracking, capitals."""
        style = self.theme.styles[role]
        slope = "italic" if style.italic else "normal"
        case = "uppercase" if style.caps else "none"
        return (
            f"font: {slope} {style.weight} {style.size.pt}pt/{style.leading.pt}pt"
            f" {self._families(style.family)}; color: {style.colour.css};"
            f" letter-spacing: {_tracking(style)}; text-transform: {case}"
        )

    def font(self, role: str) -> str:
        """Give the typeface of a role alone."""
        return f"font-family: {self._families(self.theme.styles[role].family)}"

    def face(self, voice: str) -> str:
        """Give the typeface of a voice: "label" (sans), "text" (serif) or "code"."""
        families = {"label": self.theme.sans, "text": self.theme.serif, "code": self.theme.mono}
        return f"font-family: {self._families(families[voice])}"

    def before(self, role: str) -> float:
        """Give the space above a role, in points."""
        return self.theme.styles[role].before.pt

    def after(self, role: str) -> float:
        """Give the space below a role, in points."""
        return self.theme.styles[role].after.pt

    def _families(self, family: FontFamily) -> str:
        names = family_names(family, self.theme.fallbacks)
        return ", ".join([*(css_string(name) for name in names), family.generic])


def _tracking(style: TextStyle) -> str:
    return f"{style.tracking}em" if style.tracking else "normal"
