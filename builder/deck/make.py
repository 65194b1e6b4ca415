"""A document's deck, ready to be drawn: the same for every format that shows slides."""

from __future__ import annotations

from builder.deck.compose import compose
from builder.deck.fit import Fitted, fit
from builder.deck.layout import Layouts
from builder.deck.layouts import load_layouts
from builder.deck.model import Deck
from builder.diagnostics import Diagnostics
from builder.document.nodes import Document, Metadata
from builder.theme.model import Theme
from builder.units import Length

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "yi"})
NARROW = Length.from_inches(10)
"""The width of slides of 4:3; their height is that of all slides."""


def make_deck(
    document: Document, theme: Theme, log: Diagnostics, fitted: Fitted | None = None
) -> tuple[Deck, Layouts] | None:
    """Compose and fit a document's slides; None, with errors, where the theme has no layouts.

    Whoever makes a deck again and again keeps what was `fitted`.
    """
    layouts = layouts_for(document.meta, theme, log)
    if layouts is None:
        return None
    return fit(compose(document, theme, layouts, log), theme, layouts, log, fitted), layouts


def layouts_for(meta: Metadata, theme: Theme, log: Diagnostics) -> Layouts | None:
    """Give the theme's layouts in the briefing's shape and direction."""
    layouts = load_layouts(theme, log)
    if layouts is None:
        return None
    if meta.deck.size == "4:3":
        layouts = layouts.narrowed(NARROW)
    return layouts.mirrored() if is_right_to_left(meta.language) else layouts


def is_right_to_left(language: str) -> bool:
    """Tell whether a language is read from right to left."""
    return language.split("-")[0].lower() in RIGHT_TO_LEFT
