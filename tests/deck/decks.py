"""Decks made of Markdown: tests show what the author typed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from builder.deck.compose import compose
from builder.deck.fit import fit
from builder.deck.layout import Layouts
from builder.deck.layouts import load_layouts
from builder.deck.model import Deck, DeckSlide
from builder.diagnostics import Diagnostics
from builder.document.nodes import Document, Metadata
from builder.document.walk import plain
from builder.theme.model import Theme
from tests.support.reading import read
from tests.theme.brands import strand


@cache
def theme() -> Theme:
    return strand()


@cache
def layouts() -> Layouts:
    log = Diagnostics()
    found = load_layouts(theme(), log)
    assert found is not None, list(log)
    return found


def deck(
    text: str, *, files: Mapping[str, str | bytes] | None = None, meta: Metadata | None = None
) -> Deck:
    """Compose and fit the deck of one section; fails if anything was found fault with."""
    made, found = deck_with_findings(text, files=files, meta=meta)
    assert not found, found
    return made


def deck_with_findings(
    text: str, *, files: Mapping[str, str | bytes] | None = None, meta: Metadata | None = None
) -> tuple[Deck, list[str]]:
    """Compose and fit a deck and give what was found: "3 error[slide-overfull] message"."""
    return _made(read(text, files=files, meta=meta))


def _made(document: Document) -> tuple[Deck, list[str]]:
    log = Diagnostics()
    made = fit(compose(document, theme(), layouts(), log), theme(), layouts(), log)
    return made, [f"{d.at.line} {d.severity.value}[{d.code.value}] {d.message}" for d in log]


def inside(made: Deck) -> list[DeckSlide]:
    """Give the slides between title and closing."""
    return list(made.slides[1:-1])


def outline(made: Deck) -> list[str]:
    """Give the slides between title and closing as "layout: title"."""
    return [f"{slide.layout}: {slide.title}" for slide in inside(made)]


def words(slide: DeckSlide, slot: str) -> str:
    """Give the words of a slot; fails if it is empty."""
    filled = slide.slot(slot)
    assert filled is not None, f"{slot} is empty"
    return plain(filled.blocks)
