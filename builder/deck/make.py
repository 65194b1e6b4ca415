"""A document's deck, ready to be drawn: the same for every format that shows slides."""

from __future__ import annotations

from builder.deck.compose import compose
from builder.deck.fit import fit
from builder.deck.layout import Layouts
from builder.deck.layouts import load_layouts
from builder.deck.model import Deck
from builder.diagnostics import Diagnostics
from builder.document.nodes import Document
from builder.theme.model import Theme

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "yi"})


def make_deck(document: Document, theme: Theme, log: Diagnostics) -> tuple[Deck, Layouts] | None:
    """Compose and fit a document's slides; None, with errors, where the theme has no layouts."""
    layouts = load_layouts(theme, log)
    if layouts is None:
        return None
    if is_right_to_left(document.meta.language):
        layouts = layouts.mirrored()
    return fit(compose(document, theme, layouts, log), theme, layouts, log), layouts


def is_right_to_left(language: str) -> bool:
    """Tell whether a language is read from right to left."""
    return language.split("-")[0].lower() in RIGHT_TO_LEFT
