"""What all the parts of a slide need while they are written as HTML."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from builder.charts.canvas import family_names
from builder.css import css_string
from builder.deck.layout import Box, Layouts
from builder.deck.make import is_right_to_left
from builder.deck.measure import Ruler
from builder.deck.model import Deck
from builder.theme.model import FontFamily, Theme
from builder.units import Length


@dataclass(frozen=True, slots=True)
class Stage:
    """A deck about to be shown, at a scale: 1 on pages of its own, less on a handout."""

    deck: Deck
    layouts: Layouts
    theme: Theme
    ruler: Ruler
    scale: float = 1.0

    @property
    def rtl(self) -> bool:
        """Whether the deck is read from right to left."""
        return is_right_to_left(self.deck.language)

    def pt(self, length: float) -> str:
        """Write a length, in points."""
        return f"{round(length / Length.from_pt(1) * self.scale, 3):g}pt"

    def place(self, box: Box) -> Markup:
        """Write where something stands."""
        return Markup("left:{};top:{};width:{};height:{}").format(
            self.pt(box.x), self.pt(box.y), self.pt(box.width), self.pt(box.height)
        )

    def families(self, family: FontFamily) -> Markup:
        """Write a typeface with the fallbacks behind it, for an attribute in double quotes."""
        names = family_names(family, self.theme.fallbacks)
        listed = [Markup(css_string(name, mark="'")) for name in names]
        return Markup(",").join([*listed, Markup(family.generic)])
